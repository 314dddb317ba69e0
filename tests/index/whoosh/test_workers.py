"""Two processes at work: the same index as one alone makes, whatever becomes of the workers."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import open_engine, sync
from index.engine import Change
from index.query.parser import parse
from tests.index.test_sync import Ledger
from tests.index.whoosh.test_killed_commits import (
    CHILD,
    QUERIES,
    ROOT,
    after,
    batch,
    children_of,
    numbered,
    wait_for_the_end_of,
)

LAST = 6


def failing_in_workers(number: int) -> Change:
    if multiprocessing.parent_process() is not None and number == 25:
        raise ValueError(number)
    return numbered(number)


def dying_in_workers(number: int) -> Change:
    if multiprocessing.parent_process() is not None and number == 25:
        os._exit(1)
    return numbered(number)


def failing(number: int) -> Change:
    if number == 25:
        raise ValueError(number)
    return numbered(number)


@pytest.mark.parametrize(
    "read",
    [
        failing_in_workers,
        pytest.param(numbered, marks=pytest.mark.slow),
        pytest.param(dying_in_workers, marks=pytest.mark.slow),
    ],
)
def test_nothing_is_lost(tmp_path: Path, read: Callable[[int], Change]) -> None:
    engine = open_engine(tmp_path, write=True)
    taken = []
    for count in engine.apply_all(((batch(n), n) for n in range(1, LAST + 1)), read):
        taken.append(count)
        assert engine.revision() == len(taken)
        assert engine.counts(QUERIES) == after(len(taken))
    assert taken == [7] * LAST
    assert not multiprocessing.active_children()
    assert len(list(tmp_path.glob("*.seg"))) <= LAST
    engine.close()


@pytest.mark.slow
def test_what_fails_here_too_is_raised_and_all_before_it_kept(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, write=True)
    with pytest.raises(ValueError, match="25"):
        list(engine.apply_all(((batch(n), n) for n in range(1, LAST + 1)), failing))
    assert (engine.revision(), engine.counts(QUERIES)) == (3, after(3))
    assert not multiprocessing.active_children()
    assert len(list(tmp_path.glob("*.seg"))) == 3
    engine.apply(map(numbered, batch(4)), 4)
    assert engine.counts(QUERIES) == after(4)
    engine.close()


@pytest.mark.slow
def test_who_stops_listening_stops_the_workers(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, write=True)
    steps = engine.apply_all(((batch(n), n) for n in range(1, LAST + 1)), numbered)
    assert next(steps) == 7
    steps.close()
    assert not multiprocessing.active_children()
    assert (engine.revision(), engine.counts(QUERIES)) == (1, after(1))
    assert len(list(tmp_path.glob("*.seg"))) == 1
    engine.close()


def test_a_catalogue_that_is_far_ahead_is_indexed_by_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger()
    for number in range(40):
        ledger.put(f"k{number % 30}", f"peer support {number}" if number % 7 else None)
    monkeypatch.setattr(sync, "MANY", 20)
    monkeypatch.setattr(sync, "_processors", lambda: 2)
    told: list[int] = []
    engine = open_engine(tmp_path, write=True)
    assert sync.sync(ledger, engine, batch=8, progress=told.append) == 30
    assert told == [8, 8, 8, 6]
    assert engine.keys(parse("support")) == sorted(
        key for key, change in ledger.latest.items() if change.record
    )
    engine.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_of_them_leaves_none_and_no_noise(tmp_path: Path, number: signal.Signals) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), "workers"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    reader = open_engine(tmp_path, write=False)
    while reader.revision() < 3:
        assert writer.poll() is None
    workers = children_of(writer.pid)
    os.killpg(writer.pid, number)
    _, noise = writer.communicate(timeout=10)
    wait_for_the_end_of(workers)
    assert workers
    assert noise.count("Traceback") == (number == signal.SIGINT)
    assert reader.counts(QUERIES) == after(reader.revision())
    reader.close()


FIRST = """
import multiprocessing, re
from pathlib import Path
from index.whoosh.workers import working
from tests.index.whoosh.test_killed_commits import numbered

if __name__ == "__main__":
    with working(".", [], numbered):
        for child in multiprocessing.active_children():
            status = Path(f"/proc/{child.pid}/status").read_text()
            print(re.search(r"SigBlk:\\s*(\\w+)", status)[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks for signals in /proc")
def test_no_worker_hears_an_interrupt_not_even_the_first() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, capture_output=True, text=True, check=True)
    blocked = [int(mask, 16) >> (signal.SIGINT - 1) & 1 for mask in done.stdout.split()]
    assert blocked == [1, 1]
