"""Harvesting a search in VuFind: with its cursor, page by page, and what goes wrong."""

from collections.abc import Mapping
from contextlib import suppress
from json import dumps

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed, UsageFault
from harvester.protocol import Page
from harvester.run import harvest
from harvester.vufind.search import read_search, to_raw
from harvester.vufind.source import RestSource, search_url
from tests.harvester.scripted import ListSink
from tests.harvester.sru.answers import marc
from tests.harvester.vufind.libraries import ADDRESS, Library, Said, error, iso, response


class Counted:
    requests = retries = 0


def source(library: Library, *, page: int = 10, handler: str | None = None) -> RestSource:
    return RestSource(library, ADDRESS, query="a b", type=handler, page=page)


def pages(library: Library, resume: str | None = None) -> list[Page]:
    return list(source(library).pages(None, None, resume))


def ids(walked: list[Page]) -> list[str]:
    return [raw.identifier for page in walked for raw in page.raws]


def numbers(upto: int, *but: int) -> list[str]:
    return [f"n{n}" for n in range(1, upto + 1) if n not in but]


def told(walked: list[Page]) -> list[tuple[str, int]]:
    return [(remark.kind, remark.missing) for page in walked for remark in page.remarks]


@pytest.mark.parametrize("cursor", [None, 7, 200])
@pytest.mark.parametrize("total", [0, 1, 10, 25, 30])
def test_every_record_comes_once_and_from_every_checkpoint_the_rest(cursor: int | None, total: int) -> None:
    library = Library(total, cursor=cursor)
    walked = pages(library)
    assert ids(walked) == numbers(total)
    assert told(walked) == []
    assert len({dumps(one) for one in library.asked}) == len(library.asked) == len(walked)
    assert {page.announced for page in walked} == {total}
    assert [raw.place.ordinal for page in walked for raw in page.raws if raw.place] == list(
        range(1, total + 1)
    )
    for i, page in enumerate(walked[:-1]):
        again = Library(total, cursor=cursor)
        assert pages(again, page.resume) == walked[i + 1 :]
        assert len(again.asked) == len(walked) - i - 1


@pytest.mark.parametrize(("cursor", "requests", "way"), [(None, 2, "page by page"), (5, 4, "cursor")])
def test_a_plan_asks_for_the_first_page_which_is_not_asked_for_again(
    cursor: int | None, requests: int, way: str
) -> None:
    library = Library(25, cursor=cursor)
    harvesting = source(library)
    plan = harvesting.plan(None, None)
    assert (plan.records, plan.requests) == (25, requests)
    assert way in plan.way
    assert ids(list(harvesting.pages(None, None, None))) == numbers(25)
    assert len(library.asked) == requests + 1


@pytest.mark.parametrize(("handler", "sent"), [(None, "AllFields"), ("", "AllFields"), ("Title", "Title")])
def test_what_is_asked_is_sent(handler: str | None, sent: str) -> None:
    library = Library(1)
    list(source(library, handler=handler).pages(None, None, None))
    asked = library.asked[0]
    assert (asked["lookfor"], asked["type"], asked["limit"]) == ("a b", sent, "10")


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://h", "http://h/api/v1/search"),
        ("http://h/", "http://h/api/v1/search"),
        ("http://h/vufind", "http://h/vufind/api/v1/search"),
        ("http://h/vufind/api", "http://h/vufind/api/v1/search"),
        ("http://h/vufind/api/v1/", "http://h/vufind/api/v1/search"),
        ("http://h/v1", "http://h/v1/search"),
        ("http://h/v1/search?lookfor=x", "http://h/v1/search"),
    ],
)
def test_the_search_is_found_from_any_of_its_addresses(base: str, url: str) -> None:
    assert search_url(base) == f"{url}?field[]=id&field[]=fullRecord"


def test_a_server_without_cursor_that_refuses_to_be_asked_for_one_is_asked_without() -> None:
    library = Library(25, speak=lambda p: error(400, "unknown parameter") if "resumptionToken" in p else None)
    assert ids(pages(library)) == numbers(25)


def test_a_server_that_gives_fewer_at_once_is_asked_for_as_many_as_are_usual() -> None:
    library = Library(45, limit=20)
    walked = list(source(library, page=100).pages(None, None, None))
    assert ids(walked) == numbers(45)
    again = Library(45, limit=20)
    assert ids(list(source(again, page=100).pages(None, None, walked[0].resume))) == ids(walked[1:])
    assert len(again.asked) == 2


@pytest.mark.parametrize("status", [200, 400, 401, 403])
def test_a_refusal_is_an_error_in_the_servers_words(status: int) -> None:
    library = Library(1, speak=lambda _: error(status, "Permission denied"))
    with pytest.raises(ProtocolError, match="Permission denied") as raised:
        pages(library)
    assert raised.value.code == str(status)
    assert (raised.value.hint is not None) == (status in (401, 403))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("<html><body>hello</body></html>", MalformedResponse),
        ("[1]", MalformedResponse),
        ('{"a": 1}', MalformedResponse),
        ("", MalformedResponse),
        ('{"resultCount": 25, "rec', MalformedResponse),
        (error(500, "Error occurred."), TransportFailed),
        (error(503, "busy"), TransportFailed),
    ],
)
def test_an_answer_that_is_none_ends_the_harvest_with_what_came_before(
    said: Said, wrong: type[SourceError]
) -> None:
    library = Library(25, speak=lambda p: said if p["page"] != "1" else None)
    sink = ListSink()
    with pytest.raises(wrong):
        harvest(source(library), sink, Counted())
    assert [raw.identifier for raw in sink.raws] == numbers(10)
    assert harvest(source(Library(25)), sink, Counted()).status == "complete"
    assert [raw.identifier for raw in sink.raws] == numbers(25)


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    said = iter(['{"resultCount": 25, "rec'])
    assert ids(pages(Library(25, speak=lambda _: next(said, None)))) == numbers(25)


@pytest.mark.parametrize(
    ("said", "bad"),
    [("", 17), ("", 3), (error(500, "Error occurred."), 17)],
    ids=["empty", "empty, first", "500"],
)
@pytest.mark.parametrize("cursor", [None, 10])
def test_a_record_that_breaks_its_page_costs_itself_alone(said: Said, bad: int, cursor: int | None) -> None:
    def speak(params: Mapping[str, str]) -> Said:
        size = int(params["limit"])
        start = (int(params["page"]) - 1) * size
        token = params.get("resumptionToken", "")
        if cursor and token:
            start, size = int(token.removeprefix("t").replace("*", "0")), cursor
        return said if start < bad <= start + size else None

    walked = pages(Library(25, cursor=cursor, speak=speak))
    assert set(ids(walked)) == set(numbers(25, bad))
    assert [one for one in told(walked) if one[0] != "note"] == [("gap", 1)]


def test_a_site_that_shows_no_more_than_so_many_leaves_a_gap() -> None:
    walked = pages(Library(1000, visible=30))
    assert ids(walked) == numbers(30)
    assert told(walked) == [("gap", 970)]


def test_a_page_with_records_left_out_is_neither_asked_for_twice_nor_complete() -> None:
    def speak(params: Mapping[str, str]) -> Said:
        start = (int(params["page"]) - 1) * 10
        records = [{"id": f"n{n}", "fullRecord": marc(n)} for n in range(start + 1, min(start + 11, 26))]
        return dumps({"resultCount": 25, "records": [one for one in records if one["id"] != "n4"]})

    library = Library(25, speak=speak)
    walked = pages(library)
    assert (ids(walked), told(walked)) == (numbers(25, 4), [("short", 1)])
    assert [one["page"] for one in library.asked] == ["1", "2", "3"]


def test_a_cursor_that_has_expired_is_begun_again_once() -> None:
    expired = error(400, "Invalid or expired resumption token")
    walked = pages(Library(25, cursor=10))
    said = iter([expired])
    rest = pages(Library(25, cursor=10, speak=lambda _: next(said, None)), walked[0].resume)
    assert (ids(rest), told(rest)) == (numbers(25), [("note", 0)])
    always = Library(25, cursor=10, speak=lambda p: expired if p["resumptionToken"] != "*" else None)
    with pytest.raises(ProtocolError, match="expired"):
        pages(always, walked[0].resume)


def test_a_cursor_that_leads_nowhere_is_given_up_for_page_numbers() -> None:
    stuck = dumps(
        {
            "resultCount": 25,
            "records": [{"id": f"n{n}", "fullRecord": marc(n)} for n in range(1, 11)],
            "resumptionToken": {"token": "t0"},
        }
    )
    library = Library(25, cursor=10, speak=lambda p: stuck if p.get("resumptionToken") == "t10" else None)
    walked = pages(library)
    assert set(ids(walked)) == set(numbers(25))
    assert told(walked) == [("note", 0)]
    resumed = pages(Library(25, cursor=10), walked[1].resume)
    assert ids(resumed) == ids(walked[2:])


def test_a_cursor_that_ends_early_is_a_short_list() -> None:
    library = Library(25, cursor=10)
    library.speak = lambda p: '{"resultCount": 25, "status": "OK"}' if p["resumptionToken"] == "t20" else None
    assert told(pages(library)) == [("short", 5)]


@pytest.mark.parametrize("cursor", [None, 10])
def test_records_without_their_full_record_are_kept_and_counted(cursor: int | None) -> None:
    library = Library(25, cursor=cursor, content=lambda n: None if n in (3, 13) else iso(n))
    walked = pages(library)
    assert ids(walked) == numbers(25)
    assert {raw.identifier for page in walked for raw in page.raws if raw.fault} == {"n3", "n13"}
    (remark,) = walked[-1].remarks
    assert (remark.kind, remark.text.startswith("2 records came without")) == ("note", True)
    rest = pages(Library(25, cursor=cursor, content=library.content), walked[1].resume)
    assert rest[-1].remarks == walked[-1].remarks


@pytest.mark.parametrize("total", ["25", 25])
def test_a_count_may_be_a_string(total: object) -> None:
    library = Library(25)
    library.speak = lambda _: dumps({"resultCount": total, "records": [{"id": 7, "fullRecord": marc(7)}]})
    assert pages(library)[0].raws[0].identifier == "7"


def test_dates_are_refused_since_the_api_has_none() -> None:
    library = Library(1)
    with pytest.raises(UsageFault, match="dates"):
        list(source(library).pages("2026-01-01", None, None))
    with pytest.raises(UsageFault, match="dates"):
        source(library).plan(None, "2026-01-01")
    assert library.asked == []


WHOLE = dumps(
    {"resultCount": 2, "records": [{"id": "a", "fullRecord": marc(1)}, {"id": "b"}], "status": "OK"}
)


@given(st.integers(0, len(WHOLE)), st.integers(0, 30), st.binary(max_size=8))
@settings(deadline=None, max_examples=150)
def test_damage_anywhere_gives_an_answer_or_says_that_it_is_none(at: int, gone: int, put: bytes) -> None:
    sent = WHOLE.encode()
    with suppress(MalformedResponse, ProtocolError):
        found = read_search(response(sent[:at] + put + sent[at + gone :]))
        assert all(to_raw(record, 1).identifier for record in found.records)
