"""The loopback feed writes what DOAJ's own code wrote, byte for byte where the articles can be told."""

import re
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from catalog.normalize.classes import class_table
from cli.loopback.provider import Provider
from cli.loopback.shelf import Item

_WIRE = Path(__file__).resolve().parents[3] / "shared" / "data" / "doaj" / "oai-wire"
needs_wire = pytest.mark.skipif(not _WIRE.is_dir(), reason="DOAJ's wire samples are not here")


def _text(element: etree._Element, name: str) -> str | None:
    found = element.find(f".//{{*}}{name}")
    return None if found is None else found.text or ""


def _articles() -> list[tuple[dict[str, Any], bytes, bytes]]:
    """Return the articles of one page that was written in both formats, and the two records as written."""
    both = [(_WIRE / f"oai_article-ListRecords-oai_{form}-000.xml").read_bytes() for form in ("doaj", "dc")]
    trees = [etree.fromstring(each).findall(".//{*}record") for each in both]
    raws = [re.findall(rb"<record>.*?</record>", each, re.DOTALL) for each in both]
    return [(_article(a, b), x, y) for a, b, x, y in zip(*trees, *raws, strict=True)]


def _article(doaj: etree._Element, dc: etree._Element) -> dict[str, Any]:
    """Put an article together again from what the two formats tell of it."""
    source = _text(dc, "source") or ""
    volume, issue = re.search(r"Vol ([^,(]*?)(?=,| \()", source), re.search(r"Iss ([^,(]*?)(?=,| \()", source)
    year = re.search(r"\(([^()]*)\)$", source)
    date = _text(doaj, "publicationDate")
    identifier = [e.text or "" for e in dc.iter("{*}identifier")][1:-1]
    kinds = {_text(doaj, "issn"): "pissn", _text(doaj, "eissn"): "eissn", _text(doaj, "doi"): "doi"}
    classes = [e.text for e in dc.iter("{*}subject") if e.attrib]
    orcids = iter(doaj.iter("{*}author"))
    places = {e.get("affiliationId"): e.text for e in doaj.iter("{*}affiliationName")}
    link = doaj.find(".//{*}fullTextUrl")
    form = {"content_type": link.get("format")} if link is not None and link.get("format") else {}
    links = [e.text for e in dc.iter("{*}relation") if "/toc/" not in (e.text or "")]
    bib: dict[str, Any] = {
        "title": _text(dc, "title"),
        "abstract": _text(dc, "description"),
        "year": year[1] if year else None,
        "month": date[5:7] if date else None,
        "start_page": _text(doaj, "startPage"),
        "end_page": _text(doaj, "endPage"),
        "identifier": [{"type": kinds.get(each), "id": each} for each in identifier],
        "author": [_author(each, places) for each in orcids],
        "keywords": [e.text or "" for e in dc.iter("{*}subject") if not e.attrib],
        "subject": _classes(classes),
        "link": [{"type": "fulltext", "url": url} | form for url in links],
        "journal": {
            "title": _text(doaj, "journalTitle"),
            "publisher": _text(dc, "publisher"),
            "volume": volume[1] if volume else None,
            "number": issue[1] if issue else None,
            "language": [e.text for e in dc.iter("{*}language")],
        },
    }
    if doaj.find("{*}header[@status]") is not None:
        bib["subject"] = [_set(each.text or "") for each in doaj.iter("{*}setSpec")]
    return {
        "admin": {"in_doaj": doaj.find("{*}metadata") is not None},
        "id": (_text(dc, "identifier") or "").rpartition(":")[2],
        "last_updated": _text(doaj, "datestamp"),
        "bibjson": bib,
    }


def _set(spec: str) -> dict[str, str | None]:
    scheme, _, term = urlsafe_b64decode(spec.replace("~", "=")).decode().partition(":")
    return {"scheme": scheme, "term": term}


def _author(author: etree._Element, places: dict[str | None, str | None]) -> dict[str, Any]:
    told = {
        "name": _text(author, "name"),
        "email": _text(author, "email"),
        "orcid_id": _text(author, "orcid_id"),
    }
    return told | {"affiliation": places.get(_text(author, "affiliationId"))}


def _classes(values: list[str | None]) -> list[dict[str, str | None]]:
    codes = class_table().by_code
    found: list[dict[str, str | None]] = []
    for value in values:
        if value in codes and found:
            found[-1]["code"] = value
        else:
            found.append({"scheme": "LCC", "term": value})
    return found


@needs_wire
def test_every_record_of_a_page_is_written_as_doaj_wrote_it() -> None:
    told = _articles()
    assert len(told) == 300
    for article, doaj, dc in told:
        assert Item(article).record("oai_doaj") == doaj
        assert Item(article).record("oai_dc") == dc


@needs_wire
@pytest.mark.parametrize(
    ("sample", "query"),
    [
        ("error-badVerb-none", ""),
        ("error-badVerb-unknown", "verb=Explain"),
        ("error-badArgument-noprefix", "verb=ListRecords"),
        ("error-badArgument-date", "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday"),
        ("error-badArgument-getrecord", "verb=GetRecord&metadataPrefix=oai_dc"),
        ("error-badResumptionToken", "verb=ListRecords&resumptionToken=nonsense"),
        ("error-badResumptionToken-listsets", "verb=ListSets&resumptionToken=x"),
        ("error-cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=marc21"),
        ("error-idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:doaj.org/article:0"),
        ("error-noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-01"),
        ("error-unknownset", "verb=ListRecords&metadataPrefix=oai_dc&set=TENDOk5vbmU~"),
        ("error-lowercase-verb", "verb=identify"),
        ("error-repeated-argument", "verb=Identify&verb=Identify"),
        ("error-illegal-extra-argument", "verb=Identify&colour=red"),
        ("oai_article-ListMetadataFormats", "verb=ListMetadataFormats"),
        (
            "GetRecord-deleted",
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=a499e4f5e9f0b11c14518bf75d6077c2",
        ),
    ],
)
def test_answers_are_those_of_doaj_to_the_byte(sample: str, query: str) -> None:
    wire = (_WIRE / f"{sample}.xml").read_bytes()
    moment = re.search(rb"<responseDate>([^<]*)", wire)
    assert moment is not None
    now = datetime.strptime(moment[1].decode(), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    withdrawn = {
        "id": "a499e4f5e9f0b11c14518bf75d6077c2",
        "last_updated": "2021-06-03T04:49:02Z",
        "admin": {"in_doaj": False},
        "bibjson": {"subject": [{"scheme": "LCC", "term": "Diseases of the musculoskeletal system"}]},
    }
    live = {"id": "1" * 32, "last_updated": "2021-06-02T04:49:02Z", "bibjson": {}}
    provider = Provider([withdrawn, live], now=lambda: now, base="https://doaj.org")
    answer = provider.respond("/oai.article", query, {})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert answer.body == wire


@needs_wire
def test_tokens_are_those_of_doaj() -> None:
    wire = (_WIRE / "oai_article-ListRecords-oai_doaj-000.xml").read_bytes()
    until = "2026-10-24T04:49:09Z"
    page = [
        {"id": f"{n:032x}", "last_updated": stamp.decode(), "bibjson": {}}
        for n, stamp in enumerate(re.findall(rb"<datestamp>([^<]*)", wire))
    ]
    rest = [{"id": f"f{n:031x}", "last_updated": "2021-06-02T04:49:02Z", "bibjson": {}} for n in range(2669)]
    now = datetime(2026, 11, 23, 4, 49, 9, tzinfo=UTC)
    answer = Provider([*page, *rest], now=lambda: now).respond(
        "/oai.article", f"verb=ListRecords&metadataPrefix=oai_doaj&until={until}", {}
    )
    end = re.compile(rb"<resumptionToken.*</resumptionToken>")
    found, expected = end.search(answer.body), end.search(wire)
    assert found is not None
    assert expected is not None
    assert found[0] == expected[0]
