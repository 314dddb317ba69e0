"""How long is waited."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import CatalogueError, TransportFailed, UsageFault
from harvester.http import Manners
from harvester.http.waiting import back_off, grown, retry_after
from tests.harvester.http.asking import AGENT, NOON, Script, Time, good, read


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("²", None),
        ("soon", None),
        ("Thu, 05 Nov 2026 12:02:00 GMT", 120.0),
        ("Thursday, 05-Nov-26 12:02:00 GMT", 120.0),
        ("Thu Nov  5 12:02:00 2026", 120.0),
        ("Thu, 05 Nov 2026 13:02:00 +0100", 120.0),
        ("Thu, 05 Nov 2026 12:02:00 -0000", 120.0),
        ("Thu, 05 Nov 2025 12:00:00 GMT", 0.0),
        ("Thu, 05 Nov 2026 99:99:99 GMT", None),
        ("Thu, 05 Nov 99999999999 12:00:00 GMT", None),
        ("9" * 5000, 1e9),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOON) == seconds


@given(
    st.text() | st.integers().map(str) | st.datetimes().map(lambda d: format_datetime(d.replace(tzinfo=UTC)))
)
@settings(deadline=None)
def test_retry_after_never_raises_and_is_never_negative(value: str) -> None:
    found = retry_after(value, NOON)
    assert found is None or 0 <= found <= 1e9


@given(st.datetimes(datetime(2026, 11, 6), datetime(2027, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001 - given below
@settings(deadline=None)
def test_a_date_means_the_same_in_every_zone(moment: datetime, hours: int) -> None:
    exact = moment.replace(microsecond=0, tzinfo=UTC)
    zoned = exact + timedelta(hours=hours)
    text = f"{format_datetime(zoned)[:-5]}{hours:+03d}00"
    assert retry_after(text, NOON) == (exact - NOON).total_seconds()


@given(st.integers(1, 10**6), st.floats(0, 1, exclude_max=True))
@settings(deadline=None)
def test_back_off_doubles_its_bound_up_to_a_minute(tries: int, random: float) -> None:
    assert 0 <= back_off(tries, random) <= min(60, 2.0 ** min(tries, 10))


@pytest.mark.parametrize(("gap", "after"), [(0, 1), (0.2, 1), (1, 2), (2, 4), (40, 60), (60, 60), (90, 90)])
def test_a_gap_doubles_up_to_a_minute_and_never_shrinks(gap: float, after: float) -> None:
    assert grown(gap) == after


@pytest.mark.parametrize(
    ("url", "gap"),
    [
        ("https://doaj.org/oai", 2.0),
        ("https://www.DOAJ.org/oai", 2.0),
        ("https://notdoaj.org/oai", 1.0),
        ("https://example.org", 1.0),
        ("http://127.0.0.1:8000", 0.0),
        ("http://127.8.9.1", 0.0),
        ("http://[::1]:8000/", 0.0),
        ("http://localhost:1/", 0.0),
        ("http://localhost.example.org/", 1.0),
    ],
)
def test_the_gap_depends_on_the_host(url: str, gap: float) -> None:
    with Time().client(None) as client, Time().client(None, Manners(AGENT, gap=0.5)) as fixed:
        assert client.gap(url) == gap
        assert fixed.gap(url) == 0.5


def test_the_gap_runs_from_the_end_of_a_request_for_each_host() -> None:
    time = Time()

    def slow(_request: object) -> object:
        time.at += 10
        return good()

    with time.client(slow) as client:  # type: ignore[arg-type]  # a handler is enough for this
        client.get("https://a.example/", read=read)
        client.get("https://b.example/", read=read)
        assert time.slept == []  # ten seconds went by since a was asked, and b never was
        client.get("https://b.example/x", read=read)
        assert time.slept == [1.0]
        time.at += 0.25
        client.get("https://b.example/x", read=read)
        assert time.slept == [1.0, 0.75]
        assert client.traffic.seconds_waited == 1.75


@pytest.mark.parametrize(
    ("answer", "gap"),
    [
        (good(status=429), 4.0),
        (good(status=503, headers={"Retry-After": "1"}), 4.0),
        (good(status=503), 2.0),
        (good(status=500, headers={"Retry-After": "1"}), 2.0),
    ],
)
def test_who_says_slower_is_asked_less_often_for_good(answer: object, gap: float) -> None:
    time = Time()
    script = Script(answer, answer, good())  # type: ignore[arg-type]  # what good() gives
    with time.client(script) as client:
        client.get("https://doaj.org/a", read=lambda response: response)
        client.get("https://doaj.org/a", read=lambda response: response)
        client.get("https://doaj.org/a", read=read)
        before = len(time.slept)
        client.get("https://doaj.org/a", read=read)
        expected = gap if gap == 2.0 else 8.0
        assert time.slept[before:] == [expected]
        assert client.gap("https://doaj.org/other") == expected
        assert client.gap("https://example.org/") == 1.0


ANSWERS = st.sampled_from([200, 408, 425, 429, 500, 502, 503])
WISHES = st.none() | st.integers(0, 2000).map(str) | st.just("Thu, 05 Nov 2026 12:10:00 GMT")


@given(
    st.lists(st.tuples(ANSWERS, WISHES), min_size=1, max_size=12),
    st.floats(0, 2000),
    st.integers(1, 10),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 100),
)
@settings(deadline=None)
def test_no_more_is_waited_than_patience_allows(
    answers: list[tuple[int, str | None]], patience: float, tries: int, random: float, gap: float
) -> None:
    time = Time()
    script = Script(
        *(good({"Retry-After": wish} if wish else {}, b"bad", status) for status, wish in answers)
    )
    manners = Manners(AGENT, gap=gap, tries=tries, patience=patience)
    with time.client(script, manners, random=lambda: random) as client:
        with pytest.raises(CatalogueError):
            client.get("https://example.org/", read=read)
        assert sum(time.slept) <= patience + 1e-6
        assert len(script.asked) == client.traffic.requests == client.traffic.retries + 1 <= tries
        assert client.traffic.seconds_waited == sum(time.slept)


def test_an_hour_of_retry_after_is_waited_and_told() -> None:
    time = Time()
    script = Script(good({"Retry-After": "3600"}, b"", 503), good())
    with time.client(script, Manners(AGENT, patience=4000)) as client:
        assert client.get("https://example.org/", read=read).status == 200
    assert time.slept == [3600.0]
    assert time.told == [(3600.0, "example.org answered 503")]


def test_ctrl_c_while_waiting_passes_at_once() -> None:
    time = Time()
    script = Script(good({"Retry-After": "60"}, b"", 503), good())

    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    time.sleep = interrupted  # type: ignore[method-assign]  # the clock of this test alone
    with time.client(script) as client, pytest.raises(KeyboardInterrupt):
        client.get("https://example.org/", read=read)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"gap": -1.0},
        {"gap": float("nan")},
        {"tries": 0},
        {"patience": -1.0},
        {"timeout": 0.0},
        {"largest": 0},
    ],
)
def test_manners_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageFault):
        Manners(AGENT, **wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_who_has_a_way_round_a_failure_asks_less_often() -> None:
    time = Time()
    with (
        time.client(lambda _: good(status=500, body=b"")) as client,
        pytest.raises(TransportFailed) as failed,
    ):
        client.get("http://127.0.0.1/oai", read=read, tries=2)
    assert (client.traffic.requests, failed.value.later) == (2, False)


def test_a_wait_too_long_to_sit_out_is_told_to_be_later() -> None:
    def busy(_: httpx.Request) -> httpx.Response:
        return good({"Retry-After": "86400"}, body=b"", status=503)

    time = Time()
    with time.client(busy) as client, pytest.raises(TransportFailed) as failed:
        client.get("http://127.0.0.1/oai", read=read)
    assert (client.traffic.requests, failed.value.later) == (1, True)
