"""CSL-JSON, the input of citation processors: https://github.com/citation-style-language/schema, 1.0.2.

What a style prints is left to the style: numbers as they are, dates in parts, names in the parts the source
gave. A name the source did not split is `literal`, never guessed into family and given.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from catalog.export import Entry, Options, facts
from catalog.export.entry_types import thesis_words
from catalog.export.pages import page_total
from catalog.export.plain import clean
from catalog.record import Contributor, PartialDate, Record

Item = dict[str, Any]
"""One work as the schema's JSON; a value is a string, a list of names, or a date."""

_ROLES: Final = frozenset(
    {
        "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
        "curator", "director", "editor", "editorial-director", "executive-producer", "guest", "host",
        "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer",
        "recipient", "script-writer", "series-creator", "translator",
    }
)  # fmt: skip


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield one array, an item a line."""
    encoder = msgspec.json.Encoder()
    opening = "[\n"
    for entry in entries:
        yield opening + encoder.encode(item(entry, options)).decode()
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def item(entry: Entry, options: Options) -> Item:
    """Return one record as a CSL item, its id the citation key; what is unknown is left out."""
    record = entry.record
    place = facts.place(record)
    found: Item = {
        "id": entry.citation_key,
        "citation-key": entry.citation_key,
        "type": facts.reference_type(record, "csl"),
        "title": record.title,
        **_names(record, options),
        "issued": date(record.issued),
        "container-title": place.title,
        **_series(record),
        "volume": place.volume,
        "issue": place.issue,
        "page": facts.page_range(record),
        "number": place.article_number or facts.report_number(record),
        "edition": facts.edition_words(record),
        "number-of-pages": page_total(record.extent),
        "publisher": record.publisher,
        "publisher-place": record.place,
        "genre": _genre(record),
        "language": next(iter(record.languages), None),
        **_identifiers(record),
        "URL": facts.address(record) if options.url != "never" else None,
        "abstract": record.abstract if options.abstract else None,
        "keyword": "; ".join(facts.keywords(record, options)),
        "note": facts.batch_note(options),
    }
    return {name: clean(value) if isinstance(value, str) else value for name, value in found.items() if value}


def date(issued: PartialDate | None) -> Item | None:
    """Return a date in as many parts as are known, the source's words where not even the year is."""
    if issued is None:
        return None
    if issued.year is None:
        return {"literal": clean(issued.literal)} if issued.literal else None
    month, day = facts.month_and_day(issued)
    parts = [[part for part in (issued.year, month, day) if part is not None]]
    if issued.end_year and issued.end_year != issued.year:
        parts.append([issued.end_year])
    return {"date-parts": parts} | ({"circa": True} if issued.circa else {})


def name(contributor: Contributor) -> Item:
    """Return one name, in the source's parts or whole."""
    if contributor.kind != "person" or not contributor.family:
        return {"literal": clean(contributor.literal)}
    parts = {"family": contributor.family, "given": contributor.given, "suffix": contributor.suffix}
    return {part: clean(value) for part, value in parts.items() if value}


def _names(record: Record, options: Options) -> Item:
    """Return the names by role; who has a role that CSL lacks is an author or an editor, or left out."""
    authors, editors = facts.people(record)
    found: dict[str, list[Item]] = {}
    for contributor in record.contributors:
        role = contributor.role
        if role not in _ROLES:
            role = "author" if contributor in authors else "editor" if contributor in editors else ""
        if role:
            found.setdefault(role, []).append(name(facts.parts(contributor, options)))
    return dict(found)


def _genre(record: Record) -> str | None:
    if record.type == "thesis":
        return thesis_words(record)
    return "software" if record.type == "software" else None


def _series(record: Record) -> Item:
    series = next(iter(record.series), None)
    return {"collection-title": series.title, "collection-number": series.volume} if series else {}


def _identifiers(record: Record) -> Item:
    arxiv = record.identifier("arxiv")
    return {
        "DOI": facts.doi(record),
        "ISSN": ", ".join(facts.issns(record)),
        "ISBN": ", ".join(facts.isbns(record)),
        "PMID": record.identifier("pmid"),
        "PMCID": record.identifier("pmcid"),
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
    }
