"""One run: where it begins, what is kept when it breaks off, and when it may be called complete."""

from types import SimpleNamespace

import pytest

from catalog.errors import IncompleteSource, StoreError, TransportFailed
from catalog.record import Remark
from harvester.protocol import Page
from harvester.run import harvest
from tests.harvester.scripted import ListSink, Run, ScriptedSource, raw

DOWN = TransportFailed("no answer", url="http://127.0.0.1/oai")
SHORT = Remark("short", "3 fewer than announced", 3)
GAP = Remark("gap", "one could not be read", 1)


def page(number: int, resume: str | None, *remarks: Remark, announced: int | None = None) -> Page:
    return Page([raw(number)], resume, announced=announced, watermark="2026-01-01", remarks=remarks)


def run(source: ScriptedSource, sink: ListSink, **options: object) -> Run:
    harvest(source, sink, SimpleNamespace(requests=0, retries=0), **options)
    return sink.runs[-1]


def ended(sink: ListSink) -> Run:
    return sink.runs[-1]


def test_walked_to_its_end_it_is_complete_and_has_a_watermark() -> None:
    sink = ListSink()
    done = run(ScriptedSource([page(1, "a"), page(2, None)]), sink)
    assert (done.status, done.watermark, done.received) == ("complete", "2026-01-01", 2)


def test_the_next_run_begins_at_the_watermark_inclusive() -> None:
    sink, source = ListSink(), ScriptedSource([page(1, None)])
    run(source, sink)
    run(source, sink)
    assert source.asked == [(None, None, None), ("2026-01-01", None, None)]


def test_dates_that_were_asked_for_are_where_the_first_run_begins() -> None:
    source = ScriptedSource([page(1, None)], request={"from": "2020", "until": "2021"})
    run(source, sink := ListSink())
    run(source, sink)
    run(source, sink, full=True)
    assert [asked[:2] for asked in source.asked] == [
        ("2020", "2021"),
        ("2026-01-01", "2021"),
        ("2020", "2021"),
    ]


def test_another_request_has_a_watermark_of_its_own() -> None:
    sink = ListSink()
    run(ScriptedSource([page(1, None)], request={"sets": "a"}), sink)
    other = ScriptedSource([page(1, None)], request={"sets": "b"})
    run(other, sink)
    assert other.asked == [(None, None, None)]


def test_a_server_that_fails_leaves_a_run_that_goes_on() -> None:
    sink = ListSink()
    with pytest.raises(TransportFailed):
        run(ScriptedSource([page(1, "a"), DOWN]), sink)
    assert (ended(sink).status, ended(sink).watermark, ended(sink).message) == ("failed", None, "no answer")
    again = ScriptedSource([page(1, "a"), page(2, None)])
    run(again, sink)
    assert again.asked == [(None, None, "a")]
    assert [each.identifier for each in sink.raws] == ["oai:x:1", "oai:x:2"]
    assert (len(sink.runs), ended(sink).status, ended(sink).received) == (1, "complete", 2)


def test_a_run_that_failed_before_its_first_page_begins_anew() -> None:
    sink = ListSink()
    with pytest.raises(TransportFailed):
        run(ScriptedSource([DOWN]), sink)
    run(ScriptedSource([page(1, None)]), sink)
    assert [each.status for each in sink.runs] == ["failed", "complete"]


def test_full_passes_over_watermark_and_checkpoint() -> None:
    sink = ListSink()
    with pytest.raises(TransportFailed):
        run(ScriptedSource([page(1, "a"), DOWN]), sink)
    source = ScriptedSource([page(1, "a"), page(2, None)])
    run(source, sink, full=True)
    assert source.asked == [(None, None, None)]


def test_stopping_ends_after_the_page_in_hand() -> None:
    sink = ListSink()
    with pytest.raises(KeyboardInterrupt):
        run(
            ScriptedSource([page(1, "a"), page(2, "b"), page(3, None)]),
            sink,
            stopping=lambda: len(sink.raws) > 1,
        )
    assert (ended(sink).status, ended(sink).checkpoint, ended(sink).received) == ("interrupted", "b", 2)


def test_stopping_at_the_last_page_is_too_late() -> None:
    assert run(ScriptedSource([page(1, None)]), ListSink(), stopping=lambda: True).status == "complete"


def test_an_interrupt_in_the_middle_of_a_page_keeps_the_pages_before() -> None:
    sink = ListSink()

    def interrupt() -> None:
        if sink.raws:
            raise KeyboardInterrupt

    sink.before_page = interrupt
    with pytest.raises(KeyboardInterrupt):
        run(ScriptedSource([page(1, "a"), page(2, None)]), sink)
    assert (ended(sink).status, ended(sink).checkpoint) == ("interrupted", "a")


def test_a_run_that_another_process_goes_on_with_is_left_to_it() -> None:
    sink = ListSink()

    def meanwhile() -> None:
        if sink.raws:
            sink._change(0, checkpoint="of the other")

    sink.before_page = meanwhile
    with pytest.raises(StoreError):
        run(ScriptedSource([page(1, "a"), page(2, None)]), sink)
    assert ended(sink).status == "running"


def test_a_source_that_ends_before_its_end_is_incomplete() -> None:
    sink = ListSink()
    with pytest.raises(IncompleteSource):
        run(ScriptedSource([page(1, "a"), IncompleteSource("cut off")]), sink)
    assert ended(sink).status == "incomplete"


@pytest.mark.parametrize(
    ("before", "now", "announced", "status"),
    [
        ([], [GAP], 1000, "incomplete"),
        ([GAP], [GAP], 1000, "incomplete"),
        ([], [SHORT], 1000, "incomplete"),
        ([SHORT], [SHORT], 1000, "complete"),
        ([SHORT], [SHORT], 200, "incomplete"),  # more than one in a hundred
        ([SHORT], [Remark("short", "", 4)], 1000, "incomplete"),
        ([SHORT, GAP], [SHORT], 1000, "incomplete"),
        ([SHORT], [SHORT, GAP], 1000, "incomplete"),
        ([SHORT], [SHORT], None, "incomplete"),
        ([], [Remark("note", "odd")], 1000, "complete"),
    ],
)
def test_what_may_be_called_complete(
    before: list[Remark], now: list[Remark], announced: int | None, status: str
) -> None:
    sink = ListSink()
    if before:
        run(ScriptedSource([page(1, None, *before, announced=announced)]), sink)
    done = run(ScriptedSource([page(1, None, *now, announced=announced)]), sink)
    assert done.status == status
    assert (done.watermark is not None) == (status == "complete")


def test_an_incomplete_run_moves_no_watermark() -> None:
    sink = ListSink()
    run(ScriptedSource([page(1, None, GAP)]), sink)
    source = ScriptedSource([page(1, None)])
    run(source, sink)
    assert source.asked == [(None, None, None)]


def test_remarks_of_the_pages_before_an_interruption_still_count() -> None:
    sink = ListSink()
    with pytest.raises(TransportFailed):
        run(ScriptedSource([page(1, "a", GAP), DOWN]), sink)
    assert run(ScriptedSource([page(1, "a", GAP), page(2, None)]), sink).status == "incomplete"


def test_what_a_page_cost_is_kept_with_it() -> None:
    traffic, ticks, sink = SimpleNamespace(requests=5, retries=1), iter(range(100)), ListSink()

    def ask() -> None:
        traffic.requests += 2
        traffic.retries += 1

    sink.before_page = lambda: None
    source = ScriptedSource([page(1, "a"), page(2, None)])
    harvest(source, sink, traffic, clock=lambda: float(next(ticks)), progress=lambda _: ask())
    assert (ended(sink).requests, ended(sink).retries, ended(sink).seconds) == (2, 1, 2.0)


def test_what_a_full_run_no_longer_meets_is_noted_and_stays() -> None:
    sink = ListSink()
    sink.missing = 2
    for full in (False, True, False):
        run(ScriptedSource([page(1, None)]), sink, full=full)
    assert [[remark.kind for remark in each.remarks] for each in sink.runs] == [[], ["note"], []]


def test_a_short_list_of_another_time_is_not_the_run_before() -> None:
    sink = ListSink()
    run(ScriptedSource([page(1, None, SHORT, announced=1000)]), sink)
    run(ScriptedSource([page(1, None, announced=1000)]), sink)
    assert run(ScriptedSource([page(1, None, SHORT, announced=1000)]), sink).status == "incomplete"


def test_what_its_plan_cost_is_counted_with_a_run() -> None:
    sink = ListSink()
    harvest(ScriptedSource([page(1, None)]), sink, SimpleNamespace(requests=5, retries=1), planned=(3, 1))
    assert (ended(sink).requests, ended(sink).retries) == (3, 1)
