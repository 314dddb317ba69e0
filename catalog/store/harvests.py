"""The runs: when each began, what it asked for, how far it came, how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

import msgspec

from catalog.errors import NotFound, StoreError
from catalog.record import RawRecord, Remark
from catalog.store.clock import now
from catalog.store.database import Database
from catalog.store.keys import numbered_source_name
from catalog.store.rows import Counts, Ending, Harvest, Status

_PLAIN = tuple(name for name in Harvest._fields if name not in {"source", "counts"})
_SELECT = (
    f"SELECT {', '.join(f'harvest.{name}' for name in (*_PLAIN, *Counts._fields))}, source.name "
    "FROM harvest JOIN source ON source.id = harvest.source_id"
)
_OF_REQUEST = f"{_SELECT} WHERE source.name = ? AND harvest.request = ?"
_NEWEST_FIRST = "ORDER BY harvest.id DESC"
_KNOWN = (
    f"{_SELECT} WHERE harvest.kind <> 'file' AND harvest.id IN "
    "(SELECT max(id) FROM harvest GROUP BY source_id, request) ORDER BY harvest.id"
)
_ADD = (
    f"UPDATE harvest SET {', '.join(f'{name} = {name} + ?' for name in Counts._fields)}, "
    "checkpoint = ?, newest_datestamp = nullif(max(coalesce(newest_datestamp, ''), ?), ''), "
    "announced = coalesce(?, announced), server = coalesce(?, server), remarks = ?, "
    "requests = requests + ?, retries = retries + ?, seconds = seconds + ? WHERE id = ?"
)
_WATERMARK_BEFORE = (
    "SELECT before.watermark FROM harvest AS before WHERE before.source_id = harvest.source_id "
    "AND before.request = harvest.request AND before.status = 'complete' ORDER BY before.id DESC LIMIT 1"
)
_FINISH = (
    "UPDATE harvest SET status = ?1, message = ?2, finished_at = ?3, remarks = ?4, "
    "watermark = CASE ?1 WHEN 'complete' "
    f"THEN nullif(max(coalesce(?5, ''), coalesce(({_WATERMARK_BEFORE}), '')), '') END, "
    "checkpoint = CASE WHEN ?1 IN ('complete', 'incomplete') THEN NULL ELSE checkpoint END WHERE id = ?6"
)
# An index may list what a run of thousands of pages did not bring, so it is counted by what runs before left.
_UNSEEN = (
    "SELECT count(*) FROM raw WHERE NOT deleted AND last_harvest_id IN (SELECT before.id FROM harvest "
    "JOIN harvest AS before ON before.source_id = harvest.source_id AND before.request = harvest.request "
    "AND before.id < harvest.id WHERE harvest.id = ?)"
)
_GOES_ON = frozenset(("running", "interrupted", "failed"))
_TO_REMARKS = msgspec.json.Decoder(tuple[dict[str, Any], ...])


class Progress(NamedTuple):
    """What a page tells of the run beside its raw records; see harvester.protocol.Sink.page."""

    checkpoint: str | None = None
    announced: int | None = None
    remarks: Sequence[Remark] = ()
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0
    server: str | None = None


class Running(NamedTuple):
    """A run that may still write."""

    source_id: int
    remarks: str


def take_name(database: Database, name: str, kind: str, location: str) -> str:
    """Return the name of the source at a place, which from now on is taken: `name`, numbered if need be."""
    with database.transaction():
        taken = name_at(database, name, location)
        _add_source(database, taken, kind, location)
    return taken


def drop_name(database: Database, name: str) -> None:
    """Forget a source of which no run ever began."""
    database.run("DELETE FROM source WHERE name = ? AND id NOT IN (SELECT source_id FROM harvest)", (name,))


def name_at(database: Database, name: str, location: str) -> str:
    """Return the name that the source at a place has, or would get: `name`, numbered if need be."""
    for number in count(1):
        candidate = numbered_source_name(name, number)
        row = database.row("SELECT id, location FROM source WHERE name = ?", (candidate,))
        sql = "SELECT 1 FROM harvest WHERE source_id = ? AND location = ?"
        if row is None or row[1] == location or database.row(sql, (row[0], location)) is not None:
            return candidate
    raise AssertionError("one of the numbers is free")


def _add_source(database: Database, name: str, kind: str, location: str) -> int:
    """Return the number of a source; a new one is noted with the way it first came."""
    database.run(
        "INSERT INTO source (name, kind, location) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
        (name, kind, location),
    )
    return int(database.value("SELECT id FROM source WHERE name = ?", (name,)))


def begin(
    database: Database,
    source: str,
    *,
    kind: str,
    location: str,
    request: Mapping[str, str],
    since: str | None,
    until: str | None,
) -> int:
    """Begin a run; one of the same request that was left running is marked interrupted."""
    asked = canonical(request)
    with database.transaction():
        source_id = _add_source(database, source, kind, location)
        database.run(
            "UPDATE harvest SET status = 'interrupted', finished_at = ?, message = 'was broken off' "
            "WHERE source_id = ? AND request = ? AND status = 'running'",
            (now(), source_id, asked),
        )
        number: int = database.value(
            "INSERT INTO harvest (source_id, kind, location, request, since, until, started_at, status) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'running') RETURNING id",
            (source_id, kind, location, asked, since, until, now()),
        )
        return number


def resume(database: Database, harvest_id: int) -> None:
    """Go on with a run that was broken off."""
    with database.transaction():
        status = _status(database, harvest_id)[0]
        if status not in _GOES_ON:
            raise StoreError(f"harvest {harvest_id} is {status}: there is nothing to go on with")
        database.run(
            "UPDATE harvest SET status = 'running', finished_at = NULL, message = NULL, "
            "resumptions = resumptions + 1 WHERE id = ?",
            (harvest_id,),
        )


def _status(database: Database, harvest_id: int) -> tuple[Any, ...]:
    row = database.row(
        "SELECT status, source_id, checkpoint, remarks FROM harvest WHERE id = ?", (harvest_id,)
    )
    if row is None:
        raise NotFound(f"there is no harvest {harvest_id}", hint="peerlit harvests lists them")
    return row


def running(database: Database, harvest_id: int, after: str | None) -> Running:
    """Return a run that may still write its next page.

    Raises StoreError when it has ended, for a later run of the same request takes over from an earlier one,
    and when its checkpoint is not `after`: then another process has resumed it.
    """
    status, source_id, checkpoint, remarks = _status(database, harvest_id)
    if status != "running":
        raise StoreError(
            f"harvest {harvest_id} is {status}: another run of the same source has taken over",
            hint="let that one finish; nothing is lost",
        )
    if checkpoint != after:
        raise StoreError(
            f"another process goes on with this harvest ({harvest_id})",
            hint="let that one finish; nothing is lost",
        )
    return Running(source_id, remarks)


def add(
    database: Database,
    harvest_id: int,
    run: Running,
    counts: Counts,
    raws: Iterable[RawRecord],
    told: Progress,
) -> None:
    """Add a page to a run's figures."""
    newest = max((raw.datestamp for raw in raws if raw.datestamp), default="")
    remarks = _with_remarks(run.remarks, told.remarks)
    spent = (told.requests, told.retries, told.seconds)
    database.run(
        _ADD, (*counts, told.checkpoint, newest, told.announced, told.server, remarks, *spent, harvest_id)
    )


def finish(
    database: Database,
    harvest_id: int,
    ending: Ending,
    message: str | None,
    watermark: str | None,
    remarks: Sequence[Remark],
) -> None:
    """End a run; one that another has taken over stays as it is."""
    with database.transaction():
        status, _, _, before = _status(database, harvest_id)
        if status == "running":
            told = _with_remarks(before, remarks)
            database.run(_FINISH, (ending, message, now(), told, watermark, harvest_id))


def _with_remarks(before: str, remarks: Sequence[Remark]) -> str:
    if not remarks:
        return before
    return _json([*_TO_REMARKS.decode(before), *(remark._asdict() for remark in remarks)])


def canonical(request: Mapping[str, str]) -> str:
    """Write a request so that equal ones are equal texts."""
    return _json(dict(request))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def get(database: Database, harvest_id: int) -> Harvest:
    """Return a run. Raises NotFound."""
    row = database.row(f"{_SELECT} WHERE harvest.id = ?", (harvest_id,))
    if row is None:
        raise NotFound(f"there is no harvest {harvest_id}", hint="peerlit harvests lists them")
    return _harvest(row)


def unfinished(database: Database, source: str, request: Mapping[str, str]) -> Harvest | None:
    """Return the newest run of a request when it was broken off after a page."""
    row = database.row(f"{_OF_REQUEST} {_NEWEST_FIRST}", (source, canonical(request)))
    newest = None if row is None else _harvest(row)
    return newest if newest and newest.status in _GOES_ON and newest.checkpoint is not None else None


def last(database: Database, source: str, request: Mapping[str, str], status: Status) -> Harvest | None:
    """Return the newest run of a request with that status."""
    sql = f"{_OF_REQUEST} AND harvest.status = ? {_NEWEST_FIRST}"
    row = database.row(sql, (source, canonical(request), status))
    return None if row is None else _harvest(row)


def every(database: Database, source: str | None) -> list[Harvest]:
    """Return the runs, the last first."""
    if source is None:
        return [_harvest(row) for row in database.rows(f"{_SELECT} {_NEWEST_FIRST}")]
    return [
        _harvest(row) for row in database.rows(f"{_SELECT} WHERE source.name = ? {_NEWEST_FIRST}", (source,))
    ]


def known(database: Database) -> list[Harvest]:
    """Return the newest run of every request that a server was asked, in the order they were made."""
    return [_harvest(row) for row in database.rows(_KNOWN)]


def unseen(database: Database, harvest_id: int) -> int:
    """Count the live raw records that an earlier run of the same request was the last to bring."""
    return int(database.value(_UNSEEN, (harvest_id,)))


def _harvest(row: tuple[Any, ...]) -> Harvest:
    *cells, source = row
    values = dict(zip(_PLAIN, cells, strict=False))
    values["request"] = msgspec.json.decode(values["request"], type=dict[str, str])
    values["remarks"] = tuple(Remark(**remark) for remark in _TO_REMARKS.decode(values["remarks"]))
    return Harvest(source=source, counts=Counts(*cells[len(_PLAIN) :]), **values)
