"""The SRU server and the VuFind for tests give every record, and refuse as theirs do."""

import json
import re
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pymarc
import pytest
from lxml import etree

from tests.provider.marc import books
from tests.provider.sru import Sru
from tests.provider.vufind import VuFind

_BOOKS = books(130)
_PEERS = {book.id for book in _BOOKS if "peer" in book.title.lower()}


def _sru(query: str, version: str = "1.1", most: int = 50) -> etree._Element:
    given = "" if "operation=" in query or version == "2.0" else "&operation=searchRetrieve"
    answer = Sru(_BOOKS, most=most).respond("/sru", f"version={version}{given}&{query}", {})
    assert answer.status == 200
    return etree.fromstring(answer.body)


def _text(tree: etree._Element, name: str) -> str | None:
    return tree.findtext(f".//{{*}}{name}")


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
@pytest.mark.parametrize("packing", ["xml", "string"])
def test_sru_gives_every_record_by_positions(version: str, packing: str) -> None:
    found: list[str] = []
    position: str | None = "1"
    how = "recordXMLEscaping" if version == "2.0" else "recordPacking"
    while position:
        query = f"query=peer&maximumRecords=1000&startRecord={position}&recordSchema=marcxml&{how}={packing}"
        tree = _sru(query, version, most=30)
        assert _text(tree, "numberOfRecords") == str(len(_PEERS))
        data = [
            each if packing == "xml" else etree.fromstring(each.text or "")
            for each in tree.iter("{*}recordData")
        ]
        assert len(data) <= 30
        found += [each.findtext(".//{*}controlfield[@tag='001']") or "" for each in data]
        position = _text(tree, "nextRecordPosition")
    assert len(found) == len(set(found))
    assert set(found) == _PEERS


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("query=peer&recordSchema=mods", 66),
        ("query=" + quote('title="peer'), 10),
        ("query=peer+or+self", 10),
        ("query=peer&startRecord=999", 61),
        ("query=peer&startRecord=0", 6),
        ("query=peer&recordPacking=zip", 71),
        ("maximumRecords=1", 7),
        ("query=peer&operation=scan", 4),
    ],
)
def test_sru_refuses_with_diagnostics(query: str, number: int) -> None:
    assert _text(_sru(query), "uri") == f"info:srw/diagnostic/1/{number}"


def test_sru_finds_by_clauses_and_nothing_where_there_is_nothing() -> None:
    both = quote('dc.title="peer" and grief')
    wanted = [book for book in _BOOKS if book.holds("peer") and book.holds("grief")]
    assert _text(_sru(f"query={both}"), "numberOfRecords") == str(len(wanted))
    nothing = _sru("query=zebra")
    assert _text(nothing, "numberOfRecords") == "0"
    assert nothing.find(".//{*}diagnostic") is None


def _json(vufind: VuFind, query: str) -> tuple[int, dict[str, Any]]:
    answer = vufind.respond("/vufind/api/v1/search", query, {})
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize("form", ["marcxml", "iso2709"])
def test_vufind_gives_every_record_by_pages_and_by_tokens(form: str) -> None:
    vufind = VuFind(
        _BOOKS, full_record="marcxml" if form == "marcxml" else "iso2709", cursor_limit=25, path="/vufind"
    )
    query = "lookfor=peer&field[]=id&field[]=fullRecord"
    paged = [
        row for n in (1, 2, 3, 4) for row in _json(vufind, f"{query}&limit=30&page={n}")[1].get("records", [])
    ]
    walked, token = [], "*"
    while token:
        told = _json(vufind, f"{query}&resumptionToken={token}")[1]
        walked += told.get("records", [])
        token = told.get("resumptionToken", {}).get("token")
    assert paged == walked
    assert {row["id"] for row in walked} == _PEERS
    assert all(re.search(r"Self-help groups", row["fullRecord"]) for row in walked)


def test_vufind_refuses_in_json() -> None:
    vufind = VuFind(_BOOKS, path="/vufind")
    assert _json(vufind, "lookfor=peer&limit=101") == (
        400,
        {"status": "ERROR", "statusMessage": "Invalid limit"},
    )
    assert _json(vufind, "lookfor=peer&resumptionToken=old")[0] == 400
    assert _json(vufind, "lookfor=zebra") == (200, {"resultCount": 0, "status": "OK"})
    assert VuFind(_BOOKS, api=False).respond("/api/v1/search", "lookfor=x", {}).status == 404


def test_vufind_exports_one_and_many() -> None:
    vufind, ids = VuFind(_BOOKS), [_BOOKS[0].id, _BOOKS[9].id]
    one = vufind.respond(f"/Record/{ids[0]}/Export", "style=MARC", {})
    assert [record["001"].data for record in pymarc.MARCReader(one.body) if record] == ids[:1]
    query = "f=MARCXML&" + "&".join(f"i[]=Solr%7C{each}" for each in ids)
    many = pymarc.parse_xml_to_array(BytesIO(vufind.respond("/Cart/doExport", query, {}).body))
    assert [record["001"].data for record in many if record] == ids
    assert vufind.respond("/Record/none/Export", "style=MARC", {}).status == 404
    assert b"<html>" in vufind.respond(f"/Record/{ids[0]}/Export", "style=RIS", {}).body
