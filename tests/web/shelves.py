"""Catalogues to be served in tests: the demo's, and ones made of given records."""

from collections.abc import Iterable
from pathlib import Path

from catalog.record import RawRecord, Record, from_json, to_json
from catalog.store import Catalog, open_catalog
from catalog.store.crosswalks import Crosswalks
from index import FOLDER, open_engine
from index.sync import sync


def raw_of(identifier: str, record: Record, **told: object) -> RawRecord:
    """Return a raw record that reads as a record; `told` goes into it, `deleted=True` for instance."""
    return RawRecord(identifier=identifier, format="plain", payload=to_json(record), **told)  # type: ignore[arg-type]  # fields of RawRecord


PLAIN = Crosswalks(lambda raw: from_json(raw.payload), {"plain": 1}, {"plain": 1})
"""Reads what `raw_of` wrote."""


def fill(folder: Path, raws: Iterable[RawRecord], source: str = "test") -> None:
    """Put raw records into the catalogue of a folder, which is made where there is none, and index them."""
    with open_catalog(folder, mode="create", crosswalks=PLAIN) as catalog:
        catalog.receive(raws, source=source, kind="test", location=f"{source}:")
        catch_up(folder, catalog)


def catch_up(folder: Path, catalog: Catalog) -> None:
    """Bring the index of a folder to its catalogue."""
    engine = open_engine(folder / FOLDER, write=True)
    try:
        sync(catalog, engine)
    finally:
        engine.close()
