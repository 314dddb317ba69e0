"""One page of raw records on its way into the catalogue: compared, read, and written as one unit of work.

What a page leaves behind depends on the catalogue and the page alone, never on how often a run was broken
off: that is how a run that was killed and repeated ends as one that was not.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from catalog.record import Place, RawRecord, Record, Rejection, to_json
from catalog.store.crosswalks import Crosswalks
from catalog.store.database import Database
from catalog.store.held import HeldRaw, arrive
from catalog.store.keys import record_key
from catalog.store.ledger import Ledger
from catalog.store.rows import Counts, Outcome
from catalog.store.settling import Settling


def digest_of(raw: RawRecord) -> bytes:
    """Return the SHA-256 of what a source sent, the declarations around it included."""
    digest = sha256(raw.payload)
    if raw.envelope is not None:
        digest.update(raw.envelope)
    return digest.digest()


class Intake:
    """Takes in one page; lives inside one write transaction."""

    def __init__(self, database: Database, crosswalks: Crosswalks) -> None:
        self._ledger = Ledger(database)
        self._crosswalks = crosswalks
        self._settling = Settling(self._ledger, crosswalks)
        self._families: dict[str, list[HeldRaw]] = {}

    def take(self, raws: Sequence[RawRecord], *, source_id: int, harvest_id: int) -> Counts:
        """Take in a page as a source sent it; return how many of what."""
        outcomes: dict[Outcome, int] = {}
        self._families = self._ledger.families(source_id, (raw.identifier for raw in raws))
        for raw in raws:
            outcome = self._take_one(raw, source_id, harvest_id)
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        self._settling.settle(self._reread_for_show)
        self._ledger.write()
        return Counts(received=len(raws), **outcomes)

    def reread(self, rows: Iterable[Sequence[Any]]) -> int:
        """Read raw records (rows of RAW_COLUMNS) again; return how many cannot be read."""
        again = [self._ledger.held(row) for row in rows]
        for held in again:
            self._ledger.change_raw(held)
            self._read(held, self._raw(held))
        self._settling.settle(self._reread_for_show)
        self._ledger.write()
        return sum(held.rejection is not None for held in again)

    def _take_one(self, raw: RawRecord, source_id: int, harvest_id: int) -> Outcome:
        digest = digest_of(raw)
        family = self._families[raw.identifier]
        held, copy, news = arrive(family, raw, digest, harvest_id, self._ledger.had_payload)
        if held is None:
            return self._take_new(raw, copy, digest, source_id, harvest_id)
        if news == "changed":
            return self._take_changed(held, raw, digest, harvest_id)
        if news == "unchanged":
            return self._take_unchanged(held, raw, harvest_id)
        if news == "outdated":
            if not self._ledger.had_payload(held, digest):
                self._ledger.add_payload(held.id, raw, digest, harvest_id)
            held.last_harvest_id = harvest_id
            self._ledger.see_raw(held)
        return news

    def _take_new(self, raw: RawRecord, copy: int, digest: bytes, source_id: int, harvest_id: int) -> Outcome:
        ordinal, offset, file = _place(raw)
        family = self._families[raw.identifier]
        # A format may come after the deletion of its record was announced in another one.
        gone = raw.datestamp is not None and any(
            held.deleted and (held.datestamp or "") > raw.datestamp for held in family
        )
        raw_id = self._ledger.next_raw()
        held = HeldRaw(
            id=raw_id,
            source_id=source_id,
            identifier=raw.identifier,
            format=raw.format,
            copy=copy,
            datestamp=raw.datestamp,
            sets=_sets(raw),
            deleted=int(raw.deleted or gone),
            fault=raw.fault,
            rejection=None,
            crosswalk="",
            ordinal=ordinal,
            offset=offset,
            file=file,
            digest=digest,
            payload_id=self._ledger.add_payload(raw_id, raw, digest, harvest_id),
            first_harvest_id=harvest_id,
            last_harvest_id=harvest_id,
            record_id=None,
        )
        self._ledger.add_raw(held)
        family.append(held)
        self._read(held, raw)
        return self._outcome(held, raw, "new")

    def _take_changed(self, held: HeldRaw, raw: RawRecord, digest: bytes, harvest_id: int) -> Outcome:
        held.datestamp, held.sets, held.fault = raw.datestamp, _sets(raw), raw.fault
        held.deleted = int(raw.deleted)
        held.ordinal, held.offset, held.file = _place(raw)
        held.digest, held.payload_id = digest, self._ledger.add_payload(held.id, raw, digest, harvest_id)
        held.last_harvest_id = harvest_id
        self._ledger.change_raw(held)
        self._settling.touch(held.record_id)
        self._read(held, raw)
        return self._outcome(held, raw, "changed")

    def _take_unchanged(self, held: HeldRaw, raw: RawRecord, harvest_id: int) -> Outcome:
        held.last_harvest_id = harvest_id
        held.ordinal, held.offset, held.file = _place(raw)
        moved = (raw.datestamp or "") > (held.datestamp or "")
        stale = held.crosswalk != self._crosswalks.made_by(held.format) or held.fault != raw.fault
        if moved:
            held.datestamp, held.sets = raw.datestamp, _sets(raw)
            self._settling.touch(held.record_id)
        if stale:
            held.fault = raw.fault
            self._read(held, raw)
        if moved or stale:
            self._ledger.change_raw(held)
        else:
            self._ledger.see_raw(held)
        return "unchanged" if held.rejection is None else "rejected"

    def _outcome(self, held: HeldRaw, raw: RawRecord, outcome: Outcome) -> Outcome:
        if raw.deleted:
            self._bury(held, raw)
            return "deleted"
        return outcome if held.rejection is None else "rejected"

    def _bury(self, deletion: HeldRaw, raw: RawRecord) -> None:
        """Delete the other formats of a record too, for OAI-PMH deletes items (section 2.5.1).

        A deletion without datestamp, leader/05 `d` in a file of MARC, speaks of its own raw record alone.
        """
        self._settling.touch(deletion.record_id)
        if raw.datestamp is None:
            return
        for held in self._families[raw.identifier]:
            if not held.deleted and (held.datestamp or "") <= raw.datestamp:
                held.deleted = 1
                self._ledger.change_raw(held)
                self._settling.touch(held.record_id)

    def _read(self, held: HeldRaw, raw: RawRecord) -> None:
        """Read a raw record and give it to the record it is of."""
        held.crosswalk = self._crosswalks.made_by(held.format)
        held.reading, held.body, held.rejection = None, None, None
        if raw.deleted:
            return
        reading = self._reading(raw)
        if isinstance(reading, Rejection):
            held.rejection = reading.reason
            self._settling.touch(held.record_id)
            return
        held.reading, held.body = reading
        source = self._ledger.source_names[held.source_id]
        self._settling.assign(held, record_key(source, held.identifier, held.copy, held.reading))

    def _reading(self, raw: RawRecord) -> tuple[Record, str] | Rejection:
        try:
            record = self._crosswalks.read(raw)
        except Exception as error:  # noqa: BLE001 - see below
            # A bug in a crosswalk costs one record, kept and tried again by `normalise`, not the import.
            return Rejection(reason=f"the crosswalk failed: {type(error).__name__}: {error}")
        if isinstance(record, Rejection):
            return record
        try:
            return record, to_json(record).decode()
        except UnicodeEncodeError as error:  # half of a surrogate pair, which broken JSON can carry
            return Rejection(reason=f"holds what is no character: {error.reason}")

    def _reread_for_show(self, held: HeldRaw) -> str | None:
        reading = self._reading(self._raw(held))
        self._ledger.change_raw(held)
        if isinstance(reading, Rejection):
            held.rejection = reading.reason
            return None
        return reading[1]

    def _raw(self, held: HeldRaw) -> RawRecord:
        envelope, payload = self._ledger.payload(held.payload_id)
        return RawRecord(
            identifier=held.identifier,
            format=held.format,
            payload=payload,
            envelope=envelope,
            datestamp=held.datestamp,
            sets=tuple(msgspec.json.decode(held.sets)),
            deleted=bool(held.deleted),
            place=None
            if held.ordinal is None
            else Place(ordinal=held.ordinal, offset=held.offset, file=held.file),
            fault=held.fault,
        )


def _place(raw: RawRecord) -> tuple[int | None, int | None, str | None]:
    place = raw.place
    return (None, None, None) if place is None else (place.ordinal, place.offset, place.file)


def _sets(raw: RawRecord) -> str:
    return msgspec.json.encode(raw.sets).decode() if raw.sets else "[]"
