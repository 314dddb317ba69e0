"""What can be asked for of a record as a column of csv, or a field of json."""

from collections.abc import Callable, Iterable
from typing import Final

from catalog.errors import UsageFault
from catalog.export import Entry
from catalog.normalize.edtf import in_figures
from catalog.record import Container, Contributor, Record

Value = str | int | list[str] | None

_NOTHING: Final = Container()


def _container(record: Record) -> Container:
    return record.container or _NOTHING


def _by(record: Record, role: str) -> list[str]:
    return [_name(c) for c in record.contributors if c.role == role]


def _name(contributor: Contributor) -> str:
    """Return the name inverted where the source split it, else as printed."""
    if not contributor.family:
        return contributor.literal
    return ", ".join(part for part in (contributor.family, contributor.suffix, contributor.given) if part)


def _pages(record: Record) -> str | None:
    where = _container(record)
    if where.first_page and where.last_page and where.last_page != where.first_page:
        return f"{where.first_page}-{where.last_page}"
    return where.first_page or where.last_page


def date(record: Record) -> str | None:
    """Return the date of issue as ISO 8601, no more precise than is known, or else its words."""
    issued = record.issued
    return (in_figures(issued) or issued.literal) if issued else None


def _issns(record: Record) -> list[str]:
    own = [i.value for i in record.identifiers if i.scheme == "issn"]
    return list(dict.fromkeys([issn.value for issn in _container(record).issns] + own))


def _isbns(record: Record) -> list[str]:
    own = [i.value for i in record.identifiers if i.scheme == "isbn"]
    return list(dict.fromkeys([*own, *_container(record).isbns]))


def _url(record: Record) -> str | None:
    best = next((link for link in record.links if link.kind == "fulltext"), None)
    return (best or record.links[0]).url if record.links else None


FIELDS: Final[dict[str, Callable[[Entry], Value]]] = {
    "key": lambda e: e.key,
    "citation_key": lambda e: e.citation_key,
    "type": lambda e: e.record.type,
    "title": lambda e: e.record.title,
    "authors": lambda e: _by(e.record, "author"),
    "editors": lambda e: _by(e.record, "editor"),
    "year": lambda e: e.record.issued.year if e.record.issued else None,
    "date": lambda e: date(e.record),
    "journal": lambda e: _container(e.record).title,
    "volume": lambda e: _container(e.record).volume,
    "issue": lambda e: _container(e.record).issue,
    "pages": lambda e: _pages(e.record),
    "article_number": lambda e: _container(e.record).article_number,
    "publisher": lambda e: e.record.publisher,
    "place": lambda e: e.record.place,
    "edition": lambda e: e.record.edition,
    "series": lambda e: [s.title for s in e.record.series],
    "doi": lambda e: e.record.identifier("doi"),
    "pmid": lambda e: e.record.identifier("pmid"),
    "issn": lambda e: _issns(e.record),
    "isbn": lambda e: _isbns(e.record),
    "url": lambda e: _url(e.record),
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
