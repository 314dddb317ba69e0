"""The runs: when each began, what it asked for, how far it came, how it ended."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

import msgspec

from catalog.errors import NotFound, StoreError
from catalog.store.clock import now
from catalog.store.database import Database
from catalog.store.keys import numbered_source_name
from catalog.store.rows import Counts, Harvest, Status

_COUNTS = ", ".join(f"harvest.{name}" for name in Counts._fields)
_SELECT = (
    "SELECT harvest.id, source.name, source.kind, source.location, status, request, started_at, finished_at, "
    f"resumption_token, newest_datestamp, message, {_COUNTS} "
    "FROM harvest JOIN source ON source.id = harvest.source_id"
)
_ADD = (
    f"UPDATE harvest SET {', '.join(f'{name} = {name} + ?' for name in Counts._fields)}, "
    "resumption_token = ?, newest_datestamp = nullif(max(coalesce(newest_datestamp, ''), ?), '') WHERE id = ?"
)


def source_at(database: Database, name: str, kind: str, location: str) -> str:
    """Return the name of the source at a place, which from now on is taken: `name`, numbered if need be."""
    with database.transaction():
        for number in count(1):
            candidate = numbered_source_name(name, number)
            row = database.row("SELECT location FROM source WHERE name = ?", (candidate,))
            if row is None:
                database.run(
                    "INSERT INTO source (name, kind, location) VALUES (?, ?, ?)", (candidate, kind, location)
                )
            if row is None or row[0] == location:
                return candidate
    raise AssertionError("one of the numbers is free")


def begin(database: Database, source: str, kind: str, location: str, request: Mapping[str, str]) -> int:
    """Begin a run; one of the same source that was left running is marked interrupted."""
    with database.transaction():
        database.run(
            "INSERT INTO source (name, kind, location) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, location = excluded.location",
            (source, kind, location),
        )
        source_id = database.value("SELECT id FROM source WHERE name = ?", (source,))
        database.run(
            "UPDATE harvest SET status = 'interrupted', finished_at = ?, message = 'was broken off' "
            "WHERE source_id = ? AND status = 'running'",
            (now(), source_id),
        )
        number: int = database.value(
            "INSERT INTO harvest (source_id, started_at, status, request) VALUES (?, ?, 'running', ?) "
            "RETURNING id",
            (source_id, now(), msgspec.json.encode(request).decode()),
        )
        return number


def running_source(database: Database, harvest_id: int) -> int:
    """Return the source of a run that may still write.

    Raises StoreError when it has ended: a later run of the same source takes over from an earlier one.
    """
    row = database.row("SELECT source_id, status FROM harvest WHERE id = ?", (harvest_id,))
    if row is None:
        raise NotFound(f"there is no harvest {harvest_id}")
    if row[1] != "running":
        raise StoreError(
            f"harvest {harvest_id} is {row[1]}: another run of the same source has taken over",
            hint="let that one finish; nothing is lost",
        )
    return int(row[0])


def add(
    database: Database, harvest_id: int, counts: Counts, token: str | None, datestamps: Iterable[str | None]
) -> None:
    """Add a page to a run's figures."""
    newest = max((datestamp for datestamp in datestamps if datestamp), default="")
    database.run(_ADD, (*counts, token, newest, harvest_id))


def finish(database: Database, harvest_id: int, status: Status, message: str | None) -> None:
    """End a run; one that another has taken over stays as it is."""
    with database.transaction():
        database.run(
            "UPDATE harvest SET status = ?, message = ?, finished_at = ?, "
            "resumption_token = CASE ? WHEN 'complete' THEN NULL ELSE resumption_token END "
            "WHERE id = ? AND status = 'running'",
            (status, message, now(), status, harvest_id),
        )


def get(database: Database, harvest_id: int) -> Harvest:
    """Return a run. Raises NotFound."""
    row = database.row(f"{_SELECT} WHERE harvest.id = ?", (harvest_id,))
    if row is None:
        raise NotFound(f"there is no harvest {harvest_id}")
    return _harvest(row)


def latest(database: Database, source: str) -> Harvest | None:
    """Return the last run of a source."""
    row = database.row(f"{_SELECT} WHERE source.name = ? ORDER BY harvest.id DESC LIMIT 1", (source,))
    return None if row is None else _harvest(row)


def every(database: Database, source: str | None) -> list[Harvest]:
    """Return the runs, the last first."""
    if source is None:
        return [_harvest(row) for row in database.rows(f"{_SELECT} ORDER BY harvest.id DESC")]
    sql = f"{_SELECT} WHERE source.name = ? ORDER BY harvest.id DESC"
    return [_harvest(row) for row in database.rows(sql, (source,))]


def _harvest(row: tuple[Any, ...]) -> Harvest:
    number, source, kind, location, status, request, started, finished, token, newest, message, *counts = row
    return Harvest(
        id=number,
        source=source,
        kind=kind,
        location=location,
        status=status,
        request=msgspec.json.decode(request, type=dict[str, str]),
        started_at=started,
        finished_at=finished,
        resumption_token=token,
        newest_datestamp=newest,
        counts=Counts(*counts),
        message=message,
    )
