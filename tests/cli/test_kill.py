"""An import killed at any moment and typed again leaves what an uninterrupted one leaves."""

import os
import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from catalog.store import open_catalog
from index import open_engine
from index.engine import Hits
from index.fields import FACETS
from index.query.parser import parse
from tests.catalog.store.canonical import Contents, contents
from tests.cli.children import finish, kill, start
from tests.cli.marc_files import write_marc

QUERIES = ("", "peer", '"self-help"', "title:recover* year:1990-2010", "peer NEAR/3 support", "NOT care")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")


class Left(NamedTuple):
    """What an import leaves behind: all rows, and what searching finds."""

    rows: Contents
    found: tuple[Hits, ...]


class Uninterrupted(NamedTuple):
    file: Path
    seconds: float
    left: Left


def left_in(folder: Path) -> Left:
    engine = open_engine(folder / "index", write=False)
    try:
        with open_catalog(folder) as catalog:
            assert engine.revision() == catalog.revision(), "the index was not caught up"
        found = tuple(engine.search(parse(query), limit=None, facets=FACETS) for query in QUERIES)
    finally:
        engine.close()
    return Left(contents(folder), found)


def uninterrupted(folder: Path, count: int) -> Uninterrupted:
    file = write_marc(folder / "books.mrc", count)
    begun = time.monotonic()
    code, _, err = finish(start(folder / "catalogue", "import", str(file)))
    seconds = time.monotonic() - begun
    assert code == 1, err  # some of it is rejected
    left = left_in(folder / "catalogue")
    assert len(left.rows["record"]) > count * 0.9
    assert any(row[8] is not None for row in left.rows["raw"]), "nothing was rejected"
    assert left.found[0].total > count * 0.9
    assert all(hits.total for hits in left.found)
    return Uninterrupted(file, seconds, left)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Uninterrupted:
    return uninterrupted(tmp_path_factory.mktemp("small"), 400)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Uninterrupted:
    return uninterrupted(tmp_path_factory.mktemp("large"), 2500)


def import_killed(folder: Path, whole: Uninterrupted, chance: random.Random) -> None:
    """Import, and kill it somewhere in the time that takes."""
    process = start(folder, "import", str(whole.file))
    time.sleep(chance.uniform(0, whole.seconds))
    kill(process)


def assert_repeating_is_enough(folder: Path, whole: Uninterrupted) -> None:
    code, _, err = finish(start(folder, "import", str(whole.file)))
    assert code == 1, err
    assert left_in(folder) == whole.left


@pytest.mark.parametrize("seed", range(3))
def test_killed_once(small: Uninterrupted, tmp_path: Path, seed: int) -> None:
    import_killed(tmp_path, small, random.Random(seed))
    assert_repeating_is_enough(tmp_path, small)


def test_killed_again_and_again(small: Uninterrupted, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(3):
        import_killed(tmp_path, small, chance)
    assert_repeating_is_enough(tmp_path, small)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_killed_once_in_a_long_import(large: Uninterrupted, tmp_path: Path, seed: int) -> None:
    import_killed(tmp_path, large, random.Random(100 + seed))
    assert_repeating_is_enough(tmp_path, large)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_long_import_killed_again_and_again(large: Uninterrupted, tmp_path: Path, seed: int) -> None:
    chance = random.Random(200 + seed)
    for _ in range(4):
        import_killed(tmp_path, large, chance)
    assert_repeating_is_enough(tmp_path, large)
