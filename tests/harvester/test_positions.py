"""The laws of walking a result by positions, whatever the server does."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import MalformedResponse, SourceError, TransportFailed
from catalog.record import RawRecord
from harvester.positions import Batch, Mark, RecordRefused, Unreadable, walk
from harvester.protocol import Page


def raw(number: int) -> RawRecord:
    return RawRecord(identifier=f"n{number}", format="marcxml", payload=f"<record>{number}</record>".encode())


def listing(total: int, largest: int = 1000) -> Callable[[int, int], Batch]:
    def ask(start: int, size: int) -> Batch:
        return Batch([raw(n) for n in range(start, min(start + min(size, largest), total + 1))], total)

    return ask


def ids(pages: list[Page]) -> list[str]:
    return [raw.identifier for page in pages for raw in page.raws]


def told(pages: list[Page]) -> list[tuple[str, int]]:
    return [(remark.kind, remark.missing) for page in pages for remark in page.remarks]


def numbers(*, upto: int, but: frozenset[int] = frozenset()) -> list[str]:
    return [f"n{n}" for n in range(1, upto + 1) if n not in but]


@given(st.integers(0, 90), st.integers(1, 40), st.integers(1, 40))
@settings(deadline=None, max_examples=60)
def test_every_record_comes_once_and_from_every_checkpoint_the_rest(
    total: int, size: int, largest: int
) -> None:
    asked: list[int] = []
    answer = listing(total, largest)

    def ask(start: int, wanted: int) -> Batch:
        asked.append(start)
        return answer(start, wanted)

    pages = list(walk(ask, Mark(), size))
    assert ids(pages) == numbers(upto=total)
    assert told(pages) == []
    assert len(asked) == len(set(asked)) == len(pages)
    assert pages[-1].resume is None
    assert {page.announced for page in pages} == {total}
    for i, page in enumerate(pages[:-1]):
        assert page.resume is not None
        rest = list(walk(ask, Mark.read(page.resume), size))
        assert rest == pages[i + 1 :]


@given(
    total=st.integers(2, 60),
    size=st.integers(1, 30),
    bad=st.frozensets(st.integers(1, 60), max_size=3),
    error=st.sampled_from([Unreadable, RecordRefused]),
)
@settings(deadline=None, max_examples=80)
def test_what_cannot_be_read_costs_itself_alone(
    total: int, size: int, bad: frozenset[int], error: type[SourceError]
) -> None:
    bad = frozenset(n for n in bad if n <= total and not {n - 1, n - 2} & bad)
    answer = listing(total)

    def ask(start: int, wanted: int) -> Batch:
        if bad & set(range(start, start + wanted)):
            raise error("broken")
        return answer(start, wanted)

    pages = list(walk(ask, Mark(), size))
    assert ids(pages) == numbers(upto=total, but=bad)
    assert sorted(told(pages)) == [("gap", 1)] * len(bad)


def test_many_records_that_are_refused_do_not_end_a_walk_but_broken_answers_do() -> None:
    def refusing(start: int, size: int) -> Batch:
        if start < 10:
            raise RecordRefused("not authorized")
        return listing(12)(start, size)

    pages = list(walk(refusing, Mark(), 1))
    assert (ids(pages), told(pages)) == (["n10", "n11", "n12"], [("gap", 1)] * 9)

    def broken(start: int, size: int) -> Batch:
        if start > 5:
            raise Unreadable("broken")
        return listing(12)(start, size)

    walked: list[Page] = []
    with pytest.raises(Unreadable):
        walked.extend(_kept(walk(broken, Mark(), 5), walked))
    assert ids(walked) == numbers(upto=5)


def _kept(pages: Iterator[Page], walked: list[Page]) -> Iterator[Page]:
    for page in pages:
        walked.append(page)
        yield from ()


@pytest.mark.parametrize(
    "error",
    [
        MalformedResponse("a web page"),
        TransportFailed("x", url="http://127.0.0.1/", status=503),
        TransportFailed("x", url="http://127.0.0.1/", status=None),
    ],
    ids=["web page", "503", "no answer"],
)
def test_what_is_no_records_fault_ends_the_walk_at_once(error: SourceError) -> None:
    asked = []

    def ask(start: int, size: int) -> Batch:
        asked.append((start, size))
        if start > 1:
            raise error
        return listing(30)(start, size)

    with pytest.raises(type(error)):
        list(walk(ask, Mark(), 10))
    assert asked == [(1, 10), (11, 10)]


def test_a_server_that_crashes_over_one_record_is_led_around_it() -> None:
    def ask(start: int, size: int) -> Batch:
        if start <= 17 < start + size:
            raise TransportFailed("answered 500", url="http://127.0.0.1/", status=500)
        return listing(40)(start, size)

    pages = list(walk(ask, Mark(), 10))
    assert (ids(pages), told(pages)) == (numbers(upto=40, but=frozenset({17})), [("gap", 1)])


def test_a_page_that_is_sent_again_for_ever_is_a_gap() -> None:
    def clamped(start: int, size: int) -> Batch:
        return listing(1000)(min(start, 21), size)._replace(total=1000)

    pages = list(walk(clamped, Mark(), 10))
    assert ids(pages) == numbers(upto=30)
    assert told(pages) == [("gap", 970)]
    assert "the page before again" in pages[-1].remarks[0].text


@pytest.mark.parametrize("refusal", [None, "no more than 20"])
def test_a_server_that_stops_sending_leaves_a_gap(refusal: str | None) -> None:
    def ask(start: int, size: int) -> Batch:
        return listing(50)(start, size) if start <= 20 else Batch((), 50, refusal=refusal)

    pages = list(walk(ask, Mark(), 10))
    assert (ids(pages), told(pages)) == (numbers(upto=20), [("gap", 30)])
    assert (refusal or "it sends none") in pages[-1].remarks[0].text


@pytest.mark.parametrize(
    ("count", "missing"),
    [(1, [("gap", 30)]), (20, [("note", 0)]), (None, [("gap", 30)]), (50, [("gap", 30)])],
)
def test_a_refusals_count_is_believed_only_if_it_does_not_contradict_what_came(
    count: int | None, missing: list[tuple[str, int]]
) -> None:
    def ask(start: int, size: int) -> Batch:
        return listing(50)(start, size) if start <= 20 else Batch((), count, refusal="out of range")

    assert told(list(walk(ask, Mark(), 10))) == missing


def test_records_left_out_within_pages_are_a_short_list() -> None:
    def ask(start: int, size: int) -> Batch:
        batch = listing(30)(start, size)
        kept = [raw for raw in batch.raws if raw.identifier not in ("n4", "n17")]
        return batch._replace(raws=kept, following=start + size)

    pages = list(walk(ask, Mark(), 10))
    assert set(ids(pages)) == set(numbers(upto=30, but=frozenset({4, 17})))
    assert told(pages) == [("short", 2)]


def test_a_page_shorter_than_what_is_said_to_follow_loses_nothing() -> None:
    def ask(start: int, size: int) -> Batch:
        return listing(30, largest=4)(start, size)._replace(following=start + size)

    pages = list(walk(ask, Mark(), 10))
    assert (ids(pages), told(pages)) == (numbers(upto=30), [])


def test_an_empty_page_with_a_position_to_go_on_at_is_gone_over() -> None:
    def ask(start: int, size: int) -> Batch:
        if start == 11:
            return Batch((), 30, following=21)
        return listing(30)(start, size)

    pages = list(walk(ask, Mark(), 10))
    assert ids(pages) == [f"n{n}" for n in (*range(1, 11), *range(21, 31))]
    assert told(pages) == [("short", 10)]


@pytest.mark.parametrize(("before", "after"), [(30, 35), (30, 25)])
def test_of_totals_that_change_the_last_counts(before: int, after: int) -> None:
    def ask(start: int, size: int) -> Batch:
        return listing(before if start == 1 else after)(start, size)

    pages = list(walk(ask, Mark(), 10))
    assert (ids(pages), told(pages)) == (numbers(upto=after), [("note", 0)])
    assert pages[-1].announced == after


def test_a_result_of_unknown_size_ends_where_nothing_follows() -> None:
    def ask(start: int, size: int) -> Batch:
        batch = listing(25)(start, size)
        return batch._replace(total=None, following=start + size if start + size <= 25 else None)

    pages = list(walk(ask, Mark(), 10))
    assert (ids(pages), told(pages), pages[-1].announced) == (numbers(upto=25), [], None)


def test_a_mark_survives_its_checkpoint() -> None:
    mark = Mark(7, 9, 6, 1, changed=True, last=("a", "b"), manner={"version": "1.1"})
    assert Mark.read(mark.checkpoint()) == mark
