"""Dates: how they are asked for, what comes of them, and where the next harvest begins."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from catalog.errors import ProtocolError, UsageFault
from harvester.http.response import Response
from tests.harvester.oai.repository import (
    DAYS,
    NOW,
    SECONDS,
    Item,
    Params,
    Repository,
    harvest,
    items,
    source,
)


def at(*datestamps: str, sets: tuple[str, ...] = ()) -> list[Item]:
    return [Item(f"oai:x:{place}", datestamp, sets) for place, datestamp in enumerate(datestamps)]


def refuses(on: Callable[[Params], bool]) -> Callable[[Params], Response | None]:
    return lambda params: Repository([]).refused("badArgument", params) if on(params) else None


@pytest.mark.parametrize(
    ("granularity", "since", "until", "sent"),
    [
        (SECONDS, None, None, (None, None)),
        (SECONDS, "2024-01-01", "2024-01-02", ("2024-01-01T00:00:00Z", "2024-01-02T23:59:59Z")),
        (SECONDS, "2024-01-01T10:00:00Z", "2024-01-02", ("2024-01-01T10:00:00Z", "2024-01-02T23:59:59Z")),
        (DAYS, "2024-01-01T10:00:00Z", "2024-01-02T11:00:00Z", ("2024-01-01", "2024-01-02")),
        (DAYS, "2024-01-01", None, ("2024-01-01", None)),
        (DAYS, None, "2024-06-01", (None, "2024-06-01")),
    ],
)
def test_dates_are_sent_in_the_servers_granularity(
    granularity: str, since: str | None, until: str | None, sent: tuple[str | None, str | None]
) -> None:
    repository = Repository(items(1), granularity=granularity)
    harvest(repository, since, until)
    (asked,) = repository.lists()
    assert (asked.get("from"), asked.get("until")) == sent


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, "2024-06-02"), ("2024-02-02", "2024-02-01"), ("soon", None), (None, "2024-13-01")],
)
def test_impossible_dates_are_refused_before_anything_is_asked(since: str | None, until: str | None) -> None:
    repository = Repository(items(1))
    for ask in (lambda x: list(x.pages(since, until, None)), lambda x: x.plan(since, until)):
        with pytest.raises(UsageFault):
            ask(source(repository))
    assert repository.asked == []


def test_a_server_that_refuses_times_is_asked_for_days() -> None:
    repository = Repository(items(5), fault=refuses(lambda params: "T" in params.get("from", "")))
    done = harvest(repository, "2024-01-01T00:00:00Z")
    assert len(done.identifiers) == 5
    assert [params.get("from") for params in repository.lists()] == [
        "2024-01-01T00:00:00Z",
        "2024-01-01",
        None,
    ]
    assert done.told("note") == [("the server refuses times of the day: it is asked for whole days", 0)]
    assert done.last.watermark == "2024-01-01"


def test_a_server_that_takes_no_dates_is_asked_for_all_that_is_new_and_old() -> None:
    repository = Repository(items(5), fault=refuses(lambda params: "from" in params))
    done = harvest(repository, "2024-01-01T00:00:00Z")
    assert len(done.identifiers) == 5
    assert "the server takes no dates: it is asked for everything" in dict(done.told("note"))
    assert done.last.watermark is None


@pytest.mark.parametrize(("until", "request_"), [("2024-05-01", None), (None, {"from": "2024-01-01"})])
def test_but_not_when_somebody_wants_just_these_dates(
    until: str | None, request_: dict[str, str] | None
) -> None:
    repository = Repository(items(5), fault=refuses(lambda params: "from" in params))
    with pytest.raises(ProtocolError) as caught:
        harvest(repository, "2024-01-01", until, request=request_)
    assert caught.value.code == "badArgument"
    assert caught.value.hint == "it may take no dates: harvest it without --from and --until"


def test_a_request_that_is_refused_for_another_reason_fails() -> None:
    repository = Repository(items(5), fault=refuses(lambda params: "set" in params))
    with pytest.raises(ProtocolError):
        harvest(repository, sets=["a"])
    assert len(repository.lists()) == 1


def test_records_that_were_not_asked_for_are_passed_on_and_remarked_once() -> None:
    done = harvest(Repository(items(7), ignores_dates=True), "2024-01-01T00:06:00Z")
    assert len(done.identifiers) == 7
    assert done.told("note") == [("records come that are not within the dates asked for", 0)]


def test_datestamps_that_are_none_are_remarked_once_and_not_heeded() -> None:
    done = harvest(Repository(at("2024-01-01", "n.d.", "2024-01-02", "long ago")))
    assert done.told("note") == [("datestamps of records are no dates", 0)]
    assert done.last.watermark == "2024-01-02T00:00:00Z"


@pytest.mark.parametrize(
    ("granularity", "datestamps", "expected"),
    [
        (SECONDS, ["2024-01-03T00:00:00Z", "2024-01-01T00:00:00Z"], "2024-01-03T00:00:00Z"),  # newest first
        (SECONDS, ["2024-01-03", "2024-01-02T10:00:00Z"], "2024-01-03T00:00:00Z"),
        (DAYS, ["2024-01-03T10:00:00Z", "2024-01-02"], "2024-01-03"),
        (SECONDS, ["2099-01-01T00:00:00Z", "2024-01-02T00:00:00Z"], "2024-01-02T00:00:00Z"),
        (SECONDS, ["2099-01-01T00:00:00Z"], "2024-06-01T12:00:00Z"),
        (SECONDS, ["?"], None),
        (SECONDS, [], None),
    ],
)
def test_the_next_harvest_begins_at_the_newest_date_received(
    granularity: str, datestamps: list[str], expected: str | None
) -> None:
    assert harvest(Repository(at(*datestamps), granularity=granularity)).last.watermark == expected


def test_but_never_later_than_the_first_response() -> None:
    moments = iter([NOW - timedelta(hours=2)] * 2 + [NOW] * 9)
    changed_meanwhile = "2024-06-01T11:00:00Z"
    done = harvest(
        Repository(at("2024-06-01T09:00:00Z", changed_meanwhile), size=1, clock=lambda: next(moments))
    )
    assert done.last.watermark == "2024-06-01T09:00:00Z"


def test_nor_than_the_until_the_server_used() -> None:
    repository = Repository(
        at("2024-04-30T00:00:00Z", "2024-05-30T00:00:00Z"), until_used="2024-05-02T12:00:00Z"
    )
    assert harvest(repository).last.watermark == "2024-04-30T00:00:00Z"
    repository = Repository(at("2024-05-30T00:00:00Z"), ignores_dates=True, until_used="2024-05-02T12:00:00Z")
    assert harvest(repository).last.watermark == "2024-05-02T12:00:00Z"


def test_nor_than_the_until_that_was_asked_for() -> None:
    repository = Repository(at("2024-05-30T00:00:00Z"), ignores_dates=True)
    assert harvest(repository, None, "2024-05-01").last.watermark == "2024-05-01T23:59:59Z"


def ticking(step: timedelta) -> Callable[[], datetime]:
    moments = iter(range(1000))
    return lambda: NOW + next(moments) * step


def test_sets_listed_later_cannot_push_it_beyond_what_the_first_could_have() -> None:
    first = [Item("a", "2024-04-01T00:00:00Z", ("a",))]
    later = [Item("b", "2024-05-02T13:00:00Z", ("b",))]
    hour = Repository([*first, *later], clock=ticking(timedelta(hours=1)))
    assert harvest(hour, sets=("a", "b")).last.watermark == "2024-05-02T12:00:00Z"


def test_without_a_clock_of_the_servers_ours_is_used() -> None:
    def undated(params: Params) -> Response | None:
        if params["verb"] != "ListRecords":
            return None
        answer = Repository(at("2099-01-01T00:00:00Z"))._list(
            params,
            lambda item: (
                f"<record><header><identifier>{item.identifier}</identifier><datestamp>"
                f"{item.datestamp}</datestamp></header><metadata><a/></metadata></record>"
            ),
            frozenset(),
        )
        body = answer.body.replace(b"<responseDate>2024-06-01T12:00:00Z</responseDate>", b"")
        return Response(200, answer.url, answer.headers, body)

    assert harvest(Repository([], fault=undated)).last.watermark == "2024-06-01T12:00:00Z"
