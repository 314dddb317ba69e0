"""The `citation_*` tags of a record's page.

What they are called: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. How they are read:
`Embedded Metadata.js` of https://github.com/zotero/translators.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from catalog.export import facts
from catalog.export.plain import clean
from catalog.record import Contributor, Record, RecordType
from web.embedded.dates import written
from web.links import orcid_address, web_links

_JOURNALS: Final[frozenset[RecordType]] = frozenset({"article-journal", "article", "review"})
# The reader takes what has no tag of its own kind for an article, unless Dublin Core says what it is.
_PLAIN_TYPES: Final[dict[RecordType, str]] = {
    "book": "book",
    "dataset": "dataset",
    "document": "document",
    "map": "map",
    "motion-picture": "film",
    "musical-score": "book",
    "periodical": "document",
    "software": "computerProgram",
    "song": "audioRecording",
    "webpage": "webpage",
}


class Meta(NamedTuple):
    """A `<meta name="…" content="…">`."""

    name: str
    content: str


def highwire(record: Record, page: str) -> list[Meta]:
    """Return the tags of a record in the order of its authors; `page` is the absolute address of its page."""
    return [
        Meta(name, text)
        for name, value in _told(record, page)
        if value is not None and (text := clean(value))
    ]


def _told(record: Record, page: str) -> Iterator[tuple[str, str | None]]:
    yield "citation_title", record.title
    authors, editors = facts.people(record)
    yield from _people("citation_author", authors)
    yield from _people("citation_editor", editors)
    yield "citation_publication_date", written(record.issued, "/")
    yield from _whole(record)
    place = facts.place(record)
    first, last = facts.page_ends(record)
    yield "citation_volume", place.volume
    yield "citation_issue", place.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield from (("citation_issn", issn) for issn in facts.issns(record))
    yield from (("citation_isbn", isbn) for isbn in facts.isbns(record))
    yield "citation_doi", facts.doi(record)
    yield "citation_pmid", record.identifier("pmid")
    yield "citation_publisher", record.publisher
    yield "citation_series_title", record.series[0].title if record.series else None
    yield "citation_language", record.languages[0] if record.languages else None
    yield from (("citation_keywords", keyword) for keyword in record.keywords)
    yield "citation_abstract", record.abstract
    yield "citation_abstract_html_url", page
    yield from _full_texts(record)


def _people(name: str, people: Sequence[Contributor]) -> Iterator[tuple[str, str | None]]:
    for person in people:
        yield name, _name(person, alone=len(people) == 1)
        yield f"{name}_orcid", orcid_address(person.orcid) if person.orcid else None
        yield from ((f"{name}_institution", place) for place in person.affiliations)


def _name(person: Contributor, *, alone: bool) -> str:
    """Return `Family, Given Suffix`, or the printed form where the source did not split it.

    A single name with blanks on both sides of its comma would be taken for two (`processHighwireCreators`):
    in the given names no-break ones keep it whole.
    """
    if person.kind != "person" or not person.family:
        return person.literal
    given = " ".join(filter(None, (person.given, person.suffix)))
    if alone and " " in person.family:
        given = given.replace(" ", "\u00a0")
    return f"{person.family}, {given}" if given else person.family


def _whole(record: Record) -> Iterator[tuple[str, str | None]]:
    """Yield what the work is part of or comes from: the tag's name tells the reader the type."""
    title = facts.place(record).title
    kind = facts.kind(record)
    if kind in _JOURNALS:
        yield "citation_journal_title", title
    elif kind == "chapter":
        yield "citation_inbook_title", title
    elif kind == "conference-paper":
        meetings = (c.literal for c in record.contributors if c.kind == "meeting")
        yield "citation_inbook_title", title
        yield "citation_conference_title", next(meetings, title)
    elif kind == "thesis":
        yield "citation_dissertation_institution", record.publisher
    elif kind == "report":
        yield "citation_technical_report_institution", record.publisher
        yield "citation_technical_report_number", record.series[0].volume if record.series else None
    else:
        yield "DC.type", _PLAIN_TYPES[kind]


def _full_texts(record: Record) -> Iterator[tuple[str, str]]:
    for link in web_links(record):
        if link.kind == "fulltext":
            pdf = link.media_type == "application/pdf"
            yield "citation_pdf_url" if pdf else "citation_fulltext_html_url", link.url
