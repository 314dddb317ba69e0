"""How fast engines index and answer: peerlit beside Whoosh, SQLite FTS5, tantivy and Xapian.

    python benchmarks/search_speed.py [--records 10000 …] [--engines peerlit,fts5,…] [--marc FILE]

Needs peerlit installed (`pip install -e .`); `pip install tantivy` and Debian's `python3-xapian` for those
two (`--xapian-python /usr/bin/python3` where it is another Python). What is not installed is left out.

The records are made up (benchmarks/generator), or those of a MARC file. All engines but peerlit are fed words
that peerlit has analysed and stemmed, which costs them nothing here; peerlit begins with the records of its
catalogue. Each engine indexes, and then answers, in a process of its own, engines by turns, one query after
the other: 200 of twelve kinds, made of the collection's own words. Each is asked in three ways:

- plain: parse, find, rank, the first twenty and how many there are
- facets: and count all hits by subject, year, journal, language, type and keyword, eight values each
- snippets: and read the twenty records and mark what was found

Each is the median of `--repeat` times; first is the first time each query is asked in its process. Memory is
that of a process and those it starts, a page that several share counted in parts: the most seen in indexing,
and what is held after all searches. Where an engine
finds more or fewer records than peerlit that is printed: figures for other answers would be worth nothing.
tantivy has a slop, which is something else, instead of NEAR. `--growth` adds 100 records to peerlit's index
and searches from the shell.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any, NamedTuple, Self

from engines.asked import Asked, queries
from engines.feed import Statistics, fill, write_feed
from engines.growth import cold_search, grown
from engines.memory import Watched, memory_of
from engines.worker import ENGINES
from generator import generate
from report import table

_WAYS = {
    "plain": {"facets": False, "snippets": False},
    "facets": {"facets": True, "snippets": False},
    "snippets": {"facets": True, "snippets": True},
}
_WORKER = Path(__file__).parent / "engines" / "worker.py"
_NEEDS = {"tantivy": "tantivy", "whoosh": "whoosh", "whoosh-default": "whoosh"}
_SLOW = 400.0
"""Milliseconds: what takes longer is asked once only."""


class Indexed(NamedTuple):
    seconds: float
    peak: float
    size: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", default=",".join(ENGINES), help="commas between")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3, help="how often each query is asked")
    parser.add_argument("--marc", type=Path, help="records of this file instead of made up ones")
    parser.add_argument("--xapian-python", default=sys.executable, help="a Python that has xapian")
    parser.add_argument("--keep", type=Path, help="where catalogues and indexes stay; else they are removed")
    parser.add_argument("--growth", action="store_true", help="what 100 more records and a cold search cost")
    options = parser.parse_args()
    names = [name for name in options.engines.split(",") if is_there(name, options.xapian_python)]
    for records in options.records:
        with folder_for(options.keep, records) as folder:
            measure(folder, records, names, options)


def is_there(name: str, xapian_python: str) -> bool:
    if name == "xapian":
        tried = subprocess.run([xapian_python, "-c", "import xapian"], capture_output=True, check=False)
        there = tried.returncode == 0
    else:
        there = name not in _NEEDS or find_spec(_NEEDS[name]) is not None
    if not there:
        print(f"{name} is not installed: left out", file=sys.stderr)
    return there


@contextmanager
def folder_for(keep: Path | None, records: int) -> Iterator[Path]:
    if keep is not None:
        folder = keep / str(records)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def measure(folder: Path, records: int, names: Sequence[str], options: argparse.Namespace) -> None:
    statistics = prepared(folder, records, options.marc, others=names != ["peerlit"])
    asked = queries(statistics, options.queries)
    if options.marc is not None:
        records = statistics.records
    print(f"\n## {records:,} records, {len(asked)} queries\n", flush=True)
    indexed = {name: index(name, folder, options.xapian_python) for name in names}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, folder, options.xapian_python)) for name in names}
        times, totals = ask(workers, asked, options.repeat)
        held = {name: worker.held() for name, worker in workers.items()}
    print(table(_INDEXING, indexing(records, indexed, held)))
    print()
    print(table(_SEARCHING, searching(times)), flush=True)
    print_by_kind(asked, times)
    print_differences(asked, totals)
    if options.growth:
        cold = cold_search(folder, [one.text for one in asked])
        more = grown(folder, records)
        print(
            f"\n`peerlit search` from the shell: {cold:.2f} s (median of 7); 100 records more: {more:.2f} s"
        )


def prepared(folder: Path, records: int, marc: Path | None, *, others: bool) -> Statistics:
    """Fill a catalogue, write what other engines are fed, and return what queries are made of."""
    if not (folder / "catalogue.sqlite").exists() and not any(folder.iterdir()):
        if marc is None:
            fill(folder, generate(records))
        else:
            import_marc(folder, marc)
    return write_feed(folder, folder / "feed.jsonl" if others or marc else None, records)


def import_marc(folder: Path, file: Path) -> None:
    from catalog.store import open_catalog
    from harvester.files.paths import read

    with open_catalog(folder, mode="create") as catalog:
        catalog.receive(read(file), source="marc", kind="file", location=str(file))


def index(name: str, folder: Path, xapian_python: str) -> Indexed:
    before = size_of(folder)
    python = xapian_python if name == "xapian" else sys.executable
    feed = folder / "feed.jsonl"
    if name == "whoosh-default":  # the same index asked otherwise
        return Indexed(0.0, 0.0, 0)
    process = subprocess.Popen([python, _WORKER, name, folder, feed], stdout=subprocess.PIPE, text=True)
    with Watched(process.pid) as watched:
        told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{name} could not index")
    return Indexed(json.loads(told)["seconds"], watched.peak, size_of(folder) - before)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Worker:
    """An engine in another process, asked over pipes."""

    def __init__(self, name: str, folder: Path, xapian_python: str) -> None:
        python = xapian_python if name == "xapian" else sys.executable
        self._process = subprocess.Popen(
            [python, _WORKER, name, folder, ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def search(self, one: Asked, way: str) -> tuple[float, int]:
        told = self._told({"text": one.text, "tree": one.tree, **_WAYS[way]})
        return told["ms"], told["total"]

    def held(self) -> float:
        return memory_of(self._process.pid)

    def _told(self, question: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("an engine ended before it had answered")
        return json.loads(line)


Times = dict[str, dict[str, list[list[float]]]]  # engine -> way -> query -> times


def ask(
    workers: Mapping[str, Worker], asked: Sequence[Asked], repeat: int
) -> tuple[Times, dict[str, list[int]]]:
    """Ask every query in every way, engines by turns; the first way and time is the coldest."""
    times: Times = {name: {way: [[] for _ in asked] for way in _WAYS} for name in workers}
    totals: dict[str, list[int]] = {name: [0] * len(asked) for name in workers}
    for way in _WAYS:
        for _ in range(repeat):
            for number, one in enumerate(asked):
                for name, worker in workers.items():
                    known = times[name][way][number]
                    if known and known[0] > _SLOW:
                        continue
                    taken, total = worker.search(one, way)
                    known.append(taken)
                    totals[name][number] = total
    return times, totals


_INDEXING = ("indexing", "records/s", "MiB of memory", "MB on disk", "MiB of memory searching")
_SEARCHING = ("ms: p50 / mean / p95", "first", *_WAYS)


def indexing(
    records: int, indexed: Mapping[str, Indexed], held: Mapping[str, float]
) -> Iterator[tuple[str, ...]]:
    for name, made in indexed.items():
        figures = (f"{records / made.seconds:,.0f}", f"{made.peak:,.0f}", f"{made.size / 1e6:,.0f}")
        yield name, *(figures if made.seconds else ("", "", "")), f"{held[name]:,.0f}"


def searching(times: Times) -> Iterator[tuple[str, ...]]:
    for name, ways in times.items():
        first = spread([each[0] for each in ways["plain"]])
        yield name, first, *(spread([median(each) for each in ways[way]]) for way in _WAYS)


def spread(values: Sequence[float]) -> str:
    """Return the median, the mean and the 95th percentile."""
    return f"{median(values):.1f} / {mean(values):.1f} / {quantiles(values, n=20)[-1]:.1f}"


def print_by_kind(asked: Sequence[Asked], times: Times) -> None:
    """Print the medians of each kind of query: what a mean over kinds hides."""
    kinds = dict.fromkeys(one.kind for one in asked)
    for way in ("plain", "facets"):
        lines = []
        for kind in kinds:
            places = [number for number, one in enumerate(asked) if one.kind == kind]
            medians = (median(median(times[name][way][number]) for number in places) for name in times)
            lines.append((kind, str(len(places)), *(f"{value:.2f}" for value in medians)))
        print(f"\n{way}, median ms by kind\n")
        print(table(("kind", "queries", *times), lines), flush=True)


def print_differences(asked: Sequence[Asked], totals: Mapping[str, Sequence[int]], most: int = 5) -> None:
    """Print where an engine finds another number of records than peerlit."""
    if "peerlit" not in totals:
        return
    ours = totals["peerlit"]
    print()
    for name, theirs in totals.items():
        other = [place for place, one in enumerate(asked) if ours[place] != theirs[place]]
        if name != "peerlit":
            print(f"{name}: {len(asked) - len(other)} of {len(asked)} totals agree")
        for place in other[:most]:
            print(f"  {asked[place].text}: {theirs[place]:,}, not {ours[place]:,}")


if __name__ == "__main__":
    main()
