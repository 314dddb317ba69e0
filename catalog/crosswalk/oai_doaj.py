"""DOAJ's own format for articles over OAI-PMH: everything typed, subjects in the header alone.

The elements are those of `OAI_DOAJ_Article` in portality/crosswalks/oaipmh.py of
https://github.com/DOAJ/doaj; ORCIDs and the format of the full text came after 2017. Of a journal's
languages only the first is sent, so it does not tell an article's.
"""

from collections.abc import Iterator

from lxml import etree

from catalog.crosswalk import parts, xml
from catalog.errors import RecordRejected
from catalog.normalize.dates import doaj_date
from catalog.normalize.names import merge_repeated
from catalog.normalize.subjects import keywords
from catalog.normalize.text import plain
from catalog.record import Contributor, Identifier, Link, RawRecord, Record


def read(raw: RawRecord) -> Record:
    """Read one `doajArticle`, within its OAI record or alone; raises RecordRejected when there is none."""
    root = xml.parse(raw)
    article = xml.first_named(root, "doajArticle")
    if article is None:
        raise RecordRejected("there is no doajArticle in the record")
    fields = {xml.local_name(child): child for child in reversed(list(xml.elements(article)))}
    if not fields:
        raise RecordRejected("the doajArticle is empty")

    def value(name: str) -> str | None:
        element = fields.get(name)
        return None if element is None else xml.text_of(element)

    caveats: list[str] = []
    doaj = parts.doaj_identifier(xml.oai_identifier(root, raw), raw.identifier)
    own = [
        parts.doi(value("doi"), caveats),
        doaj,
        _identifier("publisher-id", value("publisherRecordId")),
    ]
    return Record(
        type="article-journal",
        title=parts.shown_title(value("title"), caveats),
        contributors=merge_repeated(_authors(article, caveats)),
        issued=doaj_date(value("publicationDate")),
        container=parts.container(
            title=value("journalTitle"),
            issns=parts.issns(caveats, printed=value("issn"), electronic=value("eissn")),
            volume_text=value("volume"),
            issue_text=value("issue"),
            first=value("startPage"),
            last=value("endPage"),
            languages=parts.languages([value("language") or ""]),
        ),
        publisher=plain(value("publisher")),
        identifiers=tuple(dict.fromkeys(filter(None, own))),
        links=parts.unique_links([*_full_texts(article), parts.doaj_page(doaj)]),
        abstract=parts.abstract(value("abstract")),
        keywords=keywords(map(xml.text_of, xml.below(article, "keyword"))),
        subjects=parts.unique_subjects(parts.set_subjects(xml.set_specs(root, raw))),
        caveats=tuple(caveats),
    )


def _authors(article: etree._Element, caveats: list[str]) -> Iterator[Contributor]:
    """Join each author with the affiliations its ids name."""
    places = {
        xml.attributes(element).get("affiliationId"): xml.text_of(element)
        for element in xml.below(article, "affiliationName")
    }
    for author in xml.below(article, "author"):
        said = [(xml.local_name(child), xml.text_of(child).strip()) for child in xml.elements(author)]
        ids = [text for name, text in said if name == "affiliationId"]
        value = dict(reversed(said))
        yield from parts.credited(
            value.get("name", ""),
            caveats,
            orcid=value.get("orcid_id") or value.get("orcid"),
            affiliations=[places[key] for key in ids if key in places],
        )


def _full_texts(article: etree._Element) -> Iterator[Link | None]:
    for element in xml.below(article, "fullTextUrl"):
        yield parts.full_text(xml.text_of(element), xml.attributes(element).get("format"))


def _identifier(scheme: str, text: str | None) -> Identifier | None:
    value = plain(text)
    return Identifier(scheme=scheme, value=value) if value else None
