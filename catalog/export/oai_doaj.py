"""DOAJ's own format for articles, as DOAJ's provider writes it.

Elements and their order: `OAI_DOAJ_Article` in portality/crosswalks/oaipmh.py of https://github.com/DOAJ/doaj.
The namespace in records is http, though ListMetadataFormats of DOAJ says https.
"""

from collections.abc import Iterator
from typing import Final

from catalog.export import Entry
from catalog.export.xml import element as wrapped
from catalog.export.xml import leaf
from catalog.normalize.languages import bibliographic
from catalog.record import Container, IssnMedium, PartialDate, Record

_OPENING: Final = (
    '<oai_doaj:doajArticle xmlns:oai_doaj="http://doaj.org/features/oai_doaj/1.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://doaj.org/features/oai_doaj/1.0/ '
    'https://doaj.org/static/doaj/doajArticles.xsd">'
)
_PREFIX: Final = "oai_doaj:"
_FORMATS: Final = {
    "application/pdf": "PDF",
    "text/html": "HTML",
    "application/xml": "XML",
    "application/epub+zip": "ePUB",
}


def element(entry: Entry) -> str:
    """Return an article in a journal, the one thing the format can say, as the element `doajArticle`."""
    return f"{_OPENING}{''.join(_parts(entry.record))}</oai_doaj:doajArticle>"


def _leaf(name: str, text: str | None, **attributes: str | None) -> str:
    return leaf(f"{_PREFIX}{name}", text, **attributes)


def _parts(record: Record) -> Iterator[str]:
    place = record.container or Container()
    spoken = next(iter(place.languages or record.languages), None)
    yield _leaf("language", bibliographic(spoken) if spoken else None)
    yield _leaf("publisher", record.publisher)
    yield _leaf("journalTitle", place.title)
    # An ISSN that is given for both media has neither.
    untyped = _issn(place, None)
    yield _leaf("issn", _issn(place, "print") or untyped)
    yield _leaf("eissn", _issn(place, "electronic") or untyped)
    yield _leaf("publicationDate", _date(record.issued))
    yield _leaf("volume", place.volume)
    yield _leaf("issue", place.issue)
    yield _leaf("startPage", place.first_page or place.article_number)
    yield _leaf("endPage", place.last_page)
    yield _leaf("doi", record.identifier("doi"))
    yield _leaf("publisherRecordId", record.identifier("publisher-id"))
    yield _leaf("title", record.title)
    yield from _authors(record)
    yield _leaf("abstract", record.abstract)
    full_text = next((link for link in record.links if link.kind == "fulltext"), None)
    if full_text:
        form = full_text.media_type and _FORMATS.get(full_text.media_type, full_text.media_type)
        yield _leaf("fullTextUrl", full_text.url, format=form)
    yield wrapped(f"{_PREFIX}keywords", "".join(_leaf("keyword", word) for word in record.keywords))


def _issn(place: Container, medium: IssnMedium | None) -> str | None:
    return next((issn.value for issn in place.issns if issn.medium == medium), None)


def _date(date: PartialDate | None) -> str | None:
    """Return the date as DOAJ sends it: the first of the month, or of the year, for what is not known."""
    if date is None or date.year is None or not 0 <= date.year <= 9999:
        return None
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"


def _authors(record: Record) -> Iterator[str]:
    """Yield the authors, and the affiliations that they point to by number."""
    places: dict[str, str] = {}
    authors = []
    for contributor in record.contributors:
        if contributor.role == "author":
            numbers = [places.setdefault(name, str(len(places))) for name in contributor.affiliations]
            orcid = f"https://orcid.org/{contributor.orcid}" if contributor.orcid else None
            parts = (
                _leaf("name", contributor.literal),
                *(_leaf("affiliationId", number) for number in numbers),
                _leaf("orcid_id", orcid),
            )
            authors.append(wrapped(f"{_PREFIX}author", "".join(parts)))
    yield wrapped(f"{_PREFIX}authors", "".join(authors))
    names = "".join(_leaf("affiliationName", name, affiliationId=number) for name, number in places.items())
    yield wrapped(f"{_PREFIX}affiliationsList", names)
