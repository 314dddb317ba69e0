"""Where a harvest of the article API stands: the slices still to be walked, and whether each came whole."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self

import msgspec

from catalog.errors import ProtocolError
from catalog.record import RawRecord, Remark
from harvester.doaj.answer import Answer
from harvester.doaj.slices import LIMIT, Slice, clauses, split

_WALKS = 3
"""How often a slice is walked whose records move from page to page meanwhile, or do not come."""


class _Place(msgspec.Struct, omit_defaults=True):
    """The checkpoint.

    `todo` ends with the slice being walked, whose `page` is next: it announced `total`, and `got` of that
    came, in its `walks`-th walk. `counted` adds up what the slices before had.
    """

    began: str
    announced: int
    todo: list[Slice]
    counted: int = 0
    newest: str | None = None
    page: int = 1
    total: int | None = None
    got: int = 0
    walks: int = 1


class Walk:
    """A walk through all slices of a query, an answer at a time.

    `began`: what has changed since then may or may not have been received.
    """

    def __init__(self, began: str, announced: int) -> None:
        self._place = _Place(began, announced, [()])
        self._met: set[str] = set()  # in this walk of the slice
        self._handed_over: set[tuple[str, str | None]] = set()  # in any walk of it

    @classmethod
    def resumed(cls, checkpoint: str) -> Self:
        """Go on from a checkpoint."""
        place = msgspec.convert(json.loads(checkpoint), _Place)
        walk = cls(place.began, place.announced)
        walk._place = place
        return walk

    def checkpoint(self) -> str | None:
        """Return all there is to know, to go on later; None after the last slice."""
        # The standard library's JSON: ids are numbers of 128 bits, msgspec's stops at 64.
        return (
            json.dumps(msgspec.to_builtins(self._place), separators=(",", ":")) if self._place.todo else None
        )

    @property
    def began(self) -> str:
        """When it began, UTC."""
        return self._place.began

    @property
    def announced(self) -> int:
        """How many records the query had then."""
        return self._place.announced

    @property
    def counted(self) -> int:
        """How many the slices walked so far have."""
        return self._place.counted

    @property
    def newest(self) -> str | None:
        """The newest datestamp received."""
        return self._place.newest

    @property
    def slice(self) -> Slice | None:
        """What is to be asked for; None after the last."""
        return self._place.todo[-1] if self._place.todo else None

    @property
    def page(self) -> int:
        """And which page of it."""
        return self._place.page

    @property
    def order(self) -> str:
        """And in which order: the other way round when it is walked again."""
        return "created_date:asc" if self._place.walks % 2 else "created_date:desc"

    def cut(self, total: int) -> bool:
        """Cut the slice if it has more records than the API gives; False when it fits, or cannot be cut."""
        latest = datetime.fromisoformat(self.began) + timedelta(days=2)
        parts = split(self._place.todo[-1], int(latest.timestamp())) if total > LIMIT else ()
        if parts:
            self._go_to(*parts)
        return bool(parts)

    def take(self, answer: Answer) -> tuple[Sequence[RawRecord], list[Remark]]:
        """Take a page of the slice; return the records that are new, and remarks when it ended.

        Pages are cut anew at each request: a record withdrawn meanwhile moves all behind it one place up, and
        the first of the next page is passed over. So a slice whose total changed, or that was short, is
        walked again. Raises ProtocolError when slices have records in common.
        """
        place = self._place
        moved = place.total not in (None, answer.total)
        place.total = answer.total
        new = self._new(answer)
        there = min(answer.total, LIMIT)
        ended = not answer.raws or place.page * answer.size >= there
        if place.walks < _WALKS and (moved or (ended and place.got < there)):
            self._again(moved=moved)
        elif ended:
            return new, self._done()
        else:
            place.page += 1
        return new, []

    def _new(self, answer: Answer) -> list[RawRecord]:
        place = self._place
        place.got += len({raw.identifier for raw in answer.raws} - self._met)
        self._met.update(raw.identifier for raw in answer.raws)
        stamps = [raw.datestamp for raw in answer.raws if raw.datestamp]
        place.newest = max(filter(None, (place.newest, *stamps)), default=None)
        new = [raw for raw in answer.raws if (raw.identifier, raw.datestamp) not in self._handed_over]
        self._handed_over.update((raw.identifier, raw.datestamp) for raw in new)
        return new

    def _again(self, *, moved: bool) -> None:
        """Walk the slice once more.

        Where nothing moved, what this walk lacks may have come in the last: articles stamped with the same
        second come in any order, another at each request (Elasticsearch, of whose copies any may answer).
        """
        place = self._place
        if moved or place.got != len(self._met):  # the latter: in a run that went on from a checkpoint
            place.got = 0
            self._met.clear()
        place.page, place.total = 1, None
        place.walks += 1

    def _go_to(self, *parts: Slice) -> None:
        place = self._place
        place.todo[-1:] = reversed(parts)
        place.page, place.total, place.got, place.walks = 1, None, 0, 1
        self._met.clear()
        self._handed_over.clear()

    def _done(self) -> list[Remark]:
        place = self._place
        where = clauses(place.todo[-1]).replace("\\", "").removeprefix(" AND ") or "all of the topic"
        total = place.total or 0
        missing = total - place.got
        place.counted += total
        if place.counted > 2 * place.announced + LIMIT:
            message = "DOAJ's API does not heed the dates that its answers are to be sliced by"
            raise ProtocolError(message, code="slices", hint="is this the address of DOAJ's API?")
        self._go_to()
        if missing <= 0:
            return []
        if total > LIMIT:
            text = f"{missing:,} of {total:,} records cannot be asked for: {where}"
            return [Remark("gap", text, missing)]
        return [Remark("short", f"{missing:,} of {total:,} records did not come: {where}", missing)]
