"""The explain record: what it says is what is."""

import pytest
from lxml import etree

from catalog.export.schemas import SRU_SCHEMAS
from tests.web.sru.conftest import Ask

ZEEREX = "{http://explain.z3950.org/dtd/2.0/}"
VERSIONS = [{"operation": "explain", "version": version} for version in ("1.1", "1.2")] + [{}]


def explained(sru: Ask, parameters: dict[str, str]) -> etree._Element:
    found = sru(parameters).root.find(f".//{ZEEREX}explain")
    assert found is not None
    return found


@pytest.mark.parametrize("parameters", VERSIONS, ids=str)
def test_it_says_where_the_server_is(sru: Ask, parameters: dict[str, str]) -> None:
    server = explained(sru, parameters).find(f"{ZEEREX}serverInfo")

    assert server is not None
    assert [child.text for child in server] == ["library.example", "443", "catalogue/sru"]
    assert (server.get("version"), server.get("transport")) == (parameters.get("version", "2.0"), "https")
    assert server[2].get("numRecs") == "47"


def test_it_says_whose_catalogue_it_is(sru: Ask) -> None:
    database = explained(sru, {}).find(f"{ZEEREX}databaseInfo")

    assert database is not None
    assert database.findtext(f"{ZEEREX}title") == "Peers & <others>"
    assert database.findtext(f"{ZEEREX}contact") == "library@example.org"


def test_every_index_can_be_searched_scanned_and_sorted_as_it_says(sru: Ask) -> None:
    indexes = list(explained(sru, {}).iter(f"{ZEEREX}index"))

    assert len(indexes) > 20
    for index in indexes:
        for name in index.iter(f"{ZEEREX}name"):
            full = f"{name.get('set')}.{name.text}"
            value = "2015" if sru({"query": f"{full} = x"}).diagnostics else "x"
            refused = [number for number, _ in sru({"query": f"{full} = {value}"}).diagnostics]
            assert refused in ([], [36]), full  # 36: x is no ISSN, but the index is there
            scanned = not sru({"scanClause": f'{full} = ""'}).diagnostics
            assert scanned == (index.get("scan") == "true"), full
            ordered = not sru({"query": f"peer sortBy {full}"}).diagnostics
            assert ordered == (index.get("sort") == "true"), full


def test_it_names_the_schemas(sru: Ask) -> None:
    schemas = explained(sru, {}).findall(f".//{ZEEREX}schema")

    assert [(each.get("name"), each.get("identifier")) for each in schemas] == [
        (schema.name, schema.identifiers[0]) for schema in SRU_SCHEMAS.values()
    ]


def test_relations_it_supports_are_supported(sru: Ask) -> None:
    relations = [
        each.text for each in explained(sru, {}).iter(f"{ZEEREX}supports") if each.get("type") == "relation"
    ]

    assert "any" in relations
    for relation in relations:
        term = '"2010 2015"' if relation == "within" else "2015"
        index = "dc.title" if relation == "adj" else "dc.date"
        assert sru({"query": f"{index} {relation} {term}"}).diagnostics == []


def test_it_can_be_had_as_a_string(sru: Ask) -> None:
    answer = sru({"recordXMLEscaping": "string"})

    assert etree.fromstring(answer.text_of("recordData") or "").tag == f"{ZEEREX}explain"
    assert sru({"recordXMLEscaping": "json"}).diagnostics == [(71, "json")]
