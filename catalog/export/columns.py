"""What can be asked for of a record as a column of csv, or a field of json."""

from collections.abc import Callable, Iterable
from typing import Final

from catalog.errors import UsageFault
from catalog.export import Entry, facts
from catalog.normalize.edtf import in_figures
from catalog.record import Record

Value = str | int | list[str] | None


def _names(record: Record, role: str) -> list[str]:
    return [facts.inverted(contributor) for contributor in facts.by(record, role)]


def _pages(record: Record) -> str | None:
    where = facts.place(record)
    if where.first_page and where.last_page and where.last_page != where.first_page:
        return f"{where.first_page}-{where.last_page}"
    return where.first_page or where.last_page


def date(record: Record) -> str | None:
    """Return the date of issue as ISO 8601, no more precise than is known, or else its words."""
    issued = record.issued
    return (in_figures(issued) or issued.literal) if issued else None


FIELDS: Final[dict[str, Callable[[Entry], Value]]] = {
    "key": lambda e: e.key,
    "citation_key": lambda e: e.citation_key,
    "type": lambda e: e.record.type,
    "title": lambda e: e.record.title,
    "authors": lambda e: _names(e.record, "author"),
    "editors": lambda e: _names(e.record, "editor"),
    "year": lambda e: e.record.issued.year if e.record.issued else None,
    "date": lambda e: date(e.record),
    "journal": lambda e: facts.place(e.record).title,
    "volume": lambda e: facts.place(e.record).volume,
    "issue": lambda e: facts.place(e.record).issue,
    "pages": lambda e: _pages(e.record),
    "article_number": lambda e: facts.place(e.record).article_number,
    "publisher": lambda e: e.record.publisher,
    "place": lambda e: e.record.place,
    "edition": lambda e: e.record.edition,
    "series": lambda e: [s.title for s in e.record.series],
    "doi": lambda e: e.record.identifier("doi"),
    "pmid": lambda e: e.record.identifier("pmid"),
    "issn": lambda e: facts.issns(e.record),
    "isbn": lambda e: facts.isbns(e.record),
    "url": lambda e: facts.address(e.record),
    "language": lambda e: list(e.record.languages),
    "keywords": lambda e: list(e.record.keywords),
    "subjects": lambda e: [s.term or s.code or "" for s in e.record.subjects],
    "licence": lambda e: (e.record.licence.label or e.record.licence.url) if e.record.licence else None,
    "abstract": lambda e: e.record.abstract,
    "notes": lambda e: list(e.record.notes),
}
"""Each column's name, in the usual order, and how it is read."""

USUAL: Final = tuple(
    name for name in FIELDS if name not in ("notes", "place", "edition", "series", "editors", "date")
)


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns asked for, the usual ones when none are; raises UsageFault on an unknown one."""
    asked = tuple(names) or USUAL
    for name in asked:
        if name not in FIELDS:
            raise UsageFault(f"no field is called {name!r}", hint=f"fields are {', '.join(FIELDS)}")
    return asked


def row(entry: Entry, names: Iterable[str]) -> dict[str, Value]:
    """Return the columns of one record; what is unknown is None, what there is none of an empty list."""
    return {name: FIELDS[name](entry) for name in names}
