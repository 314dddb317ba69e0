"""PubMed's own format (.nbib), the MEDLINE display: https://www.nlm.nih.gov/bsd/mms/medlineelements.html."""

import re
from collections.abc import Iterable, Iterator
from textwrap import TextWrapper
from typing import Final

from catalog.export import Entry, Options, facts
from catalog.export.plain import clean
from catalog.normalize.languages import bibliographic
from catalog.record import Contributor, Record

Line = tuple[str, str | None]
"""A tag and its value; without a value the line is left out."""

_INDENT: Final = " " * 6
_WRAPPER: Final = TextWrapper(
    width=87, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
)
_WRAPPED: Final = frozenset({"TI", "BTI", "AB", "AD", "SO"})  # a reader joins identifiers without a blank
_ISSN: Final = re.compile(r"\d{4}-\d{3}[\dX]")
_MEDIA: Final = {"print": "Print", "electronic": "Electronic", None: "Undetermined"}
_INITIAL: Final = re.compile(r"[^\s.\-‐‑–]+")


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield each entry as text, in the order given: a tag and a value a line, a blank line behind."""
    for entry in entries:
        cleaned = ((tag, clean(value)) for tag, value in _lines(entry.record, options) if value)
        yield "".join(_line(tag, value) for tag, value in cleaned if value) + "\n"


def _line(tag: str, value: str) -> str:
    line = f"{tag:<4}- {value}"
    return ("\n".join(_WRAPPER.wrap(line)) if tag in _WRAPPED else line) + "\n"


def _lines(record: Record, options: Options) -> Iterator[Line]:
    place = facts.place(record)
    kind = facts.reference_type(record, "medline")
    yield "PMID", _digits(record.identifier("pmid"))
    yield from _issns(record)
    yield "VI", place.volume
    yield "IP", place.issue
    yield "DP", _date(record)
    yield "TI", record.title
    yield "BTI", place.title if kind == "Book Chapter" else record.title if kind == "Book" else None
    yield "PG", facts.page_range(record)
    doi = facts.doi(record)
    yield "LID", f"{doi} [doi]" if doi else None
    yield "AB", record.abstract if options.abstract else None
    yield from _people(record, options)
    for code in record.languages:
        yield "LA", bibliographic(code)
    yield "PT", kind
    yield "PL", record.place
    yield "PB", record.publisher
    yield "EN", facts.edition_words(record)
    yield "JT", place.title if kind != "Book Chapter" else None
    for isbn in facts.isbns(record):
        yield "ISBN", isbn
    for subject in record.subjects:
        yield "MH", subject.term if subject.scheme == "mesh" else None
    for word in facts.keywords(record, options):
        yield "OT", word
    yield "GN", facts.batch_note(options)
    yield "PMC", record.identifier("pmcid")
    yield "AID", f"{doi} [doi]" if doi else None
    yield "SO", _source(record)


def _digits(value: str | None) -> str | None:
    return value if value and value.isdecimal() else None


def _issns(record: Record) -> Iterator[Line]:
    media = {issn.value: issn.medium for issn in facts.place(record).issns}
    for issn in facts.issns(record):
        if _ISSN.fullmatch(issn):
            yield "IS", f"{issn} ({_MEDIA[media.get(issn)]})"


def _date(record: Record) -> str | None:
    """Return `2024 Apr 9`, `1950-1955` or the source's words."""
    issued = record.issued
    if issued is None or issued.year is None:
        return issued.literal if issued else None
    if issued.end_year:
        return f"{issued.year}-{issued.end_year}"
    month, day = facts.month_and_day(issued)
    return f"{issued.year} {facts.MONTHS[month - 1] if month else ''} {day or ''}".strip()


def _people(record: Record, options: Options) -> Iterator[Line]:
    authors, editors = facts.people(record)
    for tag, people in (("AU", authors), ("ED", editors)):
        for person in (facts.parts(each, options) for each in people):
            if person.kind != "person":
                yield "CN", person.literal
                continue
            yield f"F{tag}", _full(person)
            yield tag, _short(person)
            yield "AUID", f"ORCID: {person.orcid}" if person.orcid else None
            for affiliation in person.affiliations:
                yield "AD", affiliation


def _full(person: Contributor) -> str:
    """Return `King, Martin Jr`; an unsplit name as printed."""
    given = " ".join(filter(None, (person.given, person.suffix)))
    return ", ".join(filter(None, (person.family, given))) if person.family else person.literal


def _short(person: Contributor) -> str:
    """Return the name with initials, `King M Jr`; a name in a script without capitals keeps its letters."""
    if not person.family:
        return person.literal
    initials = "".join(word[0] for word in _INITIAL.findall(person.given or ""))
    given = initials.upper() if initials.upper() != initials.lower() else person.given
    return " ".join(filter(None, (person.family, given, person.suffix)))


def _source(record: Record) -> str | None:
    """Return the line PubMed shows: `Journal. 2024 Apr;24(1):1-14. doi: 10.…`."""
    place = facts.place(record)
    where = place.title or record.publisher
    if not where:
        return None
    issue = f"({place.issue})" if place.issue else ""
    pages = facts.page_range(record)
    numbers = f";{place.volume or ''}{issue}" if place.volume or issue else ""
    doi = facts.doi(record)
    source = f"{where}. {_date(record) or ''}{numbers}{f':{pages}' if pages else ''}."
    return f"{source} doi: {doi}." if doi else source
