"""How many readers a served catalogue bears: requests a second, how long the slowest wait, memory.

    python benchmarks/serve_load.py [--folder CATALOGUE | --records 100000] [--clients 50] [--seconds 60]
                                    [--workers 2] [--only pages] [--new] [--zebra]

Needs peerlit installed. Clients keep their connections and ask at once for the next thing when they have the
last: results pages with all facets (200 queries of twelve kinds made of the collection's own words, as in
search_speed.py), record pages, SRU (ten records as MARCXML) and OAI-PMH (a list of records), in the shares
of `_SHARES`. They are one process of plain asyncio, which takes its share of the processors. Answers are read
whole and their status looked at.

The server keeps answers for who asks for the same; with `--new` nobody does. The first seconds are not
counted. Memory is that of each process, a page that several share counted in parts. Processor time is what
all processes of the server took, divided by the requests: of all figures it depends least on what else the
machine does.

`--zebra` asks Zebra (Debian's `idzebra-2.0`) for the same: SRU searchRetrieve, ten records as MARCXML, of the
same records as peerlit exports them, one server after the other.
"""

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import quote, urlencode

from engines.asked import queries
from engines.feed import fill, write_feed
from engines.memory import memory_of
from generator import generate
from report import table
from zebra import zebra

from catalog.store import open_catalog

_SHARES = {"pages": 60, "records": 20, "SRU": 10, "OAI-PMH": 10}
_WARMING = 3.0
_EVERY = 10.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Asked(NamedTuple):
    kind: str
    target: str


class Measured(NamedTuple):
    """Milliseconds of each answer by kind, errors, memory over time, processor time of the server."""

    times: dict[str, list[float]]
    errors: list[str]
    memory: list[list[float]]
    processor: float
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="a catalogue that is there")
    parser.add_argument("--records", type=int, default=100_000, help="how many to make up otherwise")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", choices=_SHARES)
    parser.add_argument("--new", action="store_true", help="never ask for the same twice: no answer is kept")
    parser.add_argument("--zebra", action="store_true")
    options = parser.parse_args()
    with folder_for(options.folder, options.records) as folder:
        texts, keys = material(folder)
        with peerlit(folder, options.workers) as (port, processes):
            asked = [*mixed(texts, keys, options.only)]
            report("peerlit", run(port, processes, asked, options))
            if options.zebra:
                report("peerlit, SRU", run(port, processes, [*sru("/sru", texts)], options))
        if options.zebra:
            with zebra(folder) as (port, process):
                report("Zebra, SRU", run(port, [process], [*sru("/Default", texts)], options))


@contextmanager
def folder_for(given: Path | None, records: int) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        fill(Path(made), generate(records))
        yield Path(made)


def material(folder: Path) -> tuple[list[str], list[str]]:
    """Return queries and keys of records."""
    texts = [each.text for each in queries(write_feed(folder, None, 0), 200)]
    with open_catalog(folder) as catalog:
        keys = [stored.key for stored in islice(catalog.live(), 2_000)]
    return texts, keys


def mixed(texts: Sequence[str], keys: Sequence[str], only: str | None) -> Iterator[Asked]:
    """Yield ten thousand requests in their shares, always the same."""
    choose = random.Random(1)
    kinds = [only] if only else list(_SHARES)
    for kind in choose.choices(kinds, [_SHARES[kind] for kind in kinds], k=10_000):
        match kind:
            case "pages":
                page = choose.choice(["", "", "", "&page=2"])
                yield Asked(kind, f"/search?q={quote(choose.choice(texts))}{page}")
            case "records":
                yield Asked(kind, f"/record/{quote(choose.choice(keys))}")
            case "SRU":
                yield next(sru("/sru", [choose.choice(texts)]))
            case _:
                yield Asked(kind, "/oai?verb=ListRecords&metadataPrefix=oai_dc")


def sru(path: str, texts: Sequence[str]) -> Iterator[Asked]:
    """Yield searches for the words of queries, any of them, as both servers understand them."""
    for text in texts:
        words = re.findall(r"[a-z]{3,}", text.lower()) or ["peer"]
        told = {
            "version": "1.1",
            "operation": "searchRetrieve",
            "maximumRecords": "10",
            "recordSchema": "marcxml",
        }
        yield Asked("SRU", f"{path}?{urlencode(told | {'query': ' or '.join(words)})}")


@contextmanager
def peerlit(folder: Path, workers: int) -> Iterator[tuple[int, list[int]]]:
    """Serve a folder; yield the port, and the process with its workers."""
    command = [sys.executable, "-c", "import sys; from cli import main; sys.exit(main())"]
    options = ["--catalog", str(folder), "serve", "--port", "0", "--workers", str(workers)]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition(":")[2].strip("/\n"))
        yield port, [process.pid, *started_by(process.pid)]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def started_by(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in children.split()]


def run(port: int, processes: Sequence[int], asked: Sequence[Asked], options: argparse.Namespace) -> Measured:
    news = count() if options.new else None
    return asyncio.run(load(port, processes, asked, options.clients, options.seconds, news))


async def load(
    port: int,
    processes: Sequence[int],
    asked: Sequence[Asked],
    clients: int,
    seconds: float,
    news: Iterator[int] | None = None,
) -> Measured:
    times: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []
    memory: list[list[float]] = []
    counting = asyncio.Event()
    going = [
        asyncio.create_task(client(port, asked, n, times, errors, counting, news)) for n in range(clients)
    ]
    await asyncio.sleep(_WARMING)
    counting.set()
    before, began = spent(processes[0]), time.perf_counter()
    while (left := began + seconds - time.perf_counter()) > 0:
        memory.append([alone(process) for process in processes])
        await asyncio.sleep(min(_EVERY, left))
    took, used = time.perf_counter() - began, spent(processes[0]) - before
    memory.append([alone(process) for process in processes])
    for task in going:
        task.cancel()
    await asyncio.gather(*going, return_exceptions=True)
    return Measured(times, errors, memory, used, took)


async def client(
    port: int,
    asked: Sequence[Asked],
    number: int,
    times: dict[str, list[float]],
    errors: list[str],
    counting: asyncio.Event,
    news: Iterator[int] | None,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    place = number * 997
    while True:
        kind, target = asked[place % len(asked)]
        place += 1
        if news is not None and kind != "OAI-PMH":  # which refuses what it does not know
            target += f"{'&' if '?' in target else '?'}x-new={next(news)}"
        began = time.perf_counter()
        writer.write(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        try:
            status = await answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            errors.append(f"{type(error).__name__} {target}")
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
            continue
        if counting.is_set():
            times[kind].append(1000 * (time.perf_counter() - began))
            if status != 200:
                errors.append(f"{status} {target}")


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end, and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"\r\ncontent-length: *(\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    elif b"\r\ntransfer-encoding: chunked" in head:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head[9:12])


def spent(process: int) -> float:
    """Return the processor time of a process and all that it started, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS + sum(map(spent, started_by(process)))


def alone(process: int) -> float:
    """Return the memory of a process in MiB, of those it started none."""
    return memory_of(process) - sum(map(memory_of, started_by(process)))


def report(name: str, measured: Measured) -> None:
    everything = [each for times in measured.times.values() for each in times]
    kinds = {**measured.times, **({"all": everything} if len(measured.times) > 1 else {})}
    rows = [
        [
            kind,
            f"{len(times):,}",
            f"{len(times) / measured.seconds:,.0f}",
            *(f"{each:,.0f}" for each in percentiles(times)),
        ]
        for kind, times in kinds.items()
    ]
    print(f"\n## {name}\n")
    print(table(["", "requests", "a second", "p50 ms", "p90 ms", "p99 ms", "slowest"], rows))
    print(f"\n{len(measured.errors)} errors {measured.errors[:3] or ''}")
    print(f"{1000 * measured.processor / max(1, len(everything)):.1f} ms of processor time a request")
    for at, each in enumerate(zip(*measured.memory, strict=True)):
        print(f"memory of process {at}, MiB: {', '.join(f'{size:.0f}' for size in each)}")
    sys.stdout.flush()


def percentiles(times: Sequence[float]) -> list[float]:
    """Return the time that half, nine in ten and 99 in 100 took at most, and the longest."""
    cuts = quantiles(times, n=100)
    return [cuts[49], cuts[89], cuts[98], max(times)]


if __name__ == "__main__":
    main()
