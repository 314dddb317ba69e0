"""What it costs to add to a catalogue, and to search from the shell."""

import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from generator import generate

from catalog.store import open_catalog
from engines.feed import fill
from index import open_engine
from index.sync import sync

_MORE = 100
_TIMES = 7
_PEERLIT = "from cli import main; main()"


def grown(folder: Path, records: int) -> float:
    """Add a hundred records to a catalogue and return in how many seconds they are indexed."""
    fill(folder, islice(generate(records + _MORE), records, None))
    started = time.perf_counter()
    engine = open_engine(folder / "index", write=True)
    with open_catalog(folder) as catalog:
        assert sync(catalog, engine) == _MORE
    engine.close()
    return time.perf_counter() - started


def cold_search(folder: Path, queries: Sequence[str]) -> float:
    """Return the median seconds of `peerlit search` as a shell runs it."""
    taken = []
    for query in queries[:_TIMES]:
        command = [sys.executable, "-c", _PEERLIT, "--catalog", str(folder), "search", query, "--limit", "20"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode not in {0, 1}:
            raise SystemExit(done.stderr.decode())
        taken.append(time.perf_counter() - started)
    return median(taken)
