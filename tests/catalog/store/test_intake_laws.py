"""Laws of the intake, over random sources: nothing is lost, a run broken off and repeated leaves no trace."""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.record import Place, RawRecord
from catalog.store import Catalog, open_catalog
from tests.catalog.store.canonical import contents

PAGE = 2
EXAMPLES = 150
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # hundreds of catalogues: no disk needs them


class Run(NamedTuple):
    """One run of one source, and after how many pages it was killed before it was repeated, each time."""

    source: str
    raws: list[RawRecord]
    killed_after: list[int]


payloads = st.sampled_from(
    [
        b'{"title": "A", "family": "Ng"}',
        b'{"title": "B", "family": "Ng", "doi": "10.1/b"}',
        b'{"title": "C", "doaj": "00000000000000000000000000000001"}',
        b'{"title": "D", "family": "Ng", "doaj": "00000000000000000000000000000001"}',
        b'{"title": "E", "doaj": "00000000000000000000000000000002"}',
        b"broken",
    ]
)


def raws_of(datestamps: st.SearchStrategy[str | None]) -> st.SearchStrategy[list[RawRecord]]:
    one = st.builds(
        RawRecord,
        identifier=st.sampled_from(["1", "2"]),
        format=st.sampled_from(["rich", "poor"]),
        payload=payloads,
        datestamp=datestamps,
        deleted=st.sampled_from([False, False, False, True]),
    )
    lost = st.builds(
        RawRecord,
        identifier=st.sampled_from(["1", "2"]),
        format=st.just("rich"),
        payload=st.just(b""),
        datestamp=datestamps,
        fault=st.just("the server failed on it"),
    )
    return st.lists(st.one_of(one, one, lost), max_size=9)


def runs_of(source: str, datestamps: st.SearchStrategy[str | None]) -> st.SearchStrategy[Run]:
    return st.builds(
        Run, st.just(source), raws_of(datestamps), st.lists(st.integers(min_value=0, max_value=4), max_size=2)
    )


histories = st.lists(
    st.one_of(
        runs_of("file", st.none()),
        runs_of("other", st.none()),
        runs_of("feed", st.sampled_from(["2024-01-01", "2024-01-02", "2024-01-03"])),
    ),
    min_size=1,
    max_size=4,
)


def pages_of(raws: Sequence[RawRecord]) -> list[list[RawRecord]]:
    placed = [
        RawRecord(
            identifier=raw.identifier,
            format=raw.format,
            payload=raw.payload,
            datestamp=raw.datestamp,
            deleted=raw.deleted,
            fault=raw.fault,
            place=Place(ordinal=ordinal),
        )
        for ordinal, raw in enumerate(raws, start=1)
    ]
    return [placed[start : start + PAGE] for start in range(0, len(placed), PAGE)]


def perform(catalog: Catalog, run: Run, *, kill: bool) -> None:
    """Perform a run; a killed one stops after a page without a word, and is begun again."""
    pages = pages_of(run.raws)
    for stop in [*(run.killed_after if kill else []), None]:
        harvest = catalog.begin(run.source, kind="file", location="f", request={})
        for page in pages[:stop]:
            catalog.page(harvest, page)
        if stop is None:
            catalog.finish(harvest, "complete")


def dated(identifier: str, datestamp: str, *, deleted: bool = False, fault: str | None = None) -> RawRecord:
    payload = b"" if fault else b'{"title": "A", "family": "Ng"}'
    return RawRecord(
        identifier=identifier,
        format="rich",
        payload=payload,
        datestamp=datestamp,
        deleted=deleted,
        fault=fault,
    )


BACK_AFTER_TWO_FAILURES = [
    dated("1", "2024-01-01"),
    dated("2", "2024-01-01", deleted=True),
    dated("2", "2024-01-03", fault="the server failed on it"),
    dated("2", "2024-01-02", fault="the server failed on it"),
    dated("2", "2024-01-02"),
]


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
@example([Run("feed", BACK_AFTER_TWO_FAILURES, [3])])
def test_runs_killed_and_repeated_leave_what_uninterrupted_ones_leave(
    importing: SimpleNamespace, history: list[Run]
) -> None:
    left = []
    for kill in (False, True):
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            with open_catalog(Path(folder), mode="create", crosswalks=importing.CROSSWALKS) as catalog:
                for run in history:
                    perform(catalog, run, kill=kill)
            left.append(contents(Path(folder)))
    assert left[1] == left[0]


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_nothing_is_lost_and_no_name_changes(importing: SimpleNamespace, history: list[Run]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        named: dict[str, str] = {}
        with open_catalog(Path(folder), mode="create", crosswalks=importing.CROSSWALKS) as catalog:
            for run in history:
                revision = catalog.revision()
                perform(catalog, run, kill=True)
                changed = {change.key for change in catalog.changes(revision)}
                now = {stored.key: stored for stored in catalog.live()}
                assert {key for key in now if now[key].revision > revision} == {
                    key for key in changed if key in now
                }
                for citation_key in named:
                    catalog.get(citation_key)
                kept = {key: stored.citation_key for key, stored in now.items() if key in named.values()}
                assert len(set(kept.values())) == len(kept)
                named |= {stored.citation_key: key for key, stored in now.items()}
            for harvest in catalog.harvests():
                assert harvest.counts.received == sum(harvest.counts[1:])
            found = catalog.stats()
            assert found.records == len(list(catalog.live()))
            assert found.rejections == len(list(catalog.rejections()))
            for stored in catalog.live():
                shown = [held for held in catalog.raws(stored.key) if held.shown]
                assert len(shown) <= 1
                assert not any(held.raw.deleted for held in shown)
        connection = sqlite3.connect(Path(folder) / "catalogue.sqlite")
        kept_bytes = {bytes(row[0]) for row in connection.execute("SELECT bytes FROM payload")}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        assert kept_bytes == {raw.payload for run in history for raw in run.raws}
