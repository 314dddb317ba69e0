"""Every engine, for the contract they all keep."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import open_engine
from index.engine import SearchEngine
from tests.index.memory import MemoryEngine
from tests.index.oracle import Oracle

ENGINES = ("oracle", "memory", "whoosh")


@pytest.fixture(scope="session", autouse=True)
def without_syncing() -> Iterator[None]:
    """Leave out fsync: no test can cut the power, and each commit would wait for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


def make(kind: str, folder: Path) -> SearchEngine:
    if kind == "whoosh":
        return open_engine(folder, write=True)
    return Oracle() if kind == "oracle" else MemoryEngine()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    made = make(request.param, tmp_path / "index")
    yield made
    made.close()


@pytest.fixture(scope="module", params=ENGINES)
def kept_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    """One engine for a module, for tests that only read what the first of them put in."""
    made = make(request.param, tmp_path_factory.mktemp("kept") / "index")
    yield made
    made.close()
