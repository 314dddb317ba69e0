"""What a record is once its raw records have changed: which one it shows, whether it is gone, its names."""

from collections.abc import Callable, Sequence

from catalog.citekey import citation_key, first_free
from catalog.record import Record, from_json
from catalog.store.crosswalks import Crosswalks
from catalog.store.held import HeldRaw, HeldRecord, shown
from catalog.store.ledger import Ledger

Reread = Callable[[HeldRaw], str | None]
"""Read a raw record that was not in the page: the record's JSON, or None when it cannot be read."""


class Settling:
    """Brings the records that a page touched up to date."""

    def __init__(self, ledger: Ledger, crosswalks: Crosswalks) -> None:
        self._ledger = ledger
        self._crosswalks = crosswalks
        self._touched: dict[int, HeldRecord] = {}
        self._moved: dict[int, HeldRecord] = {}

    def touch(self, record_id: int | None) -> None:
        """Have a record looked at again."""
        if record_id is not None and record_id not in self._touched:
            self._touched[record_id] = self._ledger.record_of(record_id)

    def assign(self, held: HeldRaw, key: str) -> None:
        """Give a raw record that was just read to the record of that key."""
        record = self._ledger.record(key)
        if held.record_id != record.id:
            if held.record_id is not None:
                self.touch(held.record_id)  # before the other, so that it can hand on its citation key
                self._moved[held.record_id] = record
            held.record_id = record.id
        record.arrivals.append(held)
        self._touched[record.id] = record

    def settle(self, reread: Reread) -> None:
        """Bring every touched record up to date."""
        for record in self._touched.values():
            if record.stored:
                self._settle_stored(record, reread)
            else:
                self._settle_new(record)

    def _settle_new(self, record: HeldRecord) -> None:
        _, members = self._ledger.members(record)
        best = shown([held for held in members if held.readable], self._crosswalks.rank)
        if best is None or best.reading is None:  # deleted, or unreadable, by a later line of the same page
            for held in members:
                held.record_id = None
            return
        record.payload_id, record.crosswalk, record.body = best.payload_id, best.crosswalk, best.body or ""
        self._name(record, best.reading)
        self._ledger.change_identifiers(record, set(), _identifiers(best.reading))
        self._ledger.add_record(record)

    def _settle_stored(self, record: HeldRecord, reread: Reread) -> None:
        sources_before, members = self._ledger.members(record)
        live = [held for held in members if not held.deleted]
        shown_now = self._shown(record, live, reread)
        # A record whose raw records can no longer be read keeps its last good reading.
        deleted = record.deleted if live and shown_now is None else int(not live)
        body, payload_id, crosswalk = shown_now or (record.body, record.payload_id, record.crosswalk)
        sources = {held.source_id for held in live}
        if (body, deleted, sources) != (record.body, record.deleted, sources_before):
            old = set() if record.deleted else _identifiers(from_json(record.body))
            new = set() if deleted else _identifiers(from_json(body))
            self._ledger.change_identifiers(record, old, new)
            self._ledger.supersede(record)
        record.body, record.deleted = body, deleted
        record.payload_id, record.crosswalk = payload_id, crosswalk
        if members:
            record.successor_id = None
            if record.citation_key is None:  # back, after its citation key had gone to a successor
                self._name(record, from_json(record.body))
        else:
            self._succeed(record)
        self._ledger.change_record(record)

    def _shown(
        self, record: HeldRecord, live: Sequence[HeldRaw], reread: Reread
    ) -> tuple[str, int, str] | None:
        """Return the best reading: its JSON, payload and crosswalk; None when nothing can be read."""
        candidates = [held for held in live if held.readable]
        while (best := shown(candidates, self._crosswalks.rank)) is not None:
            if (best.payload_id, best.crosswalk) == (record.payload_id, record.crosswalk):
                return record.body, best.payload_id, best.crosswalk
            reading = best.body or reread(best)
            if reading is not None:
                return reading, best.payload_id, best.crosswalk
            candidates.remove(best)
        return None

    def _succeed(self, record: HeldRecord) -> None:
        """Let the record that took the last raw record answer to this one's names."""
        successor = self._moved.get(record.id)
        if successor is None or not (
            successor.stored or any(h.readable for h in successor.arrivals if h.record_id == successor.id)
        ):
            return
        record.successor_id = successor.id
        if not successor.stored and successor.citation_key is None:
            successor.citation_key, record.citation_key = record.citation_key, None

    def _name(self, record: HeldRecord, reading: Record) -> None:
        if record.citation_key is None:
            base = citation_key(reading, record_key=record.key)
            record.citation_key = first_free(base, self._ledger.citation_key_taken)
            self._ledger.give_citation_key(record.citation_key)


def _identifiers(record: Record) -> set[tuple[str, str]]:
    return {(identifier.scheme, identifier.value) for identifier in record.identifiers}
