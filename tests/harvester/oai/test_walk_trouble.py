"""Tokens that expire, pages that a server fails on, and servers that are down."""

from collections.abc import Callable

import pytest

from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed
from harvester.http.response import Response
from harvester.protocol import Page
from tests.harvester.oai.answers import ADDRESS, response
from tests.harvester.oai.repository import (
    DAYS,
    SECONDS,
    Fault,
    Harvest,
    Item,
    Params,
    Repository,
    harvest,
    items,
    source,
)

DOWN = TransportFailed("no answer", url=ADDRESS)
BEGUN_AGAIN = "the server no longer knew its resumptionToken: the list was begun again"
SMALLER = "resumptionTokens expire too soon: smaller windows of dates are asked for"


def refused(code: str, params: Params) -> Response:
    return Repository([]).refused(code, params)


def times(
    count: int, on: Callable[[Params], bool], answer: Callable[[Params], Response | Exception]
) -> Fault:
    """Answer so the first few times that a request is of that kind."""
    left = iter(range(count))
    return lambda params: answer(params) if on(params) and next(left, None) is not None else None


def with_token(params: Params) -> bool:
    return "resumptionToken" in params


def until_it_fails(
    repository: Repository, resume: str | None = None, since: str | None = None
) -> tuple[list[Page], SourceError]:
    kept: list[Page] = []
    try:
        for page in source(repository).pages(since, None, resume):
            kept.append(page)
            assert len(kept) < 500
    except SourceError as failed:
        return kept, failed
    raise AssertionError(kept)


def expired(params: Params) -> Response:
    return refused("badResumptionToken", params)


@pytest.mark.parametrize(
    "answer",
    [
        expired,
        lambda params: refused("badArgument", params),
        lambda _: Response(400, ADDRESS),
        lambda _: Response(410, ADDRESS, body=b"gone"),
    ],
)
@pytest.mark.parametrize("often", [1, 2])
def test_a_window_is_begun_again_when_its_token_has_expired(
    answer: Callable[[Params], Response], often: int
) -> None:
    repository = Repository(items(9), fault=times(often, with_token, answer))
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in repository.items}
    assert done.told("note") == [(BEGUN_AGAIN, 0)]
    assert (done.told("gap"), done.last.announced, done.last.watermark) == ([], 9, "2024-01-01T00:08:00Z")
    assert len([params for params in repository.lists() if "resumptionToken" not in params]) == often + 1


@pytest.mark.parametrize("granularity", [SECONDS, DAYS])
def test_windows_are_made_smaller_when_tokens_never_work(granularity: str) -> None:
    spread = [Item(f"oai:x:{day}", f"2024-01-{day:02}T00:00:00Z") for day in range(1, 29)]
    repository = Repository(spread, granularity=granularity, fault=times(10**6, with_token, expired))
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in spread}
    assert [text for text, _ in done.told("note")] == [BEGUN_AGAIN, SMALLER]
    assert (done.told("gap"), done.told("short"), done.last.announced) == ([], [], 28)


def test_a_second_with_more_than_a_page_whose_tokens_never_work_is_a_gap_and_no_loop() -> None:
    crowd = [Item(f"oai:x:{n}", "2024-01-05T00:00:00Z") for n in range(9)]
    done = harvest(Repository([*items(2), *crowd], fault=times(10**6, with_token, expired)))
    assert len(set(done.identifiers)) >= 5
    assert len(done.told("gap")) == 1


def test_tokens_that_never_work_where_no_dates_do_end_the_harvest() -> None:
    repository = Repository(items(9), ignores_dates=True, fault=times(10**6, with_token, expired))
    kept, failed = until_it_fails(repository, since="2024-05-01")
    assert isinstance(failed, ProtocolError)
    assert failed.hint == "its resumptionTokens expire too soon: try a smaller --gap, or set by set"
    repository.fault = lambda _: None
    rest = [*source(repository).pages("2024-05-01", None, kept[-1].resume)]
    assert len(rest[-1].raws) == 3


@pytest.mark.parametrize("granularity", [SECONDS, DAYS])
@pytest.mark.parametrize("size", [1, 3, 7, 60])
@pytest.mark.parametrize("bad", [(0,), (20,), (59,), (3, 4, 5), (1, 30, 58), tuple(range(10, 30))])
def test_only_the_records_that_the_server_fails_on_are_left_out(
    granularity: str, size: int, bad: tuple[int, ...]
) -> None:
    spread = [Item(f"oai:x:{n:02}", f"2024-{1 + n // 20:02}-{1 + n % 20:02}T00:00:00Z") for n in range(60)]
    poison = frozenset(spread[n].identifier for n in bad)
    repository = Repository(spread, size=size, granularity=granularity, poison=poison)
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in spread}
    faults = [raw for page in done.pages for raw in page.raws if raw.fault]
    assert {raw.identifier for raw in faults} == poison
    assert {raw.datestamp for raw in faults} == {spread[n].datestamp for n in bad}
    assert {raw.payload for raw in faults} == {b""}
    assert sorted(done.told("gap")) == [
        (f"{name} could not be read: answered 500", 1) for name in sorted(poison)
    ]
    assert done.told("short") == []
    assert done.last.announced == 60


@pytest.mark.parametrize("granularity", [SECONDS, DAYS])
@pytest.mark.parametrize("bad", range(0, 24, 5))
def test_where_until_is_taken_for_exclusive_the_halves_have_no_seam(granularity: str, bad: int) -> None:
    spread = [Item(f"oai:x:{n:03}", f"2024-01-{1 + n % 24:02}T00:00:00Z") for n in range(240)]
    repository = Repository(
        spread,
        size=40,
        granularity=granularity,
        excludes_until=True,
        poison=frozenset({spread[bad].identifier}),
    )
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in spread}
    assert done.told("gap") == [(f"oai:x:{bad:03} could not be read: answered 500", 1)]
    assert done.told("note") == []


def test_a_crowd_of_one_second_is_cornered_too() -> None:
    crowd = [Item(f"oai:x:{n:03}", "2024-01-05T00:00:00Z") for n in range(250)]
    repository = Repository([*items(2), *crowd], size=50, poison=frozenset({"oai:x:123"}))
    done = harvest(repository)
    assert {*done.identifiers} == {item.identifier for item in repository.items}
    assert done.told("gap") == [("oai:x:123 could not be read: answered 500", 1)]


def test_what_came_already_is_not_asked_for_again_one_by_one() -> None:
    repository = Repository(items(9), headers=100, poison=frozenset({"oai:x:0008"}))
    done = harvest(repository)
    asked = [params["identifier"] for params in repository.lists("GetRecord")]
    assert asked == ["oai:x:0006", "oai:x:0007", "oai:x:0008"]
    assert done.identifiers == [item.identifier for item in items(9)]


@pytest.mark.parametrize(
    "fails",
    [
        lambda _: MalformedResponse("no XML"),
        lambda _: DOWN,
        lambda params: refused("InternalException", params),
        lambda _: Response(502, ADDRESS, body=b"<html>"),
    ],
)
def test_a_page_that_fails_in_any_way_is_cornered(fails: Callable[[Params], Response | Exception]) -> None:
    def fault(params: Params) -> Response | Exception | None:
        return fails(params) if params.get("resumptionToken", "").startswith("6|") else None

    done = harvest(Repository(items(12), fault=fault))
    assert len(set(done.identifiers)) == 12
    assert done.told("gap") == []


def test_where_identifiers_cannot_be_listed_either_the_smallest_window_is_a_gap() -> None:
    def fault(params: Params) -> Response | None:
        return Response(500, ADDRESS) if params["verb"] == "ListIdentifiers" else None

    repository = Repository(items(30), poison=frozenset({"oai:x:0007"}), fault=fault)
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in items(30)} - {"oai:x:0007"}
    assert done.told("gap") == [
        ("nothing (dated 2024-01-01T00:07:00Z) could be read after the first 0: answered 500", 0)
    ]


@pytest.mark.parametrize(
    "answer", [DOWN, TransportFailed("x", url=ADDRESS, status=503), MalformedResponse("x")]
)
def test_a_server_that_is_down_from_the_beginning_is_told_at_once(answer: SourceError) -> None:
    repository = Repository(items(9), fault=lambda _: answer)
    kept, _ = until_it_fails(repository)
    assert kept == []
    assert len(repository.asked) <= 2


def test_an_outage_is_no_gap_and_the_harvest_goes_on_where_it_was() -> None:
    repository = Repository(items(9))
    pages = source(repository).pages(None, None, None)
    kept = [next(pages)]
    repository.fault = lambda _: DOWN
    with pytest.raises(TransportFailed):
        next(pages)
    for _ in range(5):
        assert until_it_fails(repository, kept[0].resume) == ([], DOWN)
    repository.fault = lambda _: None
    repository.asked.clear()
    kept += source(repository).pages(None, None, kept[0].resume)
    assert Harvest(kept).identifiers == [item.identifier for item in items(9)]
    assert Harvest(kept).remarks == []
    assert len(repository.asked) == 2


@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_outage_of_all_but_the_first_courtesy_is_none_either(after: int) -> None:
    repository = Repository(items(200), size=5)
    repository.fault = lambda params: (
        DOWN if params["verb"] != "Identify" and len(repository.lists()) > after else None
    )
    kept, failed = until_it_fails(repository)
    assert failed is DOWN
    assert Harvest(kept).told("gap") == []
    repository.fault = lambda _: None
    kept += source(repository).pages(None, None, kept[-1].resume)
    assert set(Harvest(kept).identifiers) == {item.identifier for item in items(200)}
    assert Harvest(kept).told("gap") == []


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_of_us_is_no_fault_of_a_page(status: int) -> None:
    repository = Repository(items(9), fault=times(99, with_token, lambda _: Response(status, ADDRESS)))
    kept, failed = until_it_fails(repository)
    assert isinstance(failed, TransportFailed)
    assert (failed.status, len(kept), len(repository.lists())) == (status, 1, 2)


def test_without_dates_a_page_that_fails_is_asked_for_one_by_one() -> None:
    repository = Repository(items(150), size=50, ignores_dates=True, poison=frozenset({"oai:x:0060"}))
    done = harvest(repository, "2024-05-01")
    assert set(done.identifiers) == {item.identifier for item in items(150)}
    assert done.told("gap") == [("oai:x:0060 could not be read: answered 500", 1)]


def test_also_where_it_turns_out_only_then_that_it_takes_none() -> None:
    repository = Repository(items(150), size=50, poison=frozenset({"oai:x:0060"}))
    repository.fault = lambda params: (
        refused("badArgument", params) if {"from", "until"} & params.keys() else None
    )
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in items(150)}
    assert done.told("gap") == [("oai:x:0060 could not be read: answered 500", 1)]


def test_a_server_that_fails_instead_of_saying_that_there_is_nothing_does_not_lead_astray() -> None:
    """Empty windows fail, and identifiers are not listed: halving them would never end."""
    repository = Repository(items(40), size=5, poison=frozenset({"oai:x:0007"}))

    def fault(params: Params) -> Response | None:
        if params["verb"] == "ListIdentifiers":
            return Response(500, ADDRESS)
        if params["verb"] == "ListRecords":
            body = repository._list_records(params).body
            return Response(500, ADDRESS) if b"noRecordsMatch" in body else None
        return None

    repository.fault = fault
    kept: list[Page] = []
    for page in source(repository).pages(None, None, None):
        kept.append(page)
        assert len(kept) < 5000
    assert set(Harvest(kept).identifiers) == {item.identifier for item in items(40)} - {"oai:x:0007"}
    assert Harvest(kept).told("gap")


@pytest.mark.parametrize("status", [400, 404, 422])
def test_halves_that_are_empty_may_be_refused_without_a_word(status: int) -> None:
    repository = Repository(items(240), size=60, poison=frozenset({"oai:x:0100"}))

    def fault(params: Params) -> Response | None:
        if "from" not in params and "until" not in params:
            return None
        body = repository._list(params, lambda item: item.identifier, frozenset()).body
        return Response(status, ADDRESS) if b"noRecordsMatch" in body else None

    repository.fault = fault
    done = harvest(repository)
    assert set(done.identifiers) == {item.identifier for item in items(240)}
    assert [text for text, _ in done.told("gap") if "oai:x:0100" in text]


def test_an_outage_while_asking_one_by_one_is_no_gap() -> None:
    repository = Repository(items(60), size=30, poison=frozenset({"oai:x:0035"}))
    repository.fault = lambda _: DOWN if len(repository.lists("GetRecord")) > 8 else None
    kept, failed = until_it_fails(repository)
    assert failed is DOWN
    assert len({*Harvest(kept).identifiers}) < 60
    repository.fault = lambda _: None
    kept += source(repository).pages(None, None, kept[-1].resume)
    assert set(Harvest(kept).identifiers) == {item.identifier for item in items(60)}
    assert Harvest(kept).told("gap") == [("oai:x:0035 could not be read: answered 500", 1)]


def test_a_server_that_can_give_no_record_at_all_is_no_list_of_gaps() -> None:
    """Identifiers are listed well, and every record fails."""
    everything = frozenset(item.identifier for item in items(60))
    kept, failed = until_it_fails(Repository(items(60), poison=everything))
    assert isinstance(failed, TransportFailed)
    assert len(Harvest(kept).told("gap")) < 10


def test_a_list_of_identifiers_without_an_end_is_a_gap() -> None:
    crowd = [Item(f"oai:x:{n:03}", "2024-01-05T00:00:00Z") for n in range(250)]
    repository = Repository(crowd, size=50, poison=frozenset({"oai:x:123"}))
    numbers = iter(range(10**6))

    def endless(params: Params) -> Response | None:
        if params["verb"] != "ListIdentifiers" or "resumptionToken" not in params:
            return None
        body = repository._list_identifiers({**params, "resumptionToken": "50|||"}).body.decode()
        return response(body.replace(">100|", f">{next(numbers)}x|"))

    repository.fault = endless
    done = harvest(repository)
    assert set(done.identifiers) >= {item.identifier for item in crowd[:100]}
    assert [text for text, _ in done.told("gap") if text.endswith("it goes in circles")]


def test_a_server_that_asks_to_be_left_alone_for_long_ends_the_run_and_loses_nothing() -> None:
    busy = TransportFailed("answered 503", url=ADDRESS, status=503, hint="until noon", later=True)
    repository = Repository(items(9), fault=times(1, with_token, lambda _: busy))
    kept, failed = until_it_fails(repository)
    assert (failed, len(kept), kept[-1].remarks) == (busy, 1, ())
    rest = [*source(repository).pages(None, None, kept[-1].resume)]
    assert sum(len(page.raws) for page in [*kept, *rest]) == 9
