"""A record as schema.org JSON-LD: https://schema.org/ScholarlyArticle and its kin."""

from typing import Any

from catalog.export import facts
from catalog.record import Contributor, Identifier, PartialDate, Record
from web.embedded.dates import written
from web.embedded.kinds import kind_of
from web.links import doi_address, orcid_address, web_address, web_links

Node = dict[str, Any]
"""A JSON-LD node; values are strings, nodes, or lists of them."""


def json_ld(record: Record, page: str) -> Node:
    """Return the record as a node; what is unknown is left out. `page` is the address of its page.

    In `<script type="application/ld+json">` it is written by the filter `tojson` of Jinja, which escapes what
    could end the script.
    """
    kind = kind_of(record)
    authors, editors = facts.people(record)
    doi = facts.doi(record)
    address = facts.address(record)
    found: Node = {
        "@context": "https://schema.org",
        "@type": kind.schema,
        "@id": doi_address(doi) if doi else page,
        "name": record.title,
        "headline": record.title if kind.schema == "ScholarlyArticle" else None,
        "alternateName": [title.text for title in record.other_titles],
        "author": [_agent(each) for each in authors],
        "editor": [_agent(each) for each in editors],
        "datePublished": _date(record.issued),
        **_parts(record),
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "inLanguage": list(record.languages),
        "abstract": record.abstract,
        "keywords": [*record.keywords, *(s.term for s in record.subjects if s.term)],
        "bookEdition": record.edition if kind.schema == "Book" else None,
        "license": _licence(record),
        "identifier": [_identifier(each) for each in record.identifiers],
        "isbn": facts.isbns(record) if not record.container else None,
        "url": web_address(address) if address else page,
        "sameAs": list(
            dict.fromkeys(link.url for link in web_links(record) if link.kind in ("fulltext", "record"))
        ),
        "mainEntityOfPage": page,
    }
    return _known(found)


def _known(found: Node) -> Node:
    return {name: value for name, value in found.items() if value is not None and value != []}


def _agent(each: Contributor) -> Node:
    person = each.kind == "person"
    return _known(
        {
            "@type": "Person" if person else "Organization",
            "@id": orcid_address(each.orcid) if each.orcid else None,
            "name": facts.in_reading_order(each),
            "familyName": each.family if person else None,
            "givenName": each.given if person else None,
            "affiliation": [{"@type": "Organization", "name": name} for name in each.affiliations],
        }
    )


def _date(issued: PartialDate | None) -> str | None:
    """Return the date as ISO 8601; where the source said "about" the year alone."""
    if issued is not None and issued.circa:
        issued = PartialDate(year=issued.year)
    return written(issued)


def _licence(record: Record) -> str | None:
    licence = record.licence
    return (licence.url and web_address(licence.url)) or licence.label if licence else None


def _identifier(each: Identifier) -> Node:
    found = {"@type": "PropertyValue", "propertyID": each.scheme, "value": each.value}
    return found | {"url": doi_address(each.value)} if each.scheme == "doi" else found


def _parts(record: Record) -> Node:
    """Return pages and what they are part of: an issue of a volume of a journal, or a book."""
    place = facts.place(record)
    first, last = facts.page_ends(record)
    whole = _whole(record)
    if whole and place.volume:
        whole = {"@type": "PublicationVolume", "volumeNumber": place.volume, "isPartOf": whole}
    if whole and place.issue:
        whole = {"@type": "PublicationIssue", "issueNumber": place.issue, "isPartOf": whole}
    pages = {"pageStart": first, "pageEnd": last, "pagination": facts.page_range(record)}
    return {**pages, "isPartOf": whole or _series(record)}


def _whole(record: Record) -> Node | None:
    place = facts.place(record)
    if record.container is None or not (place.title or place.issns):
        return None
    books = facts.kind(record) in ("chapter", "conference-paper") and not place.issns
    numbers: Node = {"isbn": list(place.isbns)} if books else {"issn": [issn.value for issn in place.issns]}
    return _known({"@type": "Book" if books else "Periodical", "name": place.title, **numbers})


def _series(record: Record) -> list[Node]:
    return [
        _known({"@type": "BookSeries", "name": each.title, "issn": each.issn, "position": each.volume})
        for each in record.series
    ]
