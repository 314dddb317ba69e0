"""How much memory a whole `peerlit harvest` takes, of more and more records.

    python benchmarks/harvest_memory.py [--feed 10000 100000] [--dump 100000 1000000]

Needs a checkout with its test requirements (`pip install -e . --group dev`); no network. The feed comes from
a server on this machine in a process of its own, 300 records a page; the dump is a tar.gz of batches as DOAJ
packs it. `--no-index`: the index is another matter. The peak is that of the command's own process.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from report import table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.provider.articles import articles

_CHECKOUT = Path(__file__).resolve().parents[1]
_BATCH = 5000
_CLASS = "Public aspects of medicine"
_TO_MEBIBYTES = 2**20 if sys.platform == "darwin" else 2**10
_SERVE = f"""
import sys
sys.path.insert(0, {str(_CHECKOUT)!r})
from cli.loopback.provider import Provider
from cli.loopback.server import serve
from tests.provider.articles import articles
with serve(Provider(articles(int(sys.argv[1]), classes=1)).respond) as base:
    print(base, flush=True)
    sys.stdin.read()
"""
_MEASURE = """
import resource, subprocess, sys
command = [sys.executable, "-c", "import sys; from cli import main; sys.exit(main())", *sys.argv[1:]]
code = subprocess.run(command, stdout=sys.stderr).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""Started small, it starts the command: a process begins with the peak of the one it was forked from."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feed", type=int, nargs="*", default=[10_000, 100_000], help="records of the feed")
    parser.add_argument(
        "--dump", type=int, nargs="*", default=[100_000, 1_000_000], help="articles of a dump"
    )
    options = parser.parse_args()
    rows = [_of_feed(count) for count in options.feed] + [_of_dump(count) for count in options.dump]
    print(table(("harvested", "records", "peak memory, MiB", "seconds"), rows))


def _of_feed(count: int) -> Sequence[str]:
    with _served(count) as base:
        return ("the feed", f"{count:,}", *_measured("--subject", _CLASS, "--base-url", base))


def _of_dump(count: int) -> Sequence[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.tar.gz"
        _write(path, count)
        return ("a dump", f"{count:,}", *_measured("--dump", str(path)))


@contextmanager
def _served(count: int) -> Iterator[str]:
    command = [sys.executable, "-c", _SERVE, str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


def _write(path: Path, count: int) -> None:
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for number, start in enumerate(range(0, count, _BATCH), 1):
            batch = json.dumps(articles(min(_BATCH, count - start), seed=number)).encode()
            member = tarfile.TarInfo(f"doaj_article_data_2026-01-01/article_batch_{number}.json")
            member.size = len(batch)
            archive.addfile(member, io.BytesIO(batch))


def _measured(*asked: str) -> tuple[str, str]:
    """Return the peak memory and the time of a harvest into a new catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["--quiet", "--catalog", folder, "harvest", "doaj", *asked, "--no-index"]
        begun = time.monotonic()
        run = subprocess.run(
            [sys.executable, "-c", _MEASURE, *command],
            cwd=_CHECKOUT,
            check=True,
            capture_output=True,
            text=True,
        )
        return f"{int(run.stdout) / _TO_MEBIBYTES:,.0f}", f"{time.monotonic() - begun:,.0f}"


if __name__ == "__main__":
    main()
