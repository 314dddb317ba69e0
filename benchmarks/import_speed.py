"""How fast MARC records are imported, beside how fast pymarc reads them, and in how much memory.

    python benchmarks/import_speed.py FILE [--rounds 3]

FILE: MARC 21 in exchange format (ISO 2709), gzipped or not. Needs peerlit installed (`pip install -e .`).

- pymarc: every record of the file by `pymarc.MARCReader`, and nothing done with it.
- import: the same file split, decoded, normalised and written to a new catalogue, as `peerlit import
  --no-index` does.

Both run in one process by turns, so that whatever else the machine does falls on both. Memory is the peak
of a process of its own that imports a quarter, a half and the whole of the file: it should not grow.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import BinaryIO, NamedTuple

from report import middle, table

_GZIP = b"\x1f\x8b"
_END_OF_RECORD = b"\x1d"
_PARTS = {"a quarter": 4, "a half": 2, "the whole": 1}
_TO_MEBIBYTES = 2**20 if sys.platform == "darwin" else 2**10


class Run(NamedTuple):
    records: int
    cpu: float
    wall: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--peak", action="store_true", help="import once, print records and peak memory")
    options = parser.parse_args()
    if options.peak:
        print(by_import(options.file), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _TO_MEBIBYTES)
        return
    # Memory first: a process begins with the peak of the one that started it (Linux counts it in ru_maxrss).
    peaks = list(memory(options.file))
    print_speed(options.file, options.rounds)
    print()
    print(table(("imported", "records", "peak memory, MiB"), peaks))


def print_speed(file: Path, rounds: int) -> None:
    runs: dict[str, list[Run]] = {"pymarc": [], "import": []}
    for _ in range(rounds):
        runs["pymarc"].append(measured(by_pymarc, file))
        runs["import"].append(measured(by_import, file))
    rows = [
        (
            name,
            f"{each[0].records:,}",
            middle([run.records / run.cpu for run in each]),
            middle([run.records / run.wall for run in each]),
            middle([1e6 * run.cpu / run.records for run in each]),
        )
        for name, each in runs.items()
    ]
    head = (
        "median (least to greatest)",
        "records",
        "records/s of CPU",
        "records/s of time",
        "µs of CPU each",
    )
    print(table(head, rows))
    ratio = median(
        b.cpu / b.records * a.records / a.cpu for a, b in zip(*runs.values(), strict=True) if a.records
    )
    print(f"\nThe import takes {ratio:.2f} times the CPU of reading with pymarc ({rounds} rounds, median).")


def measured(work: Callable[[Path], int], file: Path) -> Run:
    cpu, wall = time.process_time(), time.perf_counter()
    records = work(file)
    return Run(records, time.process_time() - cpu, time.perf_counter() - wall)


def by_pymarc(file: Path) -> int:
    from pymarc import MARCReader

    with opened(file) as stream:
        return sum(1 for _ in MARCReader(stream))


def by_import(file: Path) -> int:
    from catalog.store import open_catalog
    from harvester.files.paths import read

    with tempfile.TemporaryDirectory() as folder, open_catalog(Path(folder), mode="create") as catalog:
        harvest = catalog.receive(read(file), source="benchmark", kind="file", location=str(file))
        return harvest.counts.received


def memory(file: Path) -> Iterator[tuple[str, str, str]]:
    with opened(file) as stream:
        records = sum(chunk.count(_END_OF_RECORD) for chunk in iter(lambda: stream.read(1 << 20), b""))
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder, "part.mrc")
        for name, divisor in _PARTS.items():
            with opened(file) as whole, part.open("wb") as target:
                copy_records(whole, target, records // divisor)
            command = [sys.executable, __file__, "--peak", str(part)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            count, peak = done.stdout.split()
            yield name, f"{int(count):,}", f"{float(peak):,.0f}"


def copy_records(source: BinaryIO, target: BinaryIO, count: int) -> None:
    while count > 0 and (chunk := source.read(1 << 20)):
        pieces = chunk.split(_END_OF_RECORD, count)
        if len(pieces) > count:
            pieces[-1] = b""
        target.write(_END_OF_RECORD.join(pieces))
        count -= len(pieces) - 1


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    with file.open("rb") as stream:
        packed = stream.read(2) == _GZIP
        stream.seek(0)
        if packed:
            with gzip.open(stream) as unpacked:
                yield unpacked  # type: ignore[misc]  # a GzipFile reads as a BinaryIO does
        else:
            yield stream


if __name__ == "__main__":
    main()
