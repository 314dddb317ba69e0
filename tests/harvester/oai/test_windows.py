"""Dates in both granularities, and windows cut in two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.oai.windows import Span, Window, described, halved, span, widened, written

SECONDS, DAYS = "YYYY-MM-DDThh:mm:ssZ", "YYYY-MM-DD"
DAY = 86_400
DAY_ONE = 1_704_067_200  # 2024-01-01


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-01", Span(DAY_ONE, DAY_ONE + DAY - 1)),
        (" 2024-01-01 ", Span(DAY_ONE, DAY_ONE + DAY - 1)),
        ("2024-01-01T00:00:10Z", Span(DAY_ONE + 10, DAY_ONE + 10)),
        ("2024-01-01T00:00:10.987Z", Span(DAY_ONE + 10, DAY_ONE + 10)),
        ("2024-01-01 00:00:10", Span(DAY_ONE + 10, DAY_ONE + 10)),
        ("2024-01-01T01:00:10+01:00", Span(DAY_ONE + 10, DAY_ONE + 10)),
        ("2024-01-01T01:00:10+0100", Span(DAY_ONE + 10, DAY_ONE + 10)),
        ("1969-12-31T23:59:59Z", Span(-1, -1)),
        ("0001-01-01T00:00:00+01:00", None),
        ("2024-02-30", None),
        ("2024-01-01T25:00:00Z", None),
        ("2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_the_seconds_they_mean(text: str | None, expected: Span | None) -> None:
    assert span(text) == expected


@pytest.mark.parametrize(
    ("moment", "granularity", "expected"),
    [
        (DAY_ONE + 10, SECONDS, "2024-01-01T00:00:10Z"),
        (DAY_ONE + 10, DAYS, "2024-01-01"),
        (-62_135_596_800, SECONDS, "0001-01-01T00:00:00Z"),
        (-1, DAYS, "1969-12-31"),
    ],
)
def test_moments_are_written_in_the_servers_granularity(moment: int, granularity: str, expected: str) -> None:
    assert written(moment, granularity) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(), ""),
        (Window(DAY_ONE), "from 2024-01-01"),
        (Window(None, DAY_ONE), "until 2024-01-01"),
        (Window(DAY_ONE, DAY_ONE + 9), "dated 2024-01-01"),
        (Window(DAY_ONE, DAY_ONE + DAY), "from 2024-01-01 until 2024-01-02"),
    ],
)
def test_windows_are_told_in_words(window: Window, expected: str) -> None:
    assert described(window, DAYS) == expected


@pytest.mark.parametrize(
    ("where", "datestamp"),
    [
        ("inside", "2024-01-01"),
        ("inside", "2024-01-01T12:00:00Z"),
        ("outside", "2023-12-31"),
        ("outside", "2024-01-01T11:59:59Z"),
        ("outside", "2024-01-02T00:00:01Z"),
    ],
)
def test_a_date_is_within_a_window_if_a_part_of_it_is(where: str, datestamp: str) -> None:
    found = span(datestamp)
    assert found is not None
    assert Window(DAY_ONE + DAY // 2, DAY_ONE + DAY).holds(found) is (where == "inside")


def test_a_window_in_days_is_made_of_whole_ones() -> None:
    assert widened(Window(DAY_ONE + 5, DAY_ONE + DAY), DAYS) == Window(DAY_ONE, DAY_ONE + 2 * DAY - 1)
    assert widened(Window(DAY_ONE + 5, DAY_ONE + 6), SECONDS) == Window(DAY_ONE + 5, DAY_ONE + 6)
    assert widened(Window(), DAYS) == Window()


MOMENTS = st.integers(DAY_ONE, DAY_ONE + 5 * DAY)
BOUNDS = st.none() | MOMENTS


@settings(deadline=None)
@given(BOUNDS, BOUNDS, MOMENTS, MOMENTS, st.sampled_from([SECONDS, DAYS]), st.lists(MOMENTS))
def test_halves_meet_and_hold_what_the_whole_did(
    since: int | None, until: int | None, low: int, high: int, granularity: str, moments: list[int]
) -> None:
    whole = widened(Window(since, until), granularity)
    halves = halved(whole, low, high, granularity)
    if halves is None:
        return
    left, right = halves
    assert (left.since, right.until) == (whole.since, whole.until)
    assert left.until is not None
    assert right.since == left.until + 1
    assert widened(left, granularity) == Window(left.since, left.until)
    for moment in moments:
        where = Span(moment, moment)
        assert whole.holds(where) == (left.holds(where) or right.holds(where))
        assert not (left.holds(where) and right.holds(where))


@settings(deadline=None)
@given(MOMENTS, MOMENTS, st.sampled_from([(SECONDS, 1), (DAYS, DAY)]), st.data())
def test_halving_ends_at_one_unit(low: int, high: int, form: tuple[str, int], data: st.DataObject) -> None:
    granularity, length = form
    window = Window()
    for _ in range(40):
        halves = halved(window, low, high, granularity)
        if halves is None:
            break
        window = data.draw(st.sampled_from(halves))
    else:
        raise AssertionError(window)
    since = low if window.since is None else window.since
    until = high if window.until is None else window.until
    assert since // length >= until // length
