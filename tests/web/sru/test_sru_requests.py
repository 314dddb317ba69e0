"""Which version and operation a request is, and what is said of one that cannot be answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.sru.conftest import Ask
from tests.web.sru.sru_answers import ask
from web.shelf import Visit
from web.site import Site
from web.sru.request import PARAMETERS

SEARCH = {"operation": "searchRetrieve"}
OLD = "http://www.loc.gov/zing/srw/"
NEW = "http://docs.oasis-open.org/ns/search-ws/"


@pytest.mark.parametrize(
    ("parameters", "kind", "namespace"),
    [
        ({}, "explainResponse", f"{NEW}sruResponse"),
        ({"operation": "explain"}, "explainResponse", OLD),
        ({"operation": "explain", "version": "1.1"}, "explainResponse", OLD),
        ({"version": "2.0"}, "explainResponse", f"{NEW}sruResponse"),
        ({"query": "peer"}, "searchRetrieveResponse", f"{NEW}sruResponse"),
        ({**SEARCH, "version": "1.1", "query": "peer"}, "searchRetrieveResponse", OLD),
        ({**SEARCH, "version": "1.2", "query": "peer"}, "searchRetrieveResponse", OLD),
        ({**SEARCH, "version": "2.0", "query": "peer"}, "searchRetrieveResponse", f"{NEW}sruResponse"),
        ({"scanClause": "title=a"}, "scanResponse", f"{NEW}scan"),
        ({"operation": "scan", "version": "1.2", "scanClause": "title=a"}, "scanResponse", OLD),
    ],
)
def test_the_version_tells_the_namespace(
    sru: Ask, parameters: dict[str, str], kind: str, namespace: str
) -> None:
    answer = sru(parameters)

    assert (answer.root.tag, answer.diagnostics) == (f"{{{namespace}}}{kind}", [])
    assert (answer.outline[0] == "version") == (namespace == OLD)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"operation": "update", "version": "1.1"}, (4, "update")),
        ({**SEARCH, "version": "1.0", "query": "peer"}, (5, "2.0")),
        ({"version": "3.0", "query": "peer"}, (5, "2.0")),
        ({"query": "peer", "startRecord": "0"}, (6, "startRecord")),
        ({"query": "peer", "startRecord": "first"}, (6, "startRecord")),
        ({"query": "peer", "startRecord": "٣"}, (6, "startRecord")),
        ({"query": "peer", "maximumRecords": "-1"}, (6, "maximumRecords")),
        ({"query": "peer", "maximumRecords": "9" * 5000}, (6, "maximumRecords")),
        ({"query": "peer", "queryType": "pqf"}, (6, "queryType")),
        ({"query": "peer", "recordPacking": "folded"}, (6, "recordPacking")),
        ({"query": "peer", "facetLimit": "many"}, (6, "facetLimit")),
        ({"query": "peer", "facetLimit": "5:dc.title"}, (6, "facetLimit")),
        ({"query": "peer", "facetLimit": "5:dc.nothing"}, (16, "dc.nothing")),
        ({"query": "peer", "facetLimit": "5", "facetSort": "size"}, (6, "facetSort")),
        ([("query", "peer"), ("query", "support")], (6, "query")),
        ({**SEARCH, "query": "peer"}, (7, "version")),
        ({"version": "1.1", "query": "peer"}, (7, "operation")),
        ({**SEARCH, "version": "1.1"}, (7, "query")),
        ({"query": " "}, (7, "query")),
        ({"operation": "scan", "version": "1.1"}, (7, "scanClause")),
        ({"query": "peer and"}, (10, "8")),
        ({"query": "(peer"}, (13, "0")),
        ({"query": 'title="peer'}, (14, "6")),
        ({"query": "dc.nothing=peer"}, (16, "dc.nothing")),
        ({"query": " or ".join(["peer"] * 600)}, (47, "")),
        ({"query": "peer", "startRecord": "48"}, (61, "13")),
        ({"query": "nowhere", "startRecord": "2"}, (61, "0")),
        ({"query": "peer", "recordSchema": "onix"}, (66, "onix")),
        ({"query": "peer", "recordXMLEscaping": "json"}, (71, "json")),
        ({**SEARCH, "version": "1.1", "query": "peer", "recordPacking": "json"}, (71, "json")),
        ({**SEARCH, "version": "1.1", "query": "peer", "recordXPath": "/title"}, (72, "")),
        ({"query": "peer sortBy dc.title dc.date"}, (84, "1")),
        ({"query": "peer", "sortKeys": "dc.title,,0"}, (90, "descending")),
        ({"scanClause": "a and b"}, (10, "0")),
        ({"scanClause": "a sortBy dc.title"}, (10, "9")),
        ({"scanClause": "dc.title == a"}, (22, "dc.title ==")),
        ({"scanClause": "dc.date > 9"}, (19, ">")),
        ({"scanClause": "cql.allRecords = 1"}, (16, "cql.allRecords")),
        ({"scanClause": "title=a", "maximumTerms": "0"}, (6, "maximumTerms")),
        ({"scanClause": "title=a", "maximumTerms": "5", "responsePosition": "7"}, (120, "7")),
    ],
    ids=lambda value: str(value)[:70],
)
def test_what_cannot_be_answered_is_told_by_number(
    sru: Ask, parameters: dict[str, str], expected: tuple[int, str]
) -> None:
    answer = sru(parameters)

    assert answer.diagnostics == [expected]
    assert not answer.texts("recordPosition")


@pytest.mark.parametrize(
    ("more", "notices"),
    [
        ({"colour": "red"}, [(8, "colour")]),
        ({"x-extension": "1"}, []),
        ({"recordXPath": "/title"}, [(8, "recordXPath")]),
        ({"facetCount": "9"}, [(8, "facetCount")]),
        ({"stylesheet": "https://elsewhere.example/x.xsl"}, [(110, "https://elsewhere.example/x.xsl")]),
        ({"query": "peer sortBy dc.title", "sortKeys": "dc.date"}, [(94, "")]),
        ({"resultSetTTL": "300"}, []),
        ({"resultSetTTL": "long"}, []),
        ({"recordPacking": "unpacked"}, []),
    ],
)
def test_what_is_left_out_of_an_answer_is_told_with_it(
    sru: Ask, more: dict[str, str], notices: list[tuple[int, str]]
) -> None:
    answer = sru({"query": "peer"} | more)

    assert (answer.total, answer.diagnostics) == (13, notices)
    assert "<?xml-stylesheet" not in answer.text


def test_a_message_says_where_a_query_went_wrong(sru: Ask) -> None:
    assert sru({"query": "title = (a or"}).text_of("message") == (
        "Query syntax error: at 13: there is nothing to search for behind or; put a term with signs in quotes"
    )


names = st.sampled_from(
    sorted(
        {name for versions in PARAMETERS.values() for known in versions.values() for name in known} | {"x-y"}
    )
)
TELLING = "1.1 1.2 2.0 searchRetrieve scan explain peer 0 3 dc string 1:dc.subject title,,1 searchTerms peer*"
values = st.one_of(
    st.sampled_from([*TELLING.split(), 'dc.title any "a b"', "peer or dc.date > 9"]), st.text(max_size=8)
)


@given(st.lists(st.tuples(names, values), max_size=6))
@settings(deadline=None, max_examples=150)
def test_whatever_is_asked_is_answered(visit: Visit, site: Site, parameters: list[tuple[str, str]]) -> None:
    assert ask(visit, parameters, site).kind.endswith("Response")
