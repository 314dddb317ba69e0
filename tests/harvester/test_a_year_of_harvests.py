"""A year of harvests of a DOAJ that lives: nothing is ever lost, out of date, or wrongly deleted."""

from pathlib import Path
from typing import Any

import pytest

from tests.harvester.year import NAIVE, Reader, Verdict, live
from tests.provider.world import World

CLASSES = ("Psychiatry", "Psychology", "Nursing")
WAYS: dict[str, dict[str, Any]] = {
    "the whole feed": {},
    "one set": {"captions": CLASSES[:1]},
    "several sets": {"captions": CLASSES},
    "with a key": {"key": "key"},
    "the article API": {"way": "api"},
}


def lived(folder: Path, *, size: int, every: int, seed: int = 0, troubled: float = 0, **way: Any) -> Reader:  # noqa: ANN401 - what Reader takes
    world = World(size=size, seed=seed, page_size=25)
    reader = Reader(folder / "catalogue", world, **way)
    live(world, [reader], every=every, troubled=troubled)
    assert {event for _, event, _ in world.events} == {
        "added",
        "edited",
        "withdrawn",
        "re-classed",
        "re-indexed",
    }
    return reader


def assert_right(reader: Reader, *, runs: int) -> None:
    assert len(reader.verdicts) >= runs
    assert set(reader.verdicts) == {Verdict(lost=0, stale=0, wrongly_deleted=0)}


@pytest.mark.parametrize("way", ["the whole feed", "one set", "the article API"])
def test_monthly(tmp_path: Path, way: str) -> None:
    assert_right(lived(tmp_path, size=150, every=30, **WAYS[way]), runs=12)


def test_weekly(tmp_path: Path) -> None:
    assert_right(lived(tmp_path, size=100, every=7, captions=CLASSES), runs=52)


@pytest.mark.parametrize(
    "way",
    [
        "several sets",
        *(pytest.param(way, marks=pytest.mark.slow) for way in ("with a key", "the article API")),
    ],
)
def test_broken_off_and_gone_on_with_the_next_day(tmp_path: Path, way: str) -> None:
    reader = lived(tmp_path, size=250, every=30, troubled=0.7, **WAYS[way])
    assert_right(reader, runs=12)
    assert reader.endings.count("complete") < len(reader.endings)


def test_while_it_changes(tmp_path: Path) -> None:
    reader = lived(tmp_path, size=150, every=30, living=0.1)
    assert_right(reader, runs=11)


def test_by_the_time_of_the_run_records_are_lost(tmp_path: Path) -> None:
    world = World(size=100, page_size=25)
    readers = [
        Reader(tmp_path / str(n), world, watermark=watermark) for n, watermark in enumerate(NAIVE.values())
    ]
    live(world, readers, every=30)
    for reader in readers:
        assert reader.verdicts[-1].lost > 100
        assert reader.verdicts[-1].stale > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("every", [1, 7, 30])
@pytest.mark.parametrize("way", WAYS)
def test_many_records_much_trouble(tmp_path: Path, way: str, every: int, seed: int) -> None:
    reader = lived(tmp_path, size=600, every=every, seed=seed, troubled=0.6, living=0.02, **WAYS[way])
    assert_right(reader, runs=10)
