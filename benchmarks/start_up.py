"""How long a command takes from a cold start: `peerlit --help`, and searches of a catalogue made from FILE.

    python benchmarks/start_up.py FILE [--runs 11]

FILE: records of any format peerlit reads. Needs peerlit installed (`pip install -e .`).

Every run is a process of its own. The words searched for are the most frequent ones of the titles, so that
any file gives searches with many hits. Searches print 20 hits, as on a terminal.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from report import middle, table

_PEERLIT = (sys.executable, "-c", "import sys; from cli import main; sys.exit(main())")
_WORD = re.compile(r"[a-z]{5,}")
_TITLES = ("search", "--format", "csv", "--fields", "title")
_SHOWN = ("--limit", "20")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=11, help="how often each command is run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PEERLIT_CATALOG"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its modules compiled
        peerlit("--quiet", "import", str(options.file.resolve()))
        queries = searches(peerlit("--quiet", *_TITLES))
        rows = [("`--help`", "", timed(("--help",), options.runs)), empty_process(options.runs)]
        for kind, (query, *more) in queries.items():
            hits = peerlit("--quiet", "search", "--count", query).strip()
            took = timed(("search", query, *_SHOWN, *more), options.runs)
            rows.append((f"{kind}: `{query}`", f"{int(hits):,}", took))
    print(table(("command", "hits", "ms, median (least to greatest)"), rows))


def searches(titles: str) -> dict[str, list[str]]:
    """Return searches of each kind: the query, then options."""
    words = [_WORD.findall(line) for line in titles.lower().splitlines()]
    often = [word for word, _ in Counter(word for line in words for word in line).most_common(10)]
    ((one, next_one), _), *_ = Counter(pair for line in words for pair in pairwise(line)).most_common(1)
    return {
        "one word": [often[0]],
        "AND": [f"{often[0]} {often[1]}"],
        "phrase": [f'"{one} {next_one}"'],
        "near": [f"{one} NEAR/5 {next_one}"],
        "ending": [f"{often[0][:4]}*"],
        "OR of ten": [" OR ".join(often)],
        "facets": [often[0], "--facets"],
        "everything": [""],
    }


def empty_process(runs: int) -> tuple[str, str, str]:
    """Measure what starting Python alone takes: nothing can be faster."""
    return "`python -c pass`", "", middle([milliseconds((sys.executable, "-c", "pass")) for _ in range(runs)])


def timed(args: tuple[str, ...], runs: int) -> str:
    return middle([milliseconds((*_PEERLIT, *args)) for _ in range(runs)])


def milliseconds(command: tuple[str, ...]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return 1000 * (time.perf_counter() - begun)


def peerlit(*args: str) -> str:
    done = subprocess.run((*_PEERLIT, *args), stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    main()
