"""Records in the order of their last change, for those who follow a catalogue from afar.

Dates of change never go down from one revision to the next (`Ledger` sees to that), so that a date is found
by halving. What changes while somebody walks the list moves to its end, and is met again there.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

import msgspec

from catalog.record import Record
from catalog.store.database import Database, Row
from catalog.store.records import SourceNames, read_record, sources_of_record, stored_record
from catalog.store.rows import Listed

# Of a record that is gone also those that its raw records, now another record's, came from.
_EVER = (
    "(SELECT group_concat(DISTINCT source_id) FROM raw WHERE record_id = record.id OR id IN ("
    "SELECT raw_id FROM payload WHERE payload.id = record.payload_id OR payload.id IN ("
    "SELECT past.payload_id FROM record_revision AS past WHERE past.record_id = record.id)))"
)
_LISTED = (
    "SELECT key, coalesce(citation_key, ''), body, "
    f"CASE WHEN deleted THEN {_EVER} ELSE {sources_of_record('record.id')} END, "
    "revision, deleted, crosswalk, added_at, updated_at FROM record"
)
_BETWEEN = f"{_LISTED} WHERE revision > ? AND revision <= ? ORDER BY revision LIMIT ?"
_BACKWARDS = f"{_LISTED} WHERE revision <= ? ORDER BY revision DESC LIMIT ?"
_OF = f"{_LISTED} WHERE revision IN (SELECT value FROM json_each(?)) ORDER BY revision"
_OF_KEYS = "SELECT revision FROM json_each(?) AS wanted CROSS JOIN record ON record.key = wanted.value"
_PAST = (
    "SELECT record.key, past.body FROM json_each(?) AS wanted CROSS JOIN record ON record.key = wanted.value "
    "JOIN record_revision AS past ON past.record_id = record.id ORDER BY past.revision DESC"
)
_NAMED = (
    "SELECT revision, key, deleted FROM record WHERE revision > ? AND revision <= ? ORDER BY revision LIMIT ?"
)
_LIVE = (
    "SELECT key, updated_at FROM record WHERE revision > ? AND revision <= ? AND NOT deleted "
    "ORDER BY revision"
)
_FROM = "SELECT revision, updated_at FROM record WHERE revision >= ? ORDER BY revision LIMIT 1"


class Listing:
    """The records of one catalogue by revision, those that are gone included."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at_once(self) -> AbstractContextManager[None]:
        """Let all that the block reads be of one moment."""
        return self._database.snapshot()

    def earliest(self) -> str | None:
        """Return the date of the change that lies farthest back; None for an empty catalogue."""
        row = self._database.row(_FROM, (0,))
        return None if row is None else str(row[1])

    def date_after(self, revision: int) -> str | None:
        """Return the date of the first change after a revision; None when there is none."""
        row = self._database.row(_FROM, (revision + 1,))
        return None if row is None else str(row[1])

    def last_before(self, moment: str) -> int:
        """Return the last revision dated before a moment, ISO 8601; 0 when there is none."""
        return self._last(lambda date: date < moment)

    def last_until(self, moment: str) -> int:
        """Return the last revision dated no later than a moment; 0 when there is none."""
        return self._last(lambda date: date <= moment)

    def _last(self, early: Callable[[str], bool]) -> int:
        low, high = 0, int(self._database.value("SELECT coalesce(max(revision), 0) FROM record"))
        while low < high:
            middle = (low + high + 1) // 2
            revision, date = self._database.rows(_FROM, (middle,))[0]  # it may lie behind a gap
            if early(date):
                low = int(revision)
            else:
                high = middle - 1
        return low

    def count(self, after: int, last: int) -> int:
        """Return how many records changed last after one revision and not after another."""
        sql = "SELECT count(*) FROM record WHERE revision > ? AND revision <= ?"
        return int(self._database.value(sql, (after, last)))

    def named(self, after: int, last: int, limit: int) -> list[tuple[int, str, bool]]:
        """Return revision and key of what `between` returns, and whether it is gone."""
        rows = self._database.rows(_NAMED, (after, last, limit))
        return [(revision, key, bool(deleted)) for revision, key, deleted in rows]

    def dated(self, after: int, last: int) -> list[tuple[str, str]]:
        """Return key and date of the records that are not gone and changed last between two revisions."""
        return [(key, date) for key, date in self._database.rows(_LIVE, (after, last))]

    def latest_date(self, after: int, last: int) -> str | None:
        """Return the date of the last of what `dated` returns; None when that is nothing."""
        row = self._database.row(f"{_LIVE} DESC LIMIT 1", (after, last))
        return None if row is None else str(row[1])

    def between(self, after: int, last: int, limit: int) -> list[Listed]:
        """Return the first records that changed last after one revision and not after another."""
        return list(self._read(self._database.rows(_BETWEEN, (after, last, limit))))

    def backwards(self, last: int, limit: int) -> list[Listed]:
        """Return the last records that changed last no later than at a revision, the latest first."""
        return list(self._read(self._database.rows(_BACKWARDS, (last, limit))))

    def of(self, revisions: Sequence[int]) -> list[Listed]:
        """Return the records whose last changes these are, in their order."""
        return list(self._read(self._database.rows(_OF, (_json(revisions),))))

    def get(self, key: str) -> Listed | None:
        """Return the record of a key, as it is written; None when there never was one."""
        return next(self._read(self._database.rows(f"{_LISTED} WHERE key = ?", (key,))), None)

    def revisions(self, keys: Sequence[str]) -> list[int]:
        """Return the last changes of some records, ascending; a key that is not there is left out."""
        return sorted(revision for (revision,) in self._database.rows(_OF_KEYS, (_json(keys),)))

    def deleted(self) -> list[int]:
        """Return the last changes of all records that are gone, ascending."""
        sql = "SELECT revision FROM record WHERE deleted ORDER BY revision"
        return [revision for (revision,) in self._database.rows(sql)]

    def sources(self) -> list[str]:
        """Return the names of the sources that ever sent anything."""
        sql = (
            "SELECT name FROM source WHERE EXISTS (SELECT 1 FROM raw WHERE source_id = source.id) ORDER BY 1"
        )
        return [name for (name,) in self._database.rows(sql)]

    def _read(self, rows: Sequence[Row]) -> Iterator[Listed]:
        names = SourceNames(self._database)
        past = self._past([row[0] for row in rows if row[5]])
        for row in rows:
            yield Listed(stored_record(row, names), tuple(past.get(row[0], ())))

    def _past(self, keys: Sequence[str]) -> dict[str, list[Record]]:
        """Return what records were before, each thing once, the latest first."""
        bodies: dict[str, dict[str, None]] = {}
        for key, body in self._database.rows(_PAST, (_json(keys),)) if keys else ():
            bodies.setdefault(key, {})[body] = None
        return {key: [*map(read_record, found)] for key, found in bodies.items()}


def _json(values: Sequence[int] | Sequence[str]) -> str:
    return msgspec.json.encode(values).decode()
