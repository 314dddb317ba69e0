"""Lists are whole, whatever happens between their pages."""

from itertools import pairwise

import pytest

from tests.web.oai.house import NAMESPACE, House, headers, token_of

ALL = "metadataPrefix=oai_dc"


def test_pages_are_counted_from_0_and_end_with_an_empty_token(house: House) -> None:
    house.put("a", *"1234567")
    pages = house.walk(ALL)
    tokens = [page.find(f".//{NAMESPACE}resumptionToken") for page in pages]
    assert [len(headers(page)) for page in pages] == [3, 3, 1]
    assert [(t.get("cursor"), t.get("completeListSize")) for t in tokens if t is not None] == [
        ("0", "7"),
        ("3", "7"),
        ("6", "7"),
    ]
    assert [bool(token_of(page)) for page in pages] == [True, True, False]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_list_of_one_page_has_no_token(house: House, count: int) -> None:
    house.put("a", *"123"[:count])
    (page,) = house.walk(ALL)
    assert len(headers(page)) == count
    assert page.find(f".//{NAMESPACE}resumptionToken") is None


@pytest.mark.parametrize("count", [6, 7])
def test_a_list_has_no_page_without_records(house: House, count: int) -> None:
    house.put("a", *"1234567"[:count])
    for query in (ALL, f"{ALL}&set=source:a", f"{ALL}&until=2030-01-01"):
        assert [len(headers(page)) for page in house.walk(query)] == [3, 3, *[1] * (count - 6)]


def test_what_changes_between_pages_is_met_at_the_end(house: House) -> None:
    house.put("a", *"123456789")
    first = house.ask(f"verb=ListRecords&{ALL}")
    house.wait()
    house.put("a", "1", "5", title="changed")
    house.remove("a", "2", "6")
    house.put("a", "new")
    seen = [headers(first)]
    page = first
    while token := token_of(page):
        page = house.ask(f"verb=ListRecords&resumptionToken={token}")
        seen.append(headers(page))
    last = {key: live for found in seen for key, live, *_ in found}
    assert last == {f"a/{name}": name not in "26" for name in (*"123456789", "new")}
    sent = [key for found in seen for key, *_ in found]
    assert sorted(key for key in set(sent) if sent.count(key) > 1) == ["a/1", "a/2"]
    ending = page.find(f".//{NAMESPACE}resumptionToken")
    assert ending is not None
    assert ending.get("completeListSize") == str(len(set(sent))) == "10"
    assert ending.get("cursor") == str(10 - len(seen[-1]))


def test_the_size_is_counted_again_when_the_catalogue_has_changed(house: House) -> None:
    house.put("a", *"1234567")
    token = token_of(house.ask(f"verb=ListRecords&{ALL}"))
    house.put("a", "8", "9")
    page = house.ask(f"verb=ListRecords&resumptionToken={token}")
    assert page.xpath("string(//@completeListSize)") == "9"


def test_a_list_up_to_a_date_ends_well_when_all_the_rest_has_left_it(house: House) -> None:
    house.put("a", *"12345")
    then = house.stamp()
    house.wait()
    token = token_of(house.ask(f"verb=ListRecords&{ALL}&until={then}"))
    house.put("a", "4", "5", title="changed")
    page = house.ask(f"verb=ListRecords&resumptionToken={token}")
    assert [key for key, *_ in headers(page)] == ["a/3"]
    assert token_of(page) == ""


def test_a_list_of_which_nothing_is_left_says_so(house: House) -> None:
    house.put("a", *"12345")
    then = house.stamp()
    house.wait()
    token = token_of(house.ask(f"verb=ListRecords&{ALL}&until={then}"))
    house.put("a", *"12345", title="changed")
    assert house.codes(f"verb=ListRecords&resumptionToken={token}") == ["noRecordsMatch"]


def test_dates_are_inclusive_and_may_be_days(house: House) -> None:
    times = []
    for name in "123":
        house.put("a", name)
        times.append(house.stamp())
        house.wait(24 * 60 * 60)
    one, two, three = times
    for told, expected in (
        (f"from={two}", "23"),
        (f"until={two}", "12"),
        (f"from={two}&until={two}", "2"),
        (f"from={one}&until={three}", "123"),
        (f"from={two[:10]}", "23"),
        (f"until={two[:10]}", "12"),
        (f"from={two[:10]}&until={two[:10]}", "2"),
        ("from=0001-01-01&until=9999-12-31", "123"),
    ):
        assert list(house.listed(f"{ALL}&{told}")) == [f"a/{name}" for name in expected], told
    for told in (
        f"from={house.stamp()}",
        "until=2025-12-31",
        "from=2026-01-01T12:00:01Z&until=2026-01-01T23:59:59Z",
    ):
        assert house.codes(f"verb=ListRecords&{ALL}&{told}") == ["noRecordsMatch"]


def test_pages_part_what_changed_in_one_second(house: House) -> None:
    house.put("a", *"12345678")
    assert len(house.listed(f"{ALL}&from={house.stamp()}&until={house.stamp()}")) == 8


def test_a_clock_set_back_hides_nothing_from_those_who_come_again(house: House) -> None:
    house.put("a", *"1234")
    then = house.ask("verb=Identify").findtext(f"{NAMESPACE}responseDate")
    house.wait(-3600)
    house.put("a", "2", title="changed")
    house.put("a", "5")
    assert list(house.listed(f"{ALL}&from={then}")) == ["a/1", "a/3", "a/4", "a/2", "a/5"]


def test_whoever_goes_on_from_the_date_of_an_answer_misses_nothing(house: House) -> None:
    """A change is seen by others up to SETTLING seconds after the moment it is dated."""
    house.put("a", "1")
    house.wait()
    answered = house.ask(f"verb=ListRecords&{ALL}").findtext(f"{NAMESPACE}responseDate") or ""
    house.put("a", "2")
    assert "a/2" in house.listed(f"{ALL}&from={answered}")


def test_the_earliest_date_is_one_of_a_record(house: House) -> None:
    assert house.ask("verb=Identify").findtext(f".//{NAMESPACE}earliestDatestamp") == house.stamp()
    house.put("a", "1")
    house.put("a", "2")
    first = house.stamp()
    house.wait()
    house.put("a", "1", title="changed")
    assert house.ask("verb=Identify").findtext(f".//{NAMESPACE}earliestDatestamp") == first
    assert house.codes(f"verb=ListRecords&{ALL}&until=2025-01-01T12:00:00Z") == ["noRecordsMatch"]


def test_lists_are_in_the_order_of_their_dates(house: House) -> None:
    for name in "12341":
        house.put("a", name, title=house.wait())
    dates = [date for page in house.walk(ALL) for _, _, date, _ in headers(page)]
    assert all(one <= other for one, other in pairwise(dates))


def test_a_list_of_headers_is_the_list_of_records(house: House) -> None:
    house.put("a", *"12345")
    house.remove("a", "2")
    records, found = (
        [headers(page) for page in house.walk(ALL, verb)] for verb in ("ListRecords", "ListIdentifiers")
    )
    assert records == found
