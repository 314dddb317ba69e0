"""Repositories of their own for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import etree

from tests.web.oai.house import House, schema
from web.oai import protocol


@pytest.fixture(scope="session")
def valid() -> etree.XMLSchema | None:
    return schema()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, valid: etree.XMLSchema | None) -> Iterator[House]:
    """Yield an empty catalogue whose repository puts three records on a page."""
    with _made(tmp_path / "catalogue", monkeypatch, valid) as made:
        yield made


@pytest.fixture(scope="module")
def kept_house(tmp_path_factory: pytest.TempPathFactory, valid: etree.XMLSchema | None) -> Iterator[House]:
    """Yield a catalogue of five records, for all tests of a module that only ask."""
    with (
        pytest.MonkeyPatch.context() as patch,
        _made(tmp_path_factory.mktemp("house") / "catalogue", patch, valid) as made,
    ):
        made.put("a", *"12345", code="RA790")
        yield made


@contextmanager
def _made(folder: Path, patch: pytest.MonkeyPatch, valid: etree.XMLSchema | None) -> Iterator[House]:
    patch.setattr("os.fsync", lambda _handle: None)  # no test can cut the power
    patch.setattr(protocol, "PAGE", 3)
    made = House(folder, patch, valid)
    try:
        yield made
    finally:
        made.close()
