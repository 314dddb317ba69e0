"""Rows of raw and record as the intake holds them in memory, and the rules that need no database.

Which row an arriving raw record belongs to, whether it is news, and which raw record a record shows.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import msgspec

from catalog.record import RawRecord, Record

RAW_COLUMNS = (
    "id, source_id, identifier, format, copy, datestamp, sets, deleted, fault, rejection, crosswalk, "
    "ordinal, offset, file, digest, payload_id, first_harvest_id, last_harvest_id, record_id, "
    "unread_id, unread_datestamp"
)
RECORD_COLUMNS = (
    "id, key, citation_key, revision, deleted, successor_id, payload_id, crosswalk, added_at, updated_at, "
    "body"
)
_RAW_WIDTH = RAW_COLUMNS.count(",") + 1
_RECORD_WIDTH = RECORD_COLUMNS.count(",") + 1


class HeldRaw(msgspec.Struct, eq=False):
    """A row of raw: RAW_COLUMNS in their order; `reading` and its JSON `body` if it was read in this page.

    A version that cannot be read never takes the place of one that can: it is kept as `unread_id`, a payload
    received after the one that is read, and `rejection`, `fault` and the place are its own.
    """

    id: int
    source_id: int
    identifier: str
    format: str
    copy: int
    datestamp: str | None
    sets: str
    deleted: int
    fault: str | None
    rejection: str | None
    crosswalk: str
    ordinal: int | None
    offset: int | None
    file: str | None
    digest: bytes
    payload_id: int
    first_harvest_id: int
    last_harvest_id: int
    record_id: int | None
    unread_id: int | None = None
    unread_datestamp: str | None = None
    reading: Record | None = None
    body: str | None = None

    @property
    def readable(self) -> bool:
        """Whether a record can be read from it."""
        return self.sound and not self.deleted

    @property
    def sound(self) -> bool:
        """Whether its own version is good: a rejection, if it has one, speaks of the unread version."""
        return self.rejection is None or self.unread_id is not None

    def row(self) -> tuple[object, ...]:
        """Return the values of RAW_COLUMNS."""
        return msgspec.structs.astuple(self)[:_RAW_WIDTH]

    def changes(self) -> tuple[object, ...]:
        """Return the values of the columns that can change, then the id."""
        return (
            self.datestamp,
            self.sets,
            self.deleted,
            self.fault,
            self.rejection,
            self.crosswalk,
            self.ordinal,
            self.offset,
            self.file,
            self.digest,
            self.payload_id,
            self.last_harvest_id,
            self.record_id,
            self.unread_id,
            self.unread_datestamp,
            self.id,
        )


class HeldRecord(msgspec.Struct, eq=False):
    """A row of record: RECORD_COLUMNS in their order; `arrivals`: raw records that came to it in a page."""

    id: int
    key: str
    citation_key: str | None
    revision: int
    deleted: int
    successor_id: int | None
    payload_id: int
    crosswalk: str
    added_at: str
    updated_at: str
    body: str
    stored: bool = True
    arrivals: list[HeldRaw] = []

    def row(self) -> tuple[object, ...]:
        """Return the values of RECORD_COLUMNS."""
        return msgspec.structs.astuple(self)[:_RECORD_WIDTH]

    def changes(self) -> tuple[object, ...]:
        """Return the values of the columns that can change, then the id."""
        return (
            self.citation_key,
            self.revision,
            self.deleted,
            self.successor_id,
            self.payload_id,
            self.crosswalk,
            self.updated_at,
            self.body,
            self.id,
        )


class Arrival(NamedTuple):
    """Where an arriving raw record belongs: the row it renews or repeats, or None and the new row's `copy`.

    `outdated`: an older version than the one held, or one already superseded.
    """

    held: HeldRaw | None
    copy: int
    outcome: Literal["new", "changed", "unchanged", "repeated", "outdated"]


Version = Callable[[HeldRaw, bytes], int | None]
"""The number of the payload of that digest, if a raw record ever had it."""


def arrive(
    family: Sequence[HeldRaw], raw: RawRecord, digest: bytes, harvest_id: int, version: Version
) -> Arrival:
    """Find where a raw record belongs among those held of the same source and identifier.

    With a datestamp, as every record of OAI-PMH has one, the same identifier again is a new version of it.
    Without one, as in files, the same identifier twice in one run is two records: catalogues print their own
    numbers from 1, and merged files hold several of them. The bytes are then looked for first, so that a run
    repeated, or a file with its records in another order, changes nothing.
    """
    kin = [held for held in family if held.format == raw.format]
    if raw.datestamp is not None:
        newest = max((held.datestamp or "" for held in family if held.deleted), default="")
        return _arrive_dated(kin[0] if kin else None, raw.datestamp, newest, digest, harvest_id, version)
    return _arrive_undated(kin, digest, harvest_id, version, empty=not raw.payload)


def _arrive_undated(
    kin: Sequence[HeldRaw], digest: bytes, harvest_id: int, version: Version, *, empty: bool
) -> Arrival:
    for held in kin:
        if held.digest == digest:
            repeated = held.last_harvest_id == harvest_id
            return Arrival(held, held.copy, "repeated" if repeated else "unchanged")
        if held.unread_id is not None and held.unread_id == version(held, digest):
            return Arrival(held, held.copy, "changed")
    # What could not be had is no other record than the good one.
    free = [held for held in kin if held.last_harvest_id != harvest_id or (empty and held.readable)]
    if free:
        held = min(free, key=lambda held: held.copy)
        return Arrival(held, held.copy, "changed")
    return Arrival(None, len(kin) + 1, "new")


def _arrive_dated(
    held: HeldRaw | None, datestamp: str, deleted_at: str, digest: bytes, harvest_id: int, version: Version
) -> Arrival:
    if held is None:
        return Arrival(None, 1, "new")
    newest = max(held.datestamp or "", deleted_at)
    same = held.digest == digest
    if datestamp > newest or (datestamp == newest and not same and version(held, digest) is None):
        return Arrival(held, held.copy, "unchanged" if same and not held.deleted else "changed")
    if not same or datestamp < (held.datestamp or ""):
        return Arrival(held, held.copy, "outdated")
    return Arrival(held, held.copy, "repeated" if held.last_harvest_id == harvest_id else "unchanged")


def shown(candidates: Sequence[HeldRaw], richness: Callable[[str], int]) -> HeldRaw | None:
    """Choose the raw record that a record is read from.

    Of those with a datestamp the newest, then the richest format, then the last received; of the others the
    richest, then the last received; and between those two the richer, then the last received.
    """
    if len(candidates) == 1:
        return candidates[0]
    dated: HeldRaw | None = None
    undated: HeldRaw | None = None
    for held in candidates:
        if held.datestamp is None:
            undated = max(undated or held, held, key=lambda h: (richness(h.format), h.payload_id))
        else:
            dated = max(
                dated or held, held, key=lambda h: (h.datestamp or "", richness(h.format), h.payload_id)
            )
    if dated is None or undated is None:
        return dated or undated
    return max(dated, undated, key=lambda h: (richness(h.format), h.payload_id))
