"""Count what is read of MARC files, beside pymarc and yaz-marcdump in the same run.

    python benchmarks/marc_files.py FOLDER_OR_FILE …    > docs/marc-files.md

One row a file: records read, read with caveats, rejected; microseconds a record to split and decode (the best
of three); what pymarc's permissive reader and yaz-marcdump make of the same file.
"""

import gzip
import io
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import NamedTuple

import pymarc

from catalog.crosswalk.marc import decode, is_marc
from catalog.crosswalk.marc.fields import MarcRecord
from catalog.errors import CatalogueError, RecordRejected
from catalog.record import RawRecord
from harvester.files.paths import inputs, read


class Counts(NamedTuple):
    """What became of the records of one file."""

    read: int = 0
    caveats: int = 0
    rejected: int = 0
    told: str = ""


def decoded(raw: RawRecord) -> MarcRecord | None:
    if raw.fault is not None or not is_marc(raw.format):
        return None
    try:
        return decode(raw)
    except RecordRejected:
        return None


def ours(path: Path) -> Counts:
    good = caveats = rejected = 0
    told = ""
    try:
        with read(path) as reading:
            for raw in reading:
                marc = decoded(raw)
                good += marc is not None
                rejected += marc is None
                caveats += marc is not None and bool(marc.caveats)
    except CatalogueError as error:
        told = type(error).__name__
    return Counts(good, caveats, rejected, told)


def by_pymarc(path: Path) -> str:
    """Return how many records pymarc reads, and how many it gives up (None in its list)."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    found: list[object] = []
    with redirect_stderr(io.StringIO()), suppress(Exception):  # what it raises ends its file
        if path.suffix == ".xml":
            found += pymarc.parse_xml_to_array(io.BytesIO(data))
        elif path.suffix == ".json":
            found += list(pymarc.JSONReader(data.decode()))
        else:
            found += list(pymarc.MARCReader(data, permissive=True))
    good = sum(record is not None for record in found)
    return f"{good} + {len(found) - good}" if len(found) > good else str(good)


def by_yaz(path: Path) -> str:
    if shutil.which("yaz-marcdump") is None or path.suffix in {".xml", ".json", ".gz"}:
        return ""
    done = subprocess.run(["yaz-marcdump", "-o", "line", path], capture_output=True, timeout=60, check=False)
    return str(sum(line[:5].isdigit() and len(line) == 24 for line in done.stdout.split(b"\n")))


def best_time(path: Path) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        ours(path)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    print("| file | read | with caveats | rejected | µs a record | pymarc read + given up | yaz-marcdump |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for each in inputs(sys.argv[1:]):
        if each.skipped is not None:
            continue
        path = Path(each.path)
        counts, seconds = ours(path), best_time(path)
        row = (
            f"{path.name} {counts.told}".strip(),
            str(counts.read),
            str(counts.caveats),
            str(counts.rejected),
            f"{seconds / max(1, counts.read + counts.rejected) * 1e6:.0f}",
            by_pymarc(path),
            by_yaz(path),
        )
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
