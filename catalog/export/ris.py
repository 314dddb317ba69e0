"""RIS, which every reference manager and screening tool reads.

Tags as the format's edition of 2011 has them (https://en.wikipedia.org/wiki/RIS_(file_format) lists them),
chosen where readers differ so that Zotero, EndNote, JabRef, bibutils and rispy agree: `T2` for the container
(`JO` is an abbreviation to Zotero), `DO` and not `M3`, the editor of a book in `A3`, since `A2` is the editor
of its series.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options, facts
from catalog.export.entry_types import thesis_words
from catalog.export.pages import page_total
from catalog.export.plain import clean
from catalog.record import Record

Line = tuple[str, str | None]
"""A tag and its value; without a value the line is left out."""

_WITH_ISBN: Final = frozenset({"BOOK", "CHAP", "CONF"})
_END: Final = "\r\n"


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield each entry as text, in the order given: a tag and a value a line, `ER` and a blank line last."""
    for entry in entries:
        cleaned = ((tag, clean(value)) for tag, value in _lines(entry, options) if value)
        yield "".join(f"{tag}  - {value}{_END}" for tag, value in cleaned if value) + f"ER  - {_END}{_END}"


def _lines(entry: Entry, options: Options) -> Iterator[Line]:
    record = entry.record
    kind = facts.reference_type(record, "ris")
    yield "TY", kind
    yield "ID", entry.citation_key
    yield from _names(record, kind, options)
    yield "TI", record.title
    yield from _container(record, kind)
    yield from _date(record)
    yield from _numbers(record, kind)
    yield "ET", facts.edition_words(record)
    yield "PB", record.publisher
    yield "CY", record.place
    isbns = facts.isbns(record) if kind in _WITH_ISBN else []
    yield "SN", facts.report_number(record) or ", ".join(isbns or facts.issns(record))
    yield "DO", facts.doi(record)
    yield from _accession(record)
    if options.url != "never":
        yield "UR", facts.address(record)
        yield "L1", facts.pdf(record)
    yield "LA", ", ".join(record.languages)
    yield "M3", thesis_words(record) if kind == "THES" else None
    for word in facts.keywords(record, options):
        yield "KW", word
    if options.abstract:
        yield "AB", record.abstract
    yield "N1", facts.batch_note(options)


def _names(record: Record, kind: str, options: Options) -> Iterator[Line]:
    authors, editors = facts.people(record)
    roles = {"AU": authors, "A3" if kind == "BOOK" else "A2": editors, "A4": facts.by(record, "translator")}
    for tag, people in roles.items():
        for person in people:
            yield tag, facts.inverted(facts.parts(person, options))


def _container(record: Record, kind: str) -> Iterator[Line]:
    """Yield the titles around the work's own: journal or book, then series."""
    title = facts.place(record).title
    yield "T2", title
    if kind == "JOUR":
        yield "JF", title
    if kind == "CONF":
        yield "C3", title  # T2 is the name of the conference to EndNote and Zotero, C3 its proceedings
    for series in record.series[:1]:
        yield "T3" if title else "T2", series.title
        if kind == "CHAP" or facts.is_whole(record):
            yield "SV" if kind == "CHAP" else "M1", series.volume


def _date(record: Record) -> Iterator[Line]:
    issued = record.issued
    if issued is None:
        return
    if issued.year is None:
        yield "DA", issued.literal
        return
    yield "PY", f"{issued.year:04}"
    month, day = facts.month_and_day(issued)
    if month:
        yield "DA", f"{issued.year:04}/{month:02}/{f'{day:02}' if day else ''}/"


def _numbers(record: Record, kind: str) -> Iterator[Line]:
    place = facts.place(record)
    yield "VL", place.volume
    yield "IS", place.issue if kind != "CHAP" else None  # the number of a book's volumes to Zotero
    first, last = facts.page_ends(record)
    yield "SP", first or (page_total(record.extent) if facts.is_whole(record) else None)
    yield "EP", last


def _accession(record: Record) -> Iterator[Line]:
    """Yield the number the record has in a database that readers know by it."""
    pmid, doaj = record.identifier("pmid"), record.identifier("doaj")
    yield "AN", pmid or doaj
    yield "DB", "DOAJ" if doaj and not pmid else None
    yield "C2", record.identifier("pmcid")  # where EndNote keeps it
