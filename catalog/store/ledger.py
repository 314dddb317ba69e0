"""What one page reads from and writes to the tables: rows in memory, numbers given out, bulk writes.

Rows are read when first asked for and kept, so that what a page changes is seen by the rest of it; nothing
is written before `write`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from catalog.record import RawRecord
from catalog.store.clock import now
from catalog.store.database import Database
from catalog.store.held import RAW_COLUMNS, RECORD_COLUMNS, HeldRaw, HeldRecord

_VARIABLES = 500  # in one statement; every SQLite takes 999

_RAWS_OF = f"SELECT {RAW_COLUMNS} FROM raw WHERE record_id = ? ORDER BY id"
_RECORD_BY_KEY = f"SELECT {RECORD_COLUMNS} FROM record WHERE key = ?"
_RECORD_BY_ID = f"SELECT {RECORD_COLUMNS} FROM record WHERE id = ?"
_INSERT_RAW = f"INSERT INTO raw ({RAW_COLUMNS}) VALUES ({', '.join('?' * len(RAW_COLUMNS.split(',')))})"
_INSERT_RECORD = (
    f"INSERT INTO record ({RECORD_COLUMNS}) VALUES ({', '.join('?' * len(RECORD_COLUMNS.split(',')))})"
)
_SEEN_RAW = "UPDATE raw SET last_harvest_id = ?, ordinal = ?, offset = ?, file = ? WHERE id = ?"
_UPDATE_RAW = (
    "UPDATE raw SET datestamp = ?, sets = ?, deleted = ?, fault = ?, rejection = ?, crosswalk = ?, "
    "ordinal = ?, offset = ?, file = ?, digest = ?, payload_id = ?, last_harvest_id = ?, "
    "record_id = ?, unread_id = ?, unread_datestamp = ? WHERE id = ?"
)
_INSERT_PAYLOAD = (
    "INSERT INTO payload (id, raw_id, harvest_id, datestamp, digest, envelope, bytes) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE_RECORD = (
    "UPDATE record SET citation_key = ?, revision = ?, deleted = ?, successor_id = ?, payload_id = ?, "
    "crosswalk = ?, updated_at = ?, body = ? WHERE id = ?"
)
_INSERT_REVISION = (
    "INSERT INTO record_revision (revision, record_id, deleted, payload_id, crosswalk, at, body) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_IDENTIFIER = "INSERT OR IGNORE INTO identifier (scheme, value, record_id) VALUES (?, ?, ?)"
_DELETE_IDENTIFIER = "DELETE FROM identifier WHERE scheme = ? AND value = ? AND record_id = ?"


class Payload(NamedTuple):
    """A version of a raw record; `digest` is of envelope and content."""

    digest: bytes
    envelope: bytes | None
    content: bytes


class Ledger:
    """The rows of one page; lives inside one write transaction, which makes its numbers its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.source_names: dict[int, str] = dict(database.rows("SELECT id, name FROM source"))
        self._last_raw = self._highest("max(id) FROM raw")
        self._last_payload = self._highest("max(id) FROM payload")
        self._last_record = self._highest("max(id) FROM record")
        self._last_revision = self._known_revision = self._highest("max(revision) FROM record")
        self._raws: dict[int, HeldRaw] = {}
        self._records: dict[int, HeldRecord] = {}
        self._records_by_key: dict[str, HeldRecord] = {}
        self._citation_keys: set[str] = set()
        self._payloads: dict[int, tuple[Any, ...]] = {}
        self._seen: list[tuple[Any, ...]] = []
        self._revisions: list[tuple[Any, ...]] = []
        self._new_raws: dict[int, HeldRaw] = {}
        self._dirty_raws: dict[int, HeldRaw] = {}
        self._new_records: list[HeldRecord] = []
        self._dirty_records: list[HeldRecord] = []
        self._identifiers: list[tuple[str, str, int]] = []
        self._old_identifiers: list[tuple[str, str, int]] = []

    def _highest(self, column: str) -> int:
        return self._database.value(f"SELECT {column}") or 0

    # Raw records and their payloads

    def held(self, row: Sequence[Any]) -> HeldRaw:
        """Return the raw record of a row of RAW_COLUMNS, as this page has it."""
        known = self._raws.get(row[0])
        if known is None:
            known = self._raws[row[0]] = HeldRaw(*row)
        return known

    def families(self, source_id: int, identifiers: Iterable[str]) -> dict[str, list[HeldRaw]]:
        """Return the raw records a source has under each of the identifiers, in the order they first came."""
        families: dict[str, list[HeldRaw]] = {identifier: [] for identifier in identifiers}
        pending = list(families)
        for start in range(0, len(pending), _VARIABLES):
            some = pending[start : start + _VARIABLES]
            sql = (
                f"SELECT {RAW_COLUMNS} FROM raw WHERE source_id = ? AND identifier IN "
                f"({', '.join('?' * len(some))}) ORDER BY id"
            )
            for row in self._database.rows(sql, (source_id, *some)):
                held = self.held(row)
                families[held.identifier].append(held)
        return families

    def next_raw(self) -> int:
        """Return the number of a raw record to be made."""
        self._last_raw += 1
        return self._last_raw

    def add_raw(self, held: HeldRaw) -> None:
        """Keep a new raw record."""
        self._raws[held.id] = self._new_raws[held.id] = held

    def change_raw(self, held: HeldRaw) -> None:
        """Note that a raw record is no longer as stored."""
        if held.id not in self._new_raws:
            self._dirty_raws[held.id] = held

    def see_raw(self, held: HeldRaw) -> None:
        """Note that only the harvest and the place of a raw record are new."""
        self._seen.append((held.last_harvest_id, held.ordinal, held.offset, held.file, held.id))

    def add_payload(self, raw_id: int, raw: RawRecord, digest: bytes, harvest_id: int) -> int:
        """Keep what a source sent; return its number."""
        self._last_payload += 1
        self._payloads[self._last_payload] = (
            self._last_payload,
            raw_id,
            harvest_id,
            raw.datestamp,
            digest,
            raw.envelope,
            raw.payload,
        )
        return self._last_payload

    def payload(self, payload_id: int) -> Payload:
        """Return what a source sent."""
        pending = self._payloads.get(payload_id)
        if pending is not None:
            return Payload(*pending[4:])
        (row,) = self._database.rows(
            "SELECT digest, envelope, bytes FROM payload WHERE id = ?", (payload_id,)
        )
        return Payload(*row)

    def version(self, held: HeldRaw, digest: bytes) -> int | None:
        """Return the number of a payload, if a raw record ever had it."""
        for number, kept in self._payloads.items():
            if kept[1] == held.id and kept[4] == digest:
                return number
        sql = "SELECT id FROM payload WHERE raw_id = ? AND digest = ?"
        row = self._database.row(sql, (held.id, digest))
        return None if row is None else int(row[0])

    # Records

    def record(self, key: str) -> HeldRecord:
        """Return the record of a key; a new one when there is none."""
        known = self._records_by_key.get(key)
        if known is not None:
            return known
        row = self._database.row(_RECORD_BY_KEY, (key,))
        if row is not None:
            return self._remember(HeldRecord(*row))
        self._last_record += 1
        return self._remember(
            HeldRecord(self._last_record, key, None, 0, 0, None, 0, "", "", "", "", stored=False)
        )

    def record_of(self, record_id: int) -> HeldRecord:
        """Return a record by its number."""
        known = self._records.get(record_id)
        if known is not None:
            return known
        (row,) = self._database.rows(_RECORD_BY_ID, (record_id,))
        return self._remember(HeldRecord(*row))

    def _remember(self, record: HeldRecord) -> HeldRecord:
        self._records_by_key[record.key] = self._records[record.id] = record
        return record

    def members(self, record: HeldRecord) -> tuple[set[int], list[HeldRaw]]:
        """Return the sources that held the record before this page, and its raw records as they are now."""
        before: set[int] = set()
        members = {held.id: held for held in record.arrivals}
        if record.stored:
            for row in self._database.rows(_RAWS_OF, (record.id,)):
                held = self.held(row)
                members[held.id] = held
                if not HeldRaw(*row).deleted:
                    before.add(held.source_id)
        return before, [held for held in members.values() if held.record_id == record.id]

    def add_record(self, record: HeldRecord) -> None:
        """Keep a new record, under the next revision."""
        self._last_revision += 1
        record.revision = self._last_revision
        self._new_records.append(record)

    def change_record(self, record: HeldRecord) -> None:
        """Note that a record is no longer as stored."""
        self._dirty_records.append(record)

    def supersede(self, record: HeldRecord) -> None:
        """Put what the record is aside as a revision, and give it the next number."""
        self._revisions.append(
            (
                record.revision,
                record.id,
                record.deleted,
                record.payload_id,
                record.crosswalk,
                record.updated_at,
                record.body,
            )
        )
        self._last_revision += 1
        record.revision = self._last_revision

    def change_identifiers(
        self, record: HeldRecord, old: set[tuple[str, str]], new: set[tuple[str, str]]
    ) -> None:
        """Replace the identifiers a record is found by."""
        self._old_identifiers += [(*pair, record.id) for pair in old - new]
        self._identifiers += [(*pair, record.id) for pair in new - old]

    def citation_key_taken(self, citation_key: str) -> bool:
        """Tell whether a citation key was ever given."""
        sql = "SELECT 1 FROM record WHERE citation_key = ?"
        return citation_key in self._citation_keys or self._database.row(sql, (citation_key,)) is not None

    def give_citation_key(self, citation_key: str) -> None:
        """Note that a citation key is given."""
        self._citation_keys.add(citation_key)

    def write(self) -> None:
        """Write everything, in the order that foreign keys and unique keys allow."""
        self._date()
        write = self._database.run_many
        write(_INSERT_RAW, (held.row() for held in self._new_raws.values()))
        write(_SEEN_RAW, self._seen)
        write(_UPDATE_RAW, (held.changes() for held in self._dirty_raws.values()))
        write(_INSERT_PAYLOAD, self._payloads.values())
        write(_INSERT_REVISION, self._revisions)
        write(_UPDATE_RECORD, (record.changes() for record in self._dirty_records))
        write(_INSERT_RECORD, (record.row() for record in self._new_records))
        write(_DELETE_IDENTIFIER, self._old_identifiers)
        write(_INSERT_IDENTIFIER, sorted(self._identifiers))  # in the order of the table

    def _date(self) -> None:
        """Date what is new and what changed.

        As late as can be, since others see it when it is committed and not before; and never earlier than
        what changed before it, whatever happened to the clock: whoever asks what changed since the last time
        (OAI-PMH) would miss what is dated back.
        """
        last = self._database.row("SELECT updated_at FROM record ORDER BY revision DESC LIMIT 1")
        stamp = max(now(), last[0] if last else "")
        for record in self._new_records:
            record.added_at = record.updated_at = stamp
        for record in self._dirty_records:
            if record.revision > self._known_revision:
                record.updated_at = stamp
