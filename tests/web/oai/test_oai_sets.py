"""A record is in the sets that its header names, and a set lists the records that name it."""

from collections import defaultdict

import pytest

from catalog.record import Identifier, Subject
from tests.web.oai.house import NAMESPACE, House, headers
from web.oai.sets import slug

ALL = "metadataPrefix=oai_dc"


def filled(house: House) -> None:
    house.put("a", *"1234", code="RA790")
    house.put("b", *"12", code="RC435-571", title="peer support")
    house.put("b", "3", title="peer support")
    house.put("c", "1", subjects=(Subject(scheme="ddc", code="610"),))
    searches = house.catalog.searches
    searches.save("Peer support", "query", "peer support")
    searches.save("with a / slash: and (brackets)", "query", 'title:"on 1"')
    searches.save("broken", "query", "peer AND (")
    searches.save("nothing", "query", "unheard")
    house.wait()
    house.remove("a", "4")
    house.remove("b", "2")


def specs(house: House) -> list[str]:
    return [spec.text or "" for spec in house.ask("verb=ListSets").iter(f"{NAMESPACE}setSpec")]


def test_all_sets_are_told_each_behind_those_above_it(house: House) -> None:
    filled(house)
    medicine = "lcc:R:RC31-1245"
    assert specs(house) == [
        "source",
        "source:a",
        "source:b",
        "source:c",
        "lcc",
        "lcc:R",
        "lcc:R:RA1-1270",
        medicine,
        f"{medicine}:RC321-571",
        f"{medicine}:RC321-571:RC346-429",
        f"{medicine}:RC321-571:RC346-429:RC435-571",
        "search",
        "search:nothing",
        "search:Peer-support",
        "search:with-a-~2F-slash~3A-and-~28brackets~29",
    ]


@pytest.mark.parametrize("indexed", [True, False])
def test_headers_and_lists_by_set_agree(house: House, *, indexed: bool) -> None:
    filled(house)
    house.put("a", "5", code="RC435-571", index=indexed)
    house.put("a", "1", code="RA790", title="peer support", index=indexed)
    named = defaultdict(set)
    for page in house.walk(ALL):
        for key, live, _, sets in headers(page):
            for spec in sets:
                named[spec].add((key, live))
    for spec in specs(house):
        listed = house.listed(f"{ALL}&set={spec}") if named[spec] else {}
        assert set(listed.items()) == named[spec], spec
    assert set(named) <= set(specs(house))
    everything = set(house.listed(ALL).items())
    assert named["source"] == named["source:a"] | named["source:b"] | named["source:c"] == everything


@pytest.mark.parametrize("size", [1, 2, 7])
def test_large_sets_are_walked_as_small_ones_are(
    house: House, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which way is taken depends on sizes: with small pages, even a small set is a large one."""
    monkeypatch.setattr("web.oai.protocol.PAGE", size)
    for number in range(60):
        house.put("ab"[number % 2], str(number), index=False)
    house.index()
    house.remove("a", "4", "8")
    listed = house.listed(f"{ALL}&set=source:a")
    assert listed == {f"a/{number}": number not in (4, 8) for number in range(0, 60, 2)}


def test_a_deletion_is_told_in_every_saved_search(house: House) -> None:
    filled(house)
    for spec in ("search", "search:nothing", "search:Peer-support"):
        gone = {key for key, live in house.listed(f"{ALL}&set={spec}").items() if not live}
        assert gone == {"a/4", "b/2"}


def test_what_turned_out_to_be_another_record_is_gone_from_its_sets(house: House) -> None:
    house.put("a", "1", code="RA790")
    house.put("a", "1", identifiers=(Identifier(scheme="doaj", value="0" * 32),))
    assert house.listed(f"{ALL}&set=source:a") == {"a/1": False, f"doaj/{'0' * 32}": True}
    assert house.listed(f"{ALL}&set=lcc:R") == {"a/1": False}


def test_a_deletion_is_told_in_all_sets_that_ever_had_the_record(house: House) -> None:
    house.put("a", "1", code="RA790")
    house.put("b", "1", code="QA1")
    house.put("a", "1", code="BF1")
    house.wait()
    house.remove("a", "1")
    for spec in ("lcc:R", "lcc:B", "lcc:B:BF1-990", "source:a"):
        assert house.listed(f"{ALL}&set={spec}&from={house.stamp()}") == {"a/1": False}
        assert spec in specs(house)
    assert house.listed(f"{ALL}&set=lcc:Q") == {"b/1": True}


def test_a_record_that_left_a_set_is_not_told_there(house: House) -> None:
    house.put("a", "1", code="RA790")
    house.put("a", "2", code="RA790")
    house.wait()
    house.put("a", "1", code="BF1")
    assert house.listed(f"{ALL}&set=lcc:R") == {"a/2": True}
    assert house.listed(f"{ALL}&set=lcc:B&from={house.stamp()}") == {"a/1": True}


def test_no_set_is_made_of_a_search_that_cannot_be_run(house: House) -> None:
    filled(house)
    assert "search:broken" not in specs(house)
    assert house.codes(f"verb=ListRecords&{ALL}&set=search:broken") == ["noRecordsMatch"]


@pytest.mark.parametrize(
    "spec",
    ["nowhere", "source:nobody", "lcc:RA790", "lcc:R:X", "lcc:R:RC435-571", "search:none", "source:a:b"],
)
def test_a_set_that_is_not_there_has_no_records(house: House, spec: str) -> None:
    filled(house)
    assert house.codes(f"verb=ListRecords&{ALL}&set={spec}") == ["noRecordsMatch"]


def test_a_search_defined_anew_is_another_set_at_once(house: House) -> None:
    filled(house)
    before = house.listed(f"{ALL}&set=search:Peer-support")
    house.catalog.searches.save("Peer support", "query", 'title:"on 2"', replace=True)
    after = house.listed(f"{ALL}&set=search:Peer-support")
    assert {key for key, live in before.items() if live} == {"b/1", "b/3"}
    assert {key for key, live in after.items() if live} == {"a/2"}


@pytest.mark.parametrize("spec", ["search", "search:Peer-support"])
def test_what_is_not_indexed_is_the_next_harvests_of_a_search(house: House, spec: str) -> None:
    filled(house)
    indexed = house.wait()
    house.put("b", "9", title="peer support", index=False)
    house.wait()
    page = house.ask(f"verb=ListRecords&{ALL}&set={spec}")
    answered = page.findtext(f"{NAMESPACE}responseDate") or ""
    assert answered == indexed
    assert "b/9" not in house.listed(f"{ALL}&set={spec}")
    house.index()
    assert "b/9" in house.listed(f"{ALL}&set={spec}&from={answered}")
    page = house.ask(f"verb=ListRecords&{ALL}&set={spec}")
    assert page.findtext(f"{NAMESPACE}responseDate") == house.stamp()


def test_searches_are_described(house: House) -> None:
    filled(house)
    told = house.ask("verb=ListSets").xpath("//*[local-name()='description']/text()")
    assert told == ["unheard", "peer support", 'title:"on 1"']


def test_sets_come_in_pages_where_there_are_many(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.oai.protocol._SETS", 4)
    filled(house)
    pages = house.walk("", "ListSets")
    told = [[spec.text for spec in page.iter(f"{NAMESPACE}setSpec")] for page in pages]
    assert [len(page) for page in told] == [4, 4, 4, 3]
    assert [page.xpath("string(//@cursor)") for page in pages] == ["0", "4", "8", "12"]


def test_an_empty_catalogue_has_a_set(house: House) -> None:
    assert specs(house) == ["source"]


def test_names_of_searches_stay_apart() -> None:
    names = ("a b", "a-b", "a~b", "a%20b", "a_b", "ä", "a.b", "a:b", "a/b")
    assert len({slug(name) for name in names}) == len(names)
    assert [slug(name) for name in names[:3]] == ["a-b", "a~2Db", "a~7Eb"]
