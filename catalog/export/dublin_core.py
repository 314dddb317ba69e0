"""The fifteen elements of Dublin Core, as oai_dc and as SRU's dc.

https://www.dublincore.org/specifications/dublin-core/dces/ defines the elements, and
https://www.openarchives.org/OAI/2.0/oai_dc.xsd allows no attribute on them but xml:lang. How they are filled
follows DOAJ's own provider where it is valid (portality/crosswalks/oaipmh.py of https://github.com/DOAJ/doaj):
the place in a journal is one line of dc:source, classes are caption and code in turn, and stand last.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options
from catalog.export.columns import date
from catalog.export.library_types import is_serial, library_type
from catalog.export.xml import escaped, quoted
from catalog.record import Identifier, Record

_ELEMENTS: Final = "http://purl.org/dc/elements/1.1/"
_OAI: Final = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    f'xmlns:dc="{_ELEMENTS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ '
    'http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
)
_SRW: Final = f'<srw_dc:dc xmlns:srw_dc="info:srw/schema/1/dc-schema" xmlns:dc="{_ELEMENTS}">'
# How an identifier is written so that it says itself what it is.
_WRITTEN: Final = {
    "doi": "https://doi.org/{}",
    "handle": "https://hdl.handle.net/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "isbn": "urn:isbn:{}",
    "doaj": "https://doaj.org/article/{}",
    "issn": "{}",
    "local": "{}",
    "urn": "{}",
    "uri": "{}",
}


def oai_dc(entry: Entry) -> str:
    """Return the record as the `oai_dc:dc` of OAI-PMH."""
    return f"{_OAI}{_children(entry.record)}</oai_dc:dc>"


def srw_dc(entry: Entry) -> str:
    """Return the record as the `srw_dc:dc` of SRU."""
    return f"{_SRW}{_children(entry.record)}</srw_dc:dc>"


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:  # noqa: ARG001  # nothing to choose
    """Yield a collection of oai_dc elements, one a line, in an element that says nothing itself."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<collection>\n'
    for entry in entries:
        yield f"{oai_dc(entry)}\n"
    yield "</collection>\n"


def _children(record: Record) -> str:
    return "".join(
        f"<dc:{name} xml:lang={quoted(tongue)}>{escaped(text)}</dc:{name}>"
        if tongue
        else f"<dc:{name}>{escaped(text)}</dc:{name}>"
        for name, text, tongue in elements(record)
    )


def elements(record: Record) -> Iterator[tuple[str, str, str | None]]:
    """Yield name, text and language of each element, in the order DOAJ writes them."""
    own = record.languages[0] if len(record.languages) == 1 else None
    if record.title:
        yield "title", record.title, own
    for title in record.other_titles:
        yield "title", title.text, title.language
    for name, text in _described(record):
        yield name, text, None


def _described(record: Record) -> Iterator[tuple[str, str]]:
    yield from (("identifier", text) for text in _identifiers(record))
    when = date(record)
    if when:
        yield "date", when
    yield from (("relation", text) for text in _relations(record))
    yield from (("description", text) for text in (record.abstract, *record.notes) if text)
    for contributor in record.contributors:
        yield (
            ("creator", contributor.literal)
            if contributor.role == "author"
            else ("contributor", f"{contributor.literal} ({contributor.role})")
        )
    if record.publisher:
        yield "publisher", record.publisher
    yield "type", library_type(record)["coar"]
    yield from (("type", genre) for genre in record.genres)
    yield from (("format", text) for text in _formats(record))
    yield from (("subject", text) for text in _subjects(record))
    yield from (("language", language) for language in record.languages)
    yield from (("source", text) for text in _sources(record))
    if record.licence:
        yield from (("rights", text) for text in (record.licence.url, record.licence.label) if text)


def _identifiers(record: Record) -> Iterator[str]:
    pages = [link.url for link in record.links if link.kind == "record"]
    named = {_address(page) for page in pages}
    for identifier in record.identifiers:
        # Numbers in other catalogues say nothing without them.
        if identifier.scheme != "control" and not identifier.scheme.startswith("system:"):
            written = _written(identifier)
            if _address(written) not in named:
                yield written
    if is_serial(record) and record.container:
        yield from (issn.value for issn in record.container.issns)
    yield from pages


def _address(text: str) -> str:
    """Return what an address names, over http and https alike."""
    return text.partition("://")[2]


def _written(identifier: Identifier) -> str:
    pattern = _WRITTEN.get(identifier.scheme)
    return pattern.format(identifier.value) if pattern else f"{identifier.scheme}:{identifier.value}"


def _relations(record: Record) -> Iterator[str]:
    yield from (link.url for link in record.links if link.kind != "record")
    if record.identifier("doaj") and record.container:
        yield from (f"https://doaj.org/toc/{issn.value}" for issn in record.container.issns)
    yield from (
        f"{series.title};{series.volume}" if series.volume else series.title for series in record.series
    )


def _formats(record: Record) -> Iterator[str]:
    if record.extent:
        yield record.extent
    yield from dict.fromkeys(link.media_type for link in record.links if link.media_type)


def _subjects(record: Record) -> Iterator[str]:
    yield from record.keywords
    for subject in sorted(record.subjects, key=lambda subject: subject.scheme == "lcc"):
        term = f"DOAJ:{subject.term}" if subject.scheme == "doaj" and subject.term else subject.term
        code = subject.code if subject.scheme == "lcc" or term is None else None
        yield from (text for text in (term, code) if text)


def _sources(record: Record) -> Iterator[str]:
    """Yield ISSNs, and the place in a journal in one line: `Title, Vol 4, Iss 1, Pp 1-14 (2024)`."""
    place = record.container
    if place is None:
        return
    if not record.identifier("doaj") and not is_serial(record):
        yield from (issn.value for issn in place.issns)
    pages = (
        ("Pp", f"{place.first_page}-{place.last_page}")
        if place.first_page and place.last_page
        else ("p", place.first_page or place.article_number)
    )
    parts = (("Vol", place.volume), ("Iss", place.issue), pages)
    line = ", ".join(filter(None, (place.title, *(f"{word} {value}" for word, value in parts if value))))
    year = record.issued.year if record.issued else None
    if line:
        yield f"{line} ({year})" if year else line
