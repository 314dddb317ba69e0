"""Answers of SRU 2.0 are what the standard's XSDs say."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.web.sru.conftest import Ask

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "schemas" / "sru"
pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the XSDs of SRU 2.0 are not beside the checkout"
)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree.XMLSchema]:
    """Return the schema of each kind of answer; what they import from the Web lies beside them here."""
    folder = tmp_path_factory.mktemp("xsd")
    for file in SCHEMAS.glob("*.xsd"):
        text = re.sub(r'schemaLocation="[^"]*/', 'schemaLocation="', file.read_text(encoding="utf-8"))
        (folder / file.name).write_text(text, encoding="utf-8")
    response, scan, explain = (
        etree.XMLSchema(etree.parse(str(folder / f"{name}.xsd")))
        for name in ("sruResponse", "scan", "explain")
    )
    return {
        "searchRetrieveResponse": response,
        "scanResponse": scan,
        "explainResponse": response,
        "explain": explain,
    }


QUERIES = (
    "peer",
    "a or b and (c not d) sortBy title",
    '> x="urn:y" a',
    "title any/stem peer prox/distance<=3 title=x sortBy dc.date/sort.descending",
    "peer and",
    "x\x00\x0b\ufffe\ud800<&\"'",
    " or ".join(["a"] * 200),
)
OTHERS = (
    {},
    {"recordXMLEscaping": "string"},
    {"recordXMLEscaping": "json"},
    {"query": "peer", "recordSchema": "dc", "startRecord": "3", "maximumRecords": "2"},
    {"query": "peer", "recordXMLEscaping": "string", "recordPacking": "packed", "resultSetTTL": "5"},
    {"query": "peer", "recordXMLEscaping": "json"},
    {"query": "peer", "startRecord": "0"},
    {"query": "peer", "startRecord": "99"},
    {"query": "peer", "maximumRecords": "-1", "resultSetTTL": "long"},
    {"query": "peer", "recordSchema": "onix"},
    {"query": "peer", "stylesheet": "/x.xsl", "colour": "red", "x-y": "z"},
    {"query": "peer", "facetLimit": "3:dc.subject,2:dc.date", "facetSort": "alphanumeric"},
    {
        "query": "peer",
        "facetLimit": "2",
        "httpAccept": "text/xml",
        "responseType": "x",
        "renderedBy": "client",
    },
    {"query": "peer support", "queryType": "searchTerms", "sortKeys": "title"},
    {"query": "peer", "version": "3.0"},
    {"operation": "update", "version": "2.0"},
    {"scanClause": "title=peer"},
    {"scanClause": 'dc.creator == ""', "responsePosition": "0", "maximumTerms": "3"},
    {"scanClause": "title=zzz"},
    {"scanClause": "a and b"},
    {"scanClause": "title=a", "responsePosition": "99"},
)


@pytest.mark.parametrize(
    "asked", [*({"query": query} for query in QUERIES), *OTHERS], ids=lambda p: str(p)[:60]
)
def test_an_answer_is_valid(sru: Ask, schemas: dict[str, etree.XMLSchema], asked: dict[str, str]) -> None:
    answer = sru(asked)
    schemas[answer.kind].assertValid(answer.root)
    explain = answer.root.find(".//{http://explain.z3950.org/dtd/2.0/}explain")
    if explain is not None:
        schemas["explain"].assertValid(explain)
