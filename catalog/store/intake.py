"""One page of raw records on its way into the catalogue: compared, read, and written as one unit of work.

What a page leaves behind depends on the catalogue and the page alone, never on how often a run was broken
off: that is how a run that was killed and repeated ends as one that was not.

Nothing that cannot be read hides what can: a record that was fine last month and comes broken today, or
cannot be fetched, stays as it was; it is listed as a rejection with what was sent, and tried by `normalise`.
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
            if held.unread_id is not None and held.fault is None:
                self._try_unread(held)
            self._read(held, self._raw(held))
        self._settling.settle(self._reread_for_show)
        self._ledger.write()
        return sum(held.rejection is not None for held in again)

    def _try_unread(self, held: HeldRaw) -> None:
        """Let the version that could not be read take its place if it can be read by now."""
        assert held.unread_id is not None
        if isinstance(self._reading(self._raw(held, held.unread_id)), Rejection):
            return
        held.payload_id, held.datestamp, held.deleted = held.unread_id, held.unread_datestamp, 0
        held.digest = self._ledger.payload(held.unread_id).digest
        held.unread_id = held.unread_datestamp = None

    def _take_one(self, raw: RawRecord, source_id: int, harvest_id: int) -> Outcome:
        digest = digest_of(raw)
        family = self._families[raw.identifier]
        held, copy, news = arrive(family, raw, digest, harvest_id, self._ledger.version)
        if held is None:
            return self._take_new(raw, copy, digest, source_id, harvest_id)
        if news == "changed":
            return self._take_changed(held, raw, digest, harvest_id)
        if news == "outdated":
            return self._take_outdated(held, raw, digest, harvest_id)
        self._forgive(held, raw, again=news == "repeated")
        return self._take_unchanged(held, raw, harvest_id) if news == "unchanged" else "repeated"

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
        reading = None if raw.deleted else self._reading(raw)
        good = held.readable if raw.datestamp is None else held.sound  # in a file a deletion may be another's
        if isinstance(reading, Rejection) and good:
            return self._take_unread(held, raw, digest, harvest_id, reading)
        self._forgive(held, raw)
        held.datestamp, held.sets = raw.datestamp, _sets(raw)
        held.deleted = int(raw.deleted)
        held.digest, held.payload_id = digest, self._ledger.add_payload(held.id, raw, digest, harvest_id)
        held.last_harvest_id = harvest_id
        if held.unread_id is None:
            held.fault = raw.fault
            held.ordinal, held.offset, held.file = _place(raw)
        self._ledger.change_raw(held)
        self._settling.touch(held.record_id)
        self._accept(held, reading)
        return self._outcome(held, raw, "changed")

    def _take_outdated(self, held: HeldRaw, raw: RawRecord, digest: bytes, harvest_id: int) -> Outcome:
        if held.readable and raw.datestamp == held.datestamp and not raw.deleted:
            reading = self._reading(raw)
            if isinstance(reading, Rejection):
                return self._take_unread(held, raw, digest, harvest_id, reading)
        return self._keep_outdated(held, raw, digest, harvest_id)

    def _keep_outdated(self, held: HeldRaw, raw: RawRecord, digest: bytes, harvest_id: int) -> Outcome:
        if self._ledger.version(held, digest) is None:
            self._ledger.add_payload(held.id, raw, digest, harvest_id)
        held.last_harvest_id = harvest_id
        self._ledger.see_raw(held)
        return "outdated"

    def _take_unread(
        self, held: HeldRaw, raw: RawRecord, digest: bytes, harvest_id: int, rejection: Rejection
    ) -> Outcome:
        """Keep a version that cannot be read, or that a server failed to send, beside the good one."""
        if self._outdone(held, raw):
            return self._keep_outdated(held, raw, digest, harvest_id)
        known = self._ledger.version(held, digest)
        held.unread_datestamp = raw.datestamp
        held.unread_id = known or self._ledger.add_payload(held.id, raw, digest, harvest_id)
        held.rejection, held.fault = rejection.reason, raw.fault
        held.ordinal, held.offset, held.file = _place(raw)
        held.last_harvest_id = harvest_id
        self._ledger.change_raw(held)
        return "rejected"

    def _outdone(self, held: HeldRaw, raw: RawRecord) -> bool:
        """Tell whether a deletion as new, or a newer version that cannot be read either, came before."""
        if raw.datestamp is None:
            return False
        family = self._families[raw.identifier] if held.deleted else ()
        deleted = any(kin.deleted and kin.datestamp == raw.datestamp for kin in family)
        return deleted or raw.datestamp < (held.unread_datestamp or "")

    def _forgive(self, held: HeldRaw, raw: RawRecord, *, again: bool = False) -> None:
        """Forget the version that could not be read now that a good one came, unless that is older.

        `again`: the good one came before in this run. Without datestamps the two may be records of a file
        under one identifier, unless one was nothing at all.
        """
        if held.unread_id is None:
            return
        if raw.datestamp is None and again and self._ledger.payload(held.unread_id).content:
            return
        if raw.datestamp is not None and raw.datestamp < (held.unread_datestamp or ""):
            return
        held.unread_id = held.unread_datestamp = held.rejection = held.fault = None
        held.ordinal, held.offset, held.file = _place(raw)
        self._ledger.change_raw(held)

    def _take_unchanged(self, held: HeldRaw, raw: RawRecord, harvest_id: int) -> Outcome:
        held.last_harvest_id = harvest_id
        if held.unread_id is None:
            held.ordinal, held.offset, held.file = _place(raw)
        moved = (raw.datestamp or "") > (held.datestamp or "")
        fault = held.fault if held.unread_id is None else None
        stale = held.crosswalk != self._crosswalks.made_by(held.format) or fault != raw.fault
        if moved:
            held.datestamp, held.sets = raw.datestamp, _sets(raw)
            self._settling.touch(held.record_id)
        if stale:
            if held.unread_id is None:
                held.fault = raw.fault
            self._read(held, raw)
        if moved or stale:
            self._ledger.change_raw(held)
        else:
            self._ledger.see_raw(held)
        return "unchanged" if held.sound else "rejected"

    def _outcome(self, held: HeldRaw, raw: RawRecord, outcome: Outcome) -> Outcome:
        if raw.deleted:
            self._bury(held, raw)
            return "deleted"
        return outcome if held.sound else "rejected"

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
                self._forgive(held, raw)
                self._ledger.change_raw(held)
                self._settling.touch(held.record_id)

    def _read(self, held: HeldRaw, raw: RawRecord) -> None:
        """Read a raw record and give it to the record it is of."""
        self._accept(held, None if raw.deleted else self._reading(raw))

    def _accept(self, held: HeldRaw, reading: tuple[Record, str] | Rejection | None) -> None:
        """Give a raw record to the record it was read to be of; None: it is a deletion."""
        held.crosswalk = self._crosswalks.made_by(held.format)
        held.reading, held.body = None, None
        if held.unread_id is None:
            held.rejection = reading.reason if isinstance(reading, Rejection) else None
        if isinstance(reading, Rejection):
            self._settling.touch(held.record_id)
        elif reading is not None:
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
        if not isinstance(reading, Rejection):
            return reading[1]
        if held.unread_id is None:
            held.rejection = reading.reason
        return None

    def _raw(self, held: HeldRaw, payload_id: int | None = None) -> RawRecord:
        """Return a raw record as it came, by default in the version that is read."""
        sent = self._ledger.payload(payload_id or held.payload_id)
        return RawRecord(
            identifier=held.identifier,
            format=held.format,
            payload=sent.content,
            envelope=sent.envelope,
            datestamp=held.datestamp,
            sets=tuple(msgspec.json.decode(held.sets)),
            deleted=bool(held.deleted),
            place=None
            if held.ordinal is None
            else Place(ordinal=held.ordinal, offset=held.offset, file=held.file),
            fault=held.fault if held.unread_id is None else None,
        )


def _place(raw: RawRecord) -> tuple[int | None, int | None, str | None]:
    place = raw.place
    return (None, None, None) if place is None else (place.ordinal, place.offset, place.file)


def _sets(raw: RawRecord) -> str:
    return msgspec.json.encode(raw.sets).decode() if raw.sets else "[]"
