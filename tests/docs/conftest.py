"""The demo catalogue, as the manual's examples see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import FOLDER, open_engine
from index.engine import SearchEngine


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[SearchEngine]:
    """Yield the index of the demo catalogue."""
    engine = open_engine(demo_folder / FOLDER, write=False)
    yield engine
    engine.close()
