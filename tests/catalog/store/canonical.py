"""A catalogue as it can be compared with another: everything but times and the numbers of harvests."""

import sqlite3
from pathlib import Path
from typing import Any

Contents = dict[str, list[Any]]

_TABLES = {
    "raw": "SELECT source.name, raw.identifier, format, copy, raw.datestamp, sets, raw.deleted, fault, "
    "rejection, raw.crosswalk, iif(raw.deleted, NULL, ordinal), offset, raw.digest, payload.bytes, "
    "record.key, unread_id FROM raw "
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


def contents(folder: Path) -> Contents:
    """Return the rows of every table."""
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        return {name: connection.execute(sql).fetchall() for name, sql in _TABLES.items()}
    finally:
        connection.close()
