"""The runs: begun, gone on with, ended, and what is known of them afterwards."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from catalog.errors import IncompleteSource, StoreError, UsageFault
from catalog.record import RawRecord, Remark
from catalog.store import Catalog, Counts, Harvest
from tests.catalog.store.seen import titles

if TYPE_CHECKING:
    from harvester.protocol import Sink

Take = Callable[..., Counts]
Make = Callable[..., RawRecord]
ASKED = {"sets": "a b", "prefix": "oai_doaj"}


def begin(catalog: Catalog, source: str = "doaj", *, request: dict[str, str] | None = None) -> int:
    return catalog.begin(
        source, kind="oai-pmh", location="https://doaj.example", request=ASKED if request is None else request
    )


def ended(
    catalog: Catalog, status: str, watermark: str | None = None, *, request: dict[str, str] | None = None
) -> Harvest:
    number = begin(catalog, request=request)
    catalog.page(number, [], "checkpoint")
    return catalog.finish(number, status, watermark=watermark)


def test_the_catalogue_is_a_sink(catalog: Catalog) -> None:
    sink: Sink = catalog  # which the type checker sees to
    number = sink.begin(
        "doaj", kind="oai-pmh", location="u", request={}, since="2024-01-01", until="2024-02-01"
    )
    assert sink.resume(number).since == "2024-01-01"
    assert sink.page(number, []).received == 0
    assert sink.finish(number, "complete", watermark="2024-01-31").watermark == "2024-01-31"
    last = sink.last("doaj", {}, "complete")
    assert last is not None
    assert last.until == "2024-02-01"


def test_a_run_is_reported_in_full(catalog: Catalog, raw: Make) -> None:
    number = begin(catalog)
    note, gap = Remark("note", "the token has expired"), Remark("gap", "a page", 3)
    first, second = raw("1", title="A", datestamp="2024-03-01"), raw("2", title="B", datestamp="2024-02-01")
    catalog.page(number, [first], "one", announced=9, requests=2, retries=1, seconds=1.5, server="DOAJ")
    catalog.page(number, [second, raw("3", title="C")], "two", after="one", remarks=[note], requests=1)
    catalog.page(number, [first], after="two", announced=4, seconds=0.5, remarks=[note])
    run = catalog.finish(number, "incomplete", "3 are missing", watermark="2024-03-01", remarks=[gap])
    assert run == catalog.harvest(number)
    assert run._replace(started_at="", finished_at="") == Harvest(
        id=1,
        source="doaj",
        kind="oai-pmh",
        location="https://doaj.example",
        request=ASKED,
        since=None,
        until=None,
        started_at="",
        finished_at="",
        status="incomplete",
        message="3 are missing",
        checkpoint=None,
        watermark=None,
        newest_datestamp="2024-03-01",
        announced=4,
        server="DOAJ",
        remarks=(note, note, gap),
        requests=3,
        retries=1,
        seconds=2.0,
        resumptions=0,
        counts=Counts(received=4, new=3, repeated=1),
    )


class TestGoingOn:
    def test_a_run_broken_off_goes_on_from_its_checkpoint(self, catalog: Catalog, raw: Make) -> None:
        number = begin(catalog)
        catalog.page(number, [raw("1", title="A")], "one", seconds=2)
        catalog.finish(number, "failed", "the server is down")
        broken_off = catalog.unfinished("doaj", dict(reversed(ASKED.items())))
        assert broken_off is not None
        assert (broken_off.id, broken_off.checkpoint) == (number, "one")
        going_on = catalog.resume(number)
        assert (going_on.status, going_on.finished_at, going_on.message) == ("running", None, None)
        catalog.page(number, [raw("2", title="B")], after="one", seconds=3)
        run = catalog.finish(number, "complete")
        assert (run.resumptions, run.seconds, run.counts) == (1, 5, Counts(received=2, new=2))

    def test_one_killed_before_it_could_end_goes_on_as_well(self, catalog: Catalog) -> None:
        number = begin(catalog)
        catalog.page(number, [], "one")
        broken_off = catalog.unfinished("doaj", ASKED)
        assert broken_off is not None
        assert (broken_off.id, broken_off.status) == (number, "running")
        assert catalog.resume(number).resumptions == 1

    @pytest.mark.parametrize("status", ["complete", "incomplete"])
    def test_one_that_came_to_its_end_does_not(self, catalog: Catalog, status: str) -> None:
        run = ended(catalog, status)
        assert run.checkpoint is None
        assert catalog.unfinished("doaj", ASKED) is None
        with pytest.raises(StoreError, match=f"harvest 1 is {status}: there is nothing"):
            catalog.resume(run.id)

    def test_one_without_a_page_begins_anew(self, catalog: Catalog) -> None:
        catalog.finish(begin(catalog), "failed")
        assert catalog.unfinished("doaj", ASKED) is None

    def test_only_the_newest_of_the_request_goes_on(self, catalog: Catalog) -> None:
        ended(catalog, "interrupted")
        ended(catalog, "complete")
        assert catalog.unfinished("doaj", ASKED) is None
        newest = ended(catalog, "failed")
        ended(catalog, "interrupted", request={"sets": "c"})
        assert catalog.unfinished("doaj", ASKED) == newest
        assert catalog.unfinished("other", ASKED) is None

    def test_of_two_processes_that_go_on_with_one_run_the_second_is_refused(
        self, catalog: Catalog, raw: Make
    ) -> None:
        number = begin(catalog)
        catalog.page(number, [], "one")
        catalog.resume(number)
        catalog.page(number, [raw("1", title="A")], "two", after="one")
        before = catalog.harvest(number)
        with pytest.raises(StoreError, match="another process goes on with this harvest"):
            catalog.page(number, [raw("2", title="B")], "two", after="one", requests=1)
        assert catalog.harvest(number) == before
        assert titles(catalog) == ["A"]


class TestWatermark:
    @pytest.mark.parametrize(
        ("before", "given", "kept"),
        [
            (None, None, None),
            (None, "2024-02-01", "2024-02-01"),
            ("2024-01-01", None, "2024-01-01"),
            ("2024-01-01", "2023-12-31", "2024-01-01"),
            ("2024-01-01", "2024-01-01T00:00:05Z", "2024-01-01T00:00:05Z"),
        ],
    )
    def test_never_goes_back(
        self, catalog: Catalog, before: str | None, given: str | None, kept: str | None
    ) -> None:
        ended(catalog, "complete", before)
        ended(catalog, "failed", "2030-01-01")
        ended(catalog, "complete", "2031-01-01", request={"sets": "other"})
        assert ended(catalog, "complete", given).watermark == kept
        last = catalog.last("doaj", ASKED, "complete")
        assert last is not None
        assert last.watermark == kept

    @pytest.mark.parametrize("status", ["incomplete", "interrupted", "failed"])
    def test_is_that_of_a_complete_run_alone(self, catalog: Catalog, status: str) -> None:
        assert ended(catalog, status, "2024-01-01").watermark is None


def test_known_are_the_newest_runs_of_what_servers_were_asked(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="A"), source="file")
    ended(catalog, "complete")
    ended(catalog, "failed", request={"sets": "c"})
    newest = ended(catalog, "interrupted")
    assert [(run.id, run.request) for run in catalog.known()] == [(3, {"sets": "c"}), (newest.id, ASKED)]


def test_unseen_is_what_the_request_brought_before_and_not_now(catalog: Catalog, raw: Make) -> None:
    def dated(identifier: str, *, day: int = 1, deleted: bool = False) -> RawRecord:
        return raw(identifier, title=identifier, datestamp=f"2024-01-0{day}", deleted=deleted)

    earlier = begin(catalog)
    catalog.page(earlier, [dated("again"), dated("older", day=2), dated("gone"), dated("missing")])
    catalog.finish(earlier, "complete")
    catalog.page(begin(catalog, request={"sets": "other"}), [dated("elsewhere")])
    catalog.page(begin(catalog, "another"), [dated("missing")])
    now = begin(catalog)
    catalog.page(now, [dated("again"), dated("older"), dated("gone", day=3, deleted=True), dated("new")])
    assert catalog.unseen(now) == 1
    assert catalog.unseen(earlier) == 0


def test_rejections_can_be_had_of_one_run(catalog: Catalog, raw: Make) -> None:
    first = begin(catalog)
    catalog.page(first, [raw("1", payload=b"broken")])
    second = begin(catalog, request={})
    catalog.page(second, [raw("2", payload=b"broken"), raw("3", title="A")])
    assert [rejected.identifier for rejected in catalog.rejections(harvest=second)] == ["2"]
    assert [rejected.file for rejected in catalog.rejections("doaj")] == ["https://doaj.example"] * 2


class TestSources:
    def test_one_source_may_come_several_ways(self, catalog: Catalog, raw: Make) -> None:
        sent = raw("1", title="A", datestamp="2024-01-01")
        feed = catalog.begin("doaj", kind="doaj-feed", location="u/feed", request={"sets": "a"})
        catalog.page(feed, [sent])
        api = catalog.begin("doaj", kind="doaj-api", location="u/api", request={"query": "a"})
        assert catalog.page(api, [sent]) == Counts(received=1, unchanged=1)
        assert [(run.kind, run.location, run.status) for run in catalog.harvests("doaj")] == [
            ("doaj-api", "u/api", "running"),
            ("doaj-feed", "u/feed", "running"),
        ]

    def test_a_place_keeps_the_name_it_was_harvested_under(self, catalog: Catalog) -> None:
        def name_at(place: str) -> str:
            return catalog.source_at("export", kind="file", location=place)

        begin(catalog, "export")
        assert name_at("/a/export.mrc") == "export-2"
        catalog.begin("export", kind="file", location="/b/export.mrc", request={})
        assert [name_at(place) for place in ("/b/export.mrc", "/a/export.mrc", "/c/export.mrc")] == [
            "export",
            "export-2",
            "export-3",
        ]

    def test_a_name_that_no_key_could_begin_with_is_refused(self, catalog: Catalog) -> None:
        with pytest.raises(UsageFault, match="cannot be the name"):
            begin(catalog, "My Source")


class TestRunsOfFiles:
    def test_one_left_running_is_marked_interrupted_by_the_next(self, catalog: Catalog) -> None:
        catalog.begin("loc", kind="file", location="f", request={})
        catalog.begin("other", kind="file", location="f", request={})
        catalog.begin("loc", kind="file", location="g", request={})
        assert [(h.source, h.status, h.location) for h in catalog.harvests()] == [
            ("loc", "running", "g"),
            ("other", "running", "f"),
            ("loc", "interrupted", "f"),
        ]
        assert [h.id for h in catalog.harvests("other")] == [2]

    def test_one_that_another_has_taken_over_is_refused_its_next_page(
        self, catalog: Catalog, raw: Make
    ) -> None:
        first = catalog.begin("loc", kind="file", location="f", request={})
        second = catalog.begin("loc", kind="file", location="f", request={})
        with pytest.raises(StoreError, match="another run"):
            catalog.page(first, [raw("1", title="A")])
        assert catalog.page(second, [raw("1", title="A")]).new == 1
        assert catalog.finish(first, "complete").status == "interrupted"

    def test_an_interrupt_between_pages_is_told_from_a_failure(self, catalog: Catalog, raw: Make) -> None:
        def interrupted() -> Iterator[RawRecord]:
            yield from (raw(str(n), title="A") for n in range(1500))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            catalog.receive(interrupted(), source="loc", kind="file", location="f")
        (harvest,) = catalog.harvests()
        assert (harvest.status, harvest.counts.received) == ("interrupted", 1000)
        assert catalog.unfinished("loc", {}) is None, "a file is read from its beginning"

    def test_what_came_before_a_source_broke_off_is_kept(self, catalog: Catalog, raw: Make) -> None:
        def broken() -> Iterator[RawRecord]:
            yield raw("1", title="A")
            raise IncompleteSource("the file ends in the middle of a record")

        with pytest.raises(IncompleteSource):
            catalog.receive(broken(), source="loc", kind="file", location="f")
        (harvest,) = catalog.harvests()
        assert (harvest.status, harvest.message) == ("failed", "the file ends in the middle of a record")
        assert titles(catalog) == ["A"]

    def test_progress_hears_the_figures_so_far(self, catalog: Catalog, raw: Make) -> None:
        heard: list[Counts] = []
        catalog.receive(
            (raw(str(n), title="A") for n in range(2500)),
            source="loc",
            kind="file",
            location="f",
            progress=heard.append,
        )
        assert [counts.received for counts in heard] == [1000, 2000, 2500]
