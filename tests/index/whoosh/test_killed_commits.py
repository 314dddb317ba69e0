"""A writer killed at any moment, while another process searches without pause."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import open_engine
from index.engine import Change
from index.query.ast import All
from index.query.parser import parse
from index.whoosh import tiers
from tests.index.builders import titled

ROOT = Path(__file__).resolve().parents[3]
ADDED = 7

# Commits one batch after the other, with merges all the time, until it is killed.
CHILD = """
import sys
from pathlib import Path
from tests.index.whoosh.test_killed_commits import write_on

if __name__ == "__main__":
    write_on(Path(sys.argv[1]), sys.argv[2])
"""


def numbered(number: int) -> Change:
    """Return the n-th change: every third takes away what one before has added."""
    if number % 3 == 2:
        return Change(f"k{number - 2}", None)
    return titled(f"k{number}", f"peer support {'even' if number % 2 else 'odd'}")


def batch(revision: int) -> range:
    return range((revision - 1) * ADDED, revision * ADDED)


def write_on(folder: Path, how: str) -> None:
    tiers.FEW = 2
    engine = open_engine(folder, write=True)
    batches = ((batch(revision), revision) for revision in range(engine.revision() + 1, 1 << 30))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if how == "workers":
        for _ in engine.apply_all(batches, numbered):
            pass
    for numbers, revision in batches:
        engine.apply(map(numbered, numbers), revision)


def after(revision: int) -> list[int]:
    """Return how many documents there are after a revision, and how many of them are even."""
    changes = revision * ADDED
    waiting = [number for number in range(max(changes - 2, 0), changes) if number % 3 == 0]
    even = len(range(1, changes, 6)) + sum(number % 2 for number in waiting)
    return [len(range(1, changes, 3)) + len(waiting), even]


QUERIES = [All(), parse("even")]


@contextmanager
def writing(folder: Path, how: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a writer, and kill it at the end of the block."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), how], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        yield child
    finally:
        child.kill()
        child.communicate()
    assert child.returncode == -signal.SIGKILL


def children_of(process: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == process:
            found.append(int(stat.parent.name))
    return found


def search_while_killed(folder: Path, how: str, kills: int) -> None:
    reader = open_engine(folder, write=False)
    randomness = random.Random(kills)
    seen = 0
    for _ in range(kills):
        until = None
        with writing(folder, how) as writer:
            patience = time.monotonic() + 30
            while until is None or time.monotonic() < until:
                assert time.monotonic() < patience, "nothing is committed"
                if until is None and reader.revision() > seen:  # workers take a while to start
                    until = time.monotonic() + randomness.random() / 5
                found, revision = reader.counts(QUERIES), reader.revision()
                while after(revision)[0] > found[0]:
                    revision -= 1
                assert found == after(revision)
            workers = children_of(writer.pid)
        assert bool(workers) == (how == "workers")
        wait_for_the_end_of(workers)
        fresh = open_engine(folder, write=False)
        assert not fresh.needs_rebuild
        seen = fresh.revision()
        assert fresh.counts(QUERIES) == reader.counts(QUERIES) == after(seen)
        fresh.close()
    reader.close()


def wait_for_the_end_of(processes: list[int]) -> None:
    end = time.monotonic() + 5
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < end, "a worker outlives who started it"
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", ["alone", "workers"])
def test_readers_see_whole_commits_of_a_writer_that_is_killed(tmp_path: Path, how: str) -> None:
    search_while_killed(tmp_path, how, kills=1 if how == "workers" else 3)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["alone", "workers"])
def test_readers_see_whole_commits_of_a_writer_that_is_killed_often(tmp_path: Path, how: str) -> None:
    search_while_killed(tmp_path, how, kills=50)
