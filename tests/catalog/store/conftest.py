import json
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from catalog.record import RawRecord
from catalog.store import Catalog, Counts, open_catalog

IMPORTING = Path(__file__).with_name("importing.py")


@pytest.fixture(scope="session")
def importing() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(IMPORTING)), path=IMPORTING)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


@pytest.fixture
def catalog(folder: Path, importing: SimpleNamespace) -> Iterator[Catalog]:
    with open_catalog(folder, mode="create", crosswalks=importing.CROSSWALKS) as opened:
        yield opened


@pytest.fixture(scope="session")
def raw() -> Callable[..., RawRecord]:
    """Make a raw record: raw("1", title="…"), raw("1", payload=b"…", datestamp="…", deleted=True)."""

    def make(
        identifier: str, form: str = "rich", *, payload: bytes | None = None, **given: object
    ) -> RawRecord:
        about = {"datestamp", "deleted", "sets", "envelope", "place", "fault"}
        sent = {name: value for name, value in given.items() if name not in about}
        held = {name: value for name, value in given.items() if name in about}
        if payload is None:
            payload = json.dumps(sent).encode()
        return msgspec.structs.replace(RawRecord(identifier=identifier, format=form, payload=payload), **held)

    return make


@pytest.fixture
def take(catalog: Catalog) -> Callable[..., Counts]:
    """Take in raw records as one run of a source."""

    def run(*raws: RawRecord, source: str = "loc") -> Counts:
        return catalog.receive(raws, source=source, kind="file", location=f"{source}.mrc").counts

    return run
