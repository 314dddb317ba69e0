"""What a year of harvests of DOAJ's free feed lacks in the end, by where each run begins.

    python benchmarks/year_of_harvests.py [--size 2000] [--seed 0]

Needs a checkout and its test requirements (`pip install -e . --group dev`); no network. An invented DOAJ
lives for a year: articles are added, edited (and leave the free feed for 30 days), withdrawn, moved to other
classes with their journals, re-indexed by thousands in one second. It is harvested from the newest date
received, as peerlit does, and from the dates that other harvesters go by. Lost: shown by the feed, alive,
and not in the catalogue. Old: in the catalogue in an older version than the feed has shown.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from report import table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.harvester.year import NAIVE, Reader, live
from tests.provider.world import World

_CLASSES = ("Psychiatry", "Psychology", "Nursing")
_PLANS = (
    ("monthly, the whole feed", 30, ()),
    ("monthly, three classes", 30, _CLASSES),
    ("weekly, the whole feed", 7, ()),
    ("weekly, three classes", 7, _CLASSES),
)
_BEGINNINGS = {"the newest date received (peerlit)": None, **NAIVE}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=2000, help="articles at the beginning of the year")
    parser.add_argument("--seed", type=int, default=0, help="another year")
    options = parser.parse_args()
    head = ("harvested", "the next run begins at", "runs", "lost", "old", "wrongly deleted", "of records")
    print(table(head, list(_rows(options.size, options.seed))))


def _rows(size: int, seed: int) -> Iterator[tuple[str, ...]]:
    for plan, every, captions in _PLANS:
        with tempfile.TemporaryDirectory() as folder:
            world = World(size=size, seed=seed)
            readers = {
                beginning: Reader(Path(folder) / str(number), world, captions, watermark=watermark)
                for number, (beginning, watermark) in enumerate(_BEGINNINGS.items())
            }
            live(world, list(readers.values()), every=every)
            for beginning, reader in readers.items():
                figures = (len(reader.verdicts), *reader.verdicts[-1], reader.seen)
                yield (plan, beginning, *(f"{figure:,}" for figure in figures))


if __name__ == "__main__":
    main()
