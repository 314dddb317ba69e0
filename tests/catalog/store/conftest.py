import json
import runpy
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from catalog.record import RawRecord
from catalog.store import Catalog, Counts, open_catalog

IMPORTING = Path(__file__).with_name("importing.py")

TABLES = {
    "raw": "SELECT source.name, raw.identifier, format, copy, raw.datestamp, sets, raw.deleted, fault, "
    "rejection, raw.crosswalk, ordinal, offset, raw.digest, payload.bytes, record.key FROM raw "
    "JOIN source ON source.id = source_id JOIN payload ON payload.id = raw.payload_id "
    "LEFT JOIN record ON record.id = record_id ORDER BY raw.id",
    "payload": "SELECT raw_id, payload.datestamp, payload.digest, envelope, bytes FROM payload ORDER BY id",
    "record": "SELECT record.key, record.citation_key, record.deleted, record.crosswalk, record.body, "
    "record.payload_id, successor.key FROM record LEFT JOIN record AS successor "
    "ON successor.id = record.successor_id ORDER BY record.id",
    "identifier": "SELECT scheme, value, key FROM identifier JOIN record ON record.id = record_id "
    "ORDER BY 1, 2, 3",
    "revision": "SELECT record_id, revision, deleted, payload_id, crosswalk, body FROM record_revision "
    "UNION ALL SELECT id, revision, deleted, payload_id, crosswalk, body FROM record ORDER BY 2",
}


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
def contents() -> Callable[[Path], dict[str, list[Any]]]:
    """Everything in a catalogue but times and the numbers of harvests."""

    def read(folder: Path) -> dict[str, list[Any]]:
        connection = sqlite3.connect(folder / "catalogue.sqlite")
        try:
            return {name: connection.execute(sql).fetchall() for name, sql in TABLES.items()}
        finally:
            connection.close()

    return read


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
