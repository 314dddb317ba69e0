"""What searchRetrieve finds, in which order, in which form."""

from collections.abc import Iterable, Iterator
from itertools import product
from types import SimpleNamespace

import pytest
from lxml import etree

from catalog.export.schemas import SRU_SCHEMAS
from catalog.store import StoredRecord
from index.query.parser import parse
from tests.web.sru.conftest import Ask
from tests.web.sru.sru_answers import ask
from web.asked import Search
from web.searching import find
from web.shelf import Visit
from web.site import Site

OLD = {"operation": "searchRetrieve", "version": "1.2"}

TEMPLATES = {
    "{a}": "{a}",
    "{a} {b}": "{a} {b}",
    '"{a} {b}"': '"{a} {b}"',
    "{a} and {b}": "{a} AND {b}",
    "{a} or {b}": "{a} OR {b}",
    "{a} not {b}": "{a} NOT {b}",
    "dc.title = {a}": "title:{a}",
    'dc.title any "{a} {b}"': "title:({a} OR {b})",
    'dc.title all "{a} {b}"': "title:({a} {b})",
    "dc.description adj {a}": 'abstract,note:"{a}"',
    "{a} prox/distance<=4 {b}": "{a} NEAR/3 {b}",
    "dc.subject = {a} or dc.title = {b}": "subject,keyword:{a} OR title:{b}",
    "dc.date >= 2010 and {a}": "year:2010- {a}",
    '{a} not dc.date within "2015 2020"': "{a} NOT year:2015-2020",
    "{a}* or {b}": "{a}* OR {b}",
}
WORDS = [("peer", "support"), ("health", "mental"), ("group", "peer"), ("support", "group"),
         ("women", "self"), ("review", "health"), ("student", "peer")]  # fmt: skip
PAIRS = [
    (cql.format(a=a, b=b), ours.format(a=a, b=b)) for (cql, ours), (a, b) in product(TEMPLATES.items(), WORDS)
]


def test_a_hundred_queries_count_as_on_the_page(sru: Ask, visit: Visit, site: Site) -> None:
    counted = {cql: sru({"query": cql, "maximumRecords": "0"}).total for cql, _ in PAIRS}

    assert counted == {cql: find(Search(q=ours), visit, site).hits.total for cql, ours in PAIRS}
    assert len(PAIRS) > 100
    assert sum(map(bool, counted.values())) > 80


def test_pages_hold_all_records_once_in_their_order(sru: Ask) -> None:
    keys: list[str] = []
    start: str | None = "1"
    while start:
        answer = sru({**OLD, "query": "cql.allRecords=1", "startRecord": start, "maximumRecords": "10"})
        assert answer.texts("recordPosition") == [str(len(keys) + n) for n in range(1, 11)][: 47 - len(keys)]
        keys += answer.texts("recordIdentifier")
        start = answer.text_of("nextRecordPosition")

    assert len(keys) == len(set(keys)) == answer.total == 47


@pytest.mark.parametrize(
    ("query", "more", "order"),
    [
        ("dc.title=peer sortBy dc.title", {}, "title"),
        ("dc.title=peer", {"sortKeys": "title"}, "title"),
        ("dc.title=peer sortBy dc.date/sort.descending", {}, "newest"),
        ("dc.title=peer", {}, "relevance"),
    ],
)
def test_records_come_in_the_order_asked_for(
    sru: Ask, visit: Visit, query: str, more: dict[str, str], order: str
) -> None:
    answer = sru({**OLD, "query": query, "maximumRecords": "50"} | more)

    hits = visit.engine.search(parse("title:peer"), limit=50, sort=order)  # type: ignore[arg-type]  # a SortOrder
    assert answer.texts("recordIdentifier") == [hit.key for hit in hits.hits]


@pytest.mark.parametrize("schema", SRU_SCHEMAS.values(), ids=list(SRU_SCHEMAS))
def test_a_schema_is_asked_for_by_any_of_its_names(sru: Ask, schema: object) -> None:
    known = SRU_SCHEMAS[schema.name]  # type: ignore[attr-defined]  # a RecordSchema
    answers = [sru({"query": "peer", "recordSchema": name}) for name in (known.name, *known.identifiers)]

    for answer in answers:
        assert set(answer.texts("recordSchema")[:-1]) == {known.identifiers[0]}
        assert len(answer.root.findall(".//{*}recordData/*")) == 10


def test_a_record_packed_as_a_string_is_the_same_record(sru: Ask) -> None:
    as_xml = sru({"query": "peer", "recordSchema": "dc"})
    as_string = sru({"query": "peer", "recordSchema": "dc", "recordXMLEscaping": "string"})
    as_old = sru({**OLD, "query": "peer", "recordSchema": "dc", "recordPacking": "string"})

    wanted = [etree.tostring(data[0], method="c14n2", with_tail=False) for data in _data(as_xml.root)]
    for answer in (as_string, as_old):
        found = [etree.fromstring(data.text or "") for data in _data(answer.root)]
        assert [etree.tostring(each, method="c14n2") for each in found] == wanted


def _data(root: etree._Element) -> list[etree._Element]:
    return root.findall(".//{*}recordData")


def test_fewer_records_than_asked_for_are_told_to_go_on(sru: Ask) -> None:
    answer = sru({"query": "cql.allRecords=1", "maximumRecords": "0"})

    assert (answer.total, answer.texts("records"), answer.text_of("nextRecordPosition")) == (47, [], None)


class Vanishing:
    """A catalogue from which one record has gone since it was indexed."""

    def __init__(self, visit: Visit, gone: str) -> None:
        self._catalog, self._gone = visit.catalog, gone

    def many(self, keys: Iterable[str]) -> Iterator[StoredRecord]:
        return self._catalog.many(key for key in keys if key != self._gone)


@pytest.mark.parametrize("version", ["1.1", "2.0"])
def test_a_record_that_vanished_is_a_diagnostic_in_its_place(visit: Visit, site: Site, version: str) -> None:
    hits = visit.engine.search(parse("peer"), limit=10).hits
    catalog = Vanishing(visit, hits[3].key)
    asked = {**OLD, "version": version, "query": "peer"}
    answer = ask(SimpleNamespace(catalog=catalog, engine=visit.engine), asked, site)  # type: ignore[arg-type]  # all that is asked of a Visit

    records = answer.root.findall(".//{*}records/{*}record")
    assert [record.find(".//{*}uri") is not None for record in records] == [n == 3 for n in range(10)]
    assert records[3].findtext(".//{*}details") == hits[3].key
    assert records[3].findtext("{*}recordPosition") == "4"
    assert answer.diagnostics == []


def test_the_query_is_shown_as_it_was_understood(sru: Ask) -> None:
    query = "dc.title any/stem fish or (a and b) sortBy dc.date"
    echo = sru({**OLD, "query": query, "startRecord": "1"}).root.find("{*}echoedSearchRetrieveRequest")

    assert echo is not None
    assert [etree.QName(child).localname for child in echo] == ["version", "query", "xQuery", "startRecord"]
    assert echo.findtext("{*}query") == query
    assert echo.findtext(".//{http://www.loc.gov/zing/cql/xcql/}boolean/{*}value") == "or"


def test_facets_count_all_hits(sru: Ask, visit: Visit) -> None:
    asked = {"query": "peer", "maximumRecords": "1", "facetLimit": "3:dc.subject,2:dc.date"}
    answer = sru(asked)
    counted = visit.engine.search(parse("peer"), facets=("subject", "year")).facets

    found = [
        (
            facet.findtext("{*}index"),
            [(t.findtext("{*}actualTerm"), t.findtext("{*}count")) for t in facet.iter("{*}term")],
        )
        for facet in answer.root.iter("{*}facet")
    ]
    assert found == [
        ("dc.subject", [(value.value, str(value.count)) for value in counted["subject"][:3]]),
        ("dc.date", [(value.value, str(value.count)) for value in counted["year"][:2]]),
    ]
    for term in answer.root.iterfind(".//{*}facet/{*}terms/{*}term"):
        query = f"peer and {term.findtext('{*}query')}"
        assert str(sru({"query": query}).total) == term.findtext("{*}count")


def test_facets_are_paged_and_sorted(sru: Ask) -> None:
    asked = {"query": "peer", "facetLimit": "2:dc.date", "facetStart": "2", "facetSort": "alphanumeric"}
    every = sru({**asked, "facetLimit": "99:dc.date", "facetStart": "1"}).texts("actualTerm")

    assert sorted(every) == every
    assert sru(asked).texts("actualTerm") == every[1:3]
