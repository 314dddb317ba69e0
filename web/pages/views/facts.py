"""The labelled values of a record's page, each with where it leads."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from catalog.export import facts
from catalog.normalize import languages
from catalog.normalize.dates_in_words import in_words
from catalog.record import Identifier, Licence, PartialDate, Record
from web.asked import Search
from web.links import web_address
from web.pages.labels import TYPES

_SCHEMES = {
    "pmid": "PubMed", "pmcid": "PubMed Central", "doaj": "DOAJ",
    "arxiv": "arXiv", "handle": "Handle", "lccn": "LCCN", "oclc": "OCLC", "urn": "URN",
    "dnb": "DNB", "bnb": "British National Bibliography", "nbn": "national bibliography number",
    "upc": "UPC", "ismn": "ISMN", "isrc": "ISRC", "coden": "CODEN", "repec": "RePEc", "issn-l": "ISSN-L",
    "publisher-number": "publisher’s number", "report-number": "report number",
    "control": "control number", "local": "local number",
}  # fmt: skip
_SYSTEM = "system:"
_RESOLVERS = {
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "doaj": "https://doaj.org/article/",
    "arxiv": "https://arxiv.org/abs/",
    "handle": "https://hdl.handle.net/",
    "lccn": "https://lccn.loc.gov/",
    "oclc": "https://search.worldcat.org/title/",
}


class Value(NamedTuple):
    """A text, with where it leads: `address` within this catalogue, or `url` on another site.

    `note` says what it is besides; `lang` what language it is in, where that is not the page's.
    """

    text: str
    address: str | None = None
    url: str | None = None
    note: str | None = None
    lang: str | None = None


class Fact(NamedTuple):
    """A label and its values; those of a row that is `inline` stand beside each other."""

    label: str
    values: tuple[Value, ...]
    inline: bool = False


def facts_of(record: Record) -> Iterator[Fact]:
    """Yield what is known of a record, label by label; what is not known has no values."""
    place = facts.place(record)
    yield Fact("In", tuple(_whole(record)))
    yield Fact("Published", tuple(_published(record)))
    yield Fact("Edition", _texts(record.edition))
    yield Fact("Extent", _texts(record.extent))
    yield Fact("Series", tuple(Value(each.title, note=each.volume) for each in record.series))
    yield Fact(
        "Type",
        (Value(TYPES[record.type], narrowed("type", record.type)), *_texts(*record.genres)),
        inline=True,
    )
    yield Fact("Language", tuple(map(_language, record.languages)), inline=True)
    yield Fact(
        "Journal’s languages", tuple(Value(languages.name(tag)) for tag in place.languages), inline=True
    )
    yield Fact(
        "Keywords", tuple(Value(word, narrowed("keyword", word)) for word in record.keywords), inline=True
    )
    yield Fact("ISSN", tuple(_issns(record)), inline=True)
    yield Fact("ISBN", tuple(Value(each, _asked("isbn", each)) for each in facts.isbns(record)), inline=True)
    yield Fact("Identifiers", tuple(_identifiers(record.identifiers)))
    yield Fact("Licence", tuple(_licence(record.licence)))
    yield Fact("Notes", _texts(*record.notes))


def _whole(record: Record) -> Iterator[Value]:
    """Yield the journal or book it is part of, then where in it."""
    place = facts.place(record)
    first, last = facts.page_ends(record)
    if place.title:
        yield Value(place.title, narrowed("journal", place.title))
    if last:
        pages = f"pages {first}–{last}"
    elif place.article_number and place.article_number == first:
        pages = f"article {first}"
    else:
        pages = f"page {first}" if first else ""
    numbers = (
        f"volume {place.volume}" if place.volume else "",
        f"issue {place.issue}" if place.issue else "",
        pages,
        f"article {place.article_number}" if place.article_number not in (None, first) else "",
    )
    where = ", ".join(filter(None, numbers))
    yield from _texts(where[:1].upper() + where[1:])


def _published(record: Record) -> Iterator[Value]:
    if record.issued:
        yield Value(in_words(record.issued), _year(record.issued), note=_doubt(record.issued))
    if record.publisher:
        yield Value(record.publisher, narrowed("publisher", record.publisher), note=record.place)
    else:
        yield from _texts(record.place)


def _year(issued: PartialDate) -> str | None:
    if issued.year is None:
        return None
    return Search().between(issued.year, issued.end_year or issued.year).address()


def _doubt(issued: PartialDate) -> str | None:
    """Say what the source printed where that is not what is shown, and which part of it may be padding."""
    if issued.month_doubtful:
        return "the source gives 1 January, which may stand for the year alone"
    return f"printed as {issued.literal}" if issued.literal and issued.year is not None else None


def _language(tag: str) -> Value:
    name = languages.name(tag)
    return Value(name, narrowed("language", name))


def _issns(record: Record) -> Iterator[Value]:
    media = {issn.value: issn.medium for issn in facts.place(record).issns}
    for value in facts.issns(record):
        yield Value(value, _asked("issn", value), note=media.get(value))


def _identifiers(identifiers: Iterable[Identifier]) -> Iterator[Value]:
    shown = [each for each in identifiers if each.scheme not in ("doi", "issn", "isbn")]
    public = {each.value for each in shown if not _is_internal(each)}
    for each in shown:
        # Libraries repeat the number of the record in the systems that it went through.
        if not (_is_internal(each) and each.value in public):
            resolver = _RESOLVERS.get(each.scheme)
            url = resolver + quote(each.value, safe="/:.()") if resolver else None
            yield Value(each.value, url=url, note=_scheme(each.scheme))


def _is_internal(identifier: Identifier) -> bool:
    return identifier.scheme == "control" or identifier.scheme.startswith(_SYSTEM)


def _scheme(scheme: str) -> str:
    if scheme.startswith(_SYSTEM):
        return f"number at {scheme.removeprefix(_SYSTEM).upper()}"
    return _SCHEMES.get(scheme, scheme)


def _licence(licence: Licence | None) -> Iterator[Value]:
    if licence is not None:
        url = web_address(licence.url) if licence.url else None
        yield Value(licence.label or licence.url or "", url=url)


def _texts(*values: str | None) -> tuple[Value, ...]:
    return tuple(Value(value) for value in values if value)


def narrowed(facet: str, value: str) -> str:
    """Return the address of the records that have a value of a facet."""
    return Search(filters=((facet, value),)).address()


def _asked(field: str, value: str) -> str:
    return Search(q=f"{field}:{value}").address()
