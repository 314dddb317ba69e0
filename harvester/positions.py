"""Walking a result by positions, as SRU and VuFind list it, without losing count.

A server says how many records a result has and sends them from a position on, fewer than asked for if it
likes. What is received is counted against what was announced: a result that cannot be walked to its end,
or has records that cannot be sent, is never taken for complete.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from catalog.errors import MalformedResponse, SourceError, TransportFailed
from catalog.record import RawRecord, Remark
from harvester.protocol import Page

_SMALLER = 10  # a page that cannot be read is asked for in tenths, down to single records
_GIVEN_UP = 3  # single records in a row that cannot be read: it is the server, not the records
_REMEMBERED = 1_000_000  # records; beyond, those that come twice far apart are counted twice


class Unreadable(MalformedResponse):
    """An answer is of the right kind, but damaged: a smaller part of it may be whole."""


class RecordRefused(Unreadable):
    """The server says that it cannot send one of the records, and sends none of the page."""


class Batch(NamedTuple):
    """What a server answers when asked for the records from a position on.

    `total` of the result, None if not said; `following`: the position it says comes next, `certain` if that
    is so however many records came; `refusal`: why it sends none; `server`: what it says of itself.
    """

    raws: Sequence[RawRecord]
    total: int | None = None
    following: int | None = None
    certain: bool = False
    refusal: str | None = None
    remarks: Sequence[Remark] = ()
    server: str | None = None


@dataclass(frozen=True)
class Mark:
    """How far a walk has come.

    `next` position, from 1; `received` different records; `lost`: how many could not be read and are told
    already; `last`: digests of the page before; `manner`: how the server is asked.
    """

    next: int = 1
    total: int | None = None
    received: int = 0
    lost: int = 0
    changed: bool = False
    last: tuple[str, ...] = ()
    manner: dict[str, str] = field(default_factory=dict)

    def checkpoint(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, checkpoint: str) -> "Mark":
        """Return the mark that a checkpoint is the text of."""
        found = json.loads(checkpoint)
        return cls(**{**found, "last": tuple(found["last"])})


Ask = Callable[[int, int], Batch]
"""Ask for records: first position, how many. Raises SourceError; Unreadable when fewer may be readable."""


def walk(ask: Ask, mark: Mark, size: int, manner: Callable[[], dict[str, str]] = dict) -> Iterator[Page]:
    """Yield the pages of a result from a mark on, `size` records at a time; the last has no `resume`.

    `manner` tells how the server is asked, once it has been. Raises the SourceError of `ask` unless going
    around the records that cannot be read helps.
    """
    part, troubled = size, 0  # the size asked for now, and the position up to which it is smaller
    failed, lost = 0, list[Remark]()  # what could not be read in a row, kept back until something could be
    over, seen = False, set[str]()
    while not over:
        if mark.next >= troubled:
            part = size
        try:
            batch = ask(mark.next, part)
        except SourceError as error:
            failed += part == 1 and not isinstance(error, RecordRefused)
            if not _may_be_a_record(error, mark) or failed == _GIVEN_UP:
                raise
            if part > 1:
                troubled = max(troubled, mark.next + part)
                part = max(1, part // _SMALLER)
                continue
            lost.append(_lost(error, mark))
            mark = replace(mark, next=mark.next + 1, lost=mark.lost + 1)
            over = _is_behind(mark)
            if failed and not over:
                continue
            batch = Batch((), remarks=_short(mark) if over else ())
        else:
            batch, mark, over = follow(batch, mark, seen)
            failed = 0
        mark = replace(mark, manner=manner())
        yield Page(
            batch.raws,
            None if over else mark.checkpoint(),
            announced=mark.total,
            remarks=[*lost, *batch.remarks],
            server=batch.server,
        )
        lost = []


def follow(batch: Batch, mark: Mark, seen: set[str]) -> tuple[Batch, Mark, bool]:
    """Take in a batch: return it with what is to be told, how far it leads, and whether that is the end.

    `seen`, digests of what came so far, is added to: where the order of a result changes between two pages,
    a record that comes twice stands where another one was passed over.
    """
    remarks = list(batch.remarks)
    total = _total(batch, mark)
    changed = mark.total is not None and total != mark.total
    if changed and not mark.changed:
        text = f"the result changed while it was harvested, from {mark.total:,} to {total:,} records"
        remarks.append(Remark("note", text))
    now = replace(mark, total=total, changed=mark.changed or changed)
    prints = tuple(sha256(raw.payload).hexdigest()[:12] for raw in batch.raws)
    if batch.raws and not set(prints) - set(mark.last):
        return _stopped(batch, now, remarks, "it sends the page before again")
    if batch.raws:
        new = sum(one not in seen and one not in mark.last for one in prints)
        if len(seen) < _REMEMBERED:
            seen.update(prints)
        following = batch.following if batch.certain else None
        now = replace(
            now,
            next=following or mark.next + len(prints),
            received=mark.received + new,
            last=prints,
        )
    elif batch.following is not None and batch.following > mark.next and batch.refusal is None:
        now = replace(now, next=batch.following)
    elif not _is_behind(now):
        return _stopped(batch, now, remarks, batch.refusal or "it sends none though none was refused")
    over = _is_behind(now) or (total is None and batch.following is None)
    if over:
        remarks += _short(now)
    return batch._replace(remarks=remarks), now, over


def _total(batch: Batch, mark: Mark) -> int | None:
    """Return how many records the result has; a refusal is believed only if it does not contradict.

    The Library of Congress counts 1, the diagnostic, when it refuses.
    """
    contradicts = batch.refusal is not None and (batch.total or 0) < mark.received + mark.lost
    return mark.total if batch.total is None or contradicts else batch.total


def _is_behind(mark: Mark) -> bool:
    return mark.total is not None and mark.next > mark.total


def _stopped(batch: Batch, mark: Mark, remarks: list[Remark], why: str) -> tuple[Batch, Mark, bool]:
    """End a walk where the server sends no more, before the end of the result if that is known."""
    missing = _missing(mark)
    if missing:
        text = f"the server sent {mark.received:,} of {mark.total:,} records; at number {mark.next:,}: {why}"
        remarks.append(Remark("gap", text, missing))
    return batch._replace(raws=(), remarks=remarks), mark, True


def _short(mark: Mark) -> list[Remark]:
    missing = _missing(mark)
    if not missing:
        return []
    return [
        Remark("short", f"the server announced {mark.total:,} records and sent {mark.received:,}", missing)
    ]


def _missing(mark: Mark) -> int:
    return max(0, (mark.total or 0) - mark.received - mark.lost)


def _may_be_a_record(error: SourceError, mark: Mark) -> bool:
    """Tell whether an error may come from one record of a page: a server stumbles over one of its own."""
    crashed = isinstance(error, TransportFailed) and error.status == 500 and mark.total is not None
    return crashed or isinstance(error, Unreadable)


def _lost(error: SourceError, mark: Mark) -> Remark:
    return Remark("gap", f"record {mark.next:,} of the result cannot be read: {error.message}", 1)
