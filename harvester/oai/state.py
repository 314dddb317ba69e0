"""Where a walk stands, and all that its end must know: the checkpoint of every page."""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import msgspec

from catalog.errors import SourceError
from catalog.record import RawRecord, Remark
from harvester.oai.identity import DAY
from harvester.oai.windows import Window, span, written

_VERSION = 1
_MOST_NOTES = 50


class Step(NamedTuple):
    """What a request brought; the walk stops after one with an `error`."""

    raws: Sequence[RawRecord] = ()
    remarks: Sequence[Remark] = ()
    error: SourceError | None = None


class Server(msgspec.Struct, frozen=True, array_like=True):
    """What the server said of itself when the harvest began; `known` unless Identify failed."""

    prefix: str
    granularity: str = DAY
    earliest: int | None = None
    known: bool = False


class State(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Where a walk stands: part after part (a set each), window after window, page after page.

    `windows` are what is left of the current part, the first of them under way. Moments are seconds since
    1970. `told` are the notes already made, as checksums.
    """

    server: Server
    url: str  # where it answers; differs from where it was said to be after a permanent redirect
    part: int = 0
    windows: list[Window]
    dates: bool = True  # the server takes dates
    heeded: bool = True  # and lists nothing else
    exclusive: bool | None = None  # what is dated `until` itself is left out; None: nobody looked yet

    # the window under way
    token: str | None = None
    received: int = 0  # different identifiers
    walked: int = 0  # records, those that came twice counted twice
    size: int | None = None
    stale: int = 0  # pages in a row that brought nothing new
    listed: int | None = None  # the size that the last page told
    edge: str | None = None  # and the date of its last record
    single: str | None = None  # records are asked for one by one: the identifier reached

    # the run
    announced: int = 0  # of the windows that are done
    finished: int = 0
    bare: int = 0  # lists of so many records are whole though nobody said how long they are
    cut: int = 0  # the shortest list that was cut short without a word; 0: none was
    broken: int = 0  # windows halved of which nothing could be read
    oldest: int | None = None
    newest: int | None = None
    future: bool = False
    first_response: int | None = None
    last_response: int | None = None  # the first one of the last window begun
    cap: int | None = None  # the `until` the server used
    told: list[int] = msgspec.field(default_factory=list)

    def leave(self) -> None:
        """Forget how far the window under way has come: it begins anew, or another does."""
        self.token = self.size = self.single = self.listed = self.edge = None
        self.received = self.walked = self.stale = 0

    def finish(self) -> None:
        """Go on to the next window."""
        self.announced += self.received if self.size is None else self.size
        self.finished += 1
        del self.windows[:1]
        self.leave()

    def total(self) -> int | None:
        """Return how many records the windows begun so far are said to have."""
        return self.announced + (self.size or 0) or None

    def saw(self, datestamp: str | None) -> bool:
        """Note the date of a record; False when it is none."""
        found = span(datestamp)
        if found is None:
            return False
        self.oldest = found.first if self.oldest is None else min(self.oldest, found.first)
        if self.first_response is not None and found.first > self.first_response:
            self.future = True  # changed since the harvest began, or wrong: the next one asks for it anyway
        else:
            self.newest = found.first if self.newest is None else max(self.newest, found.first)
        return True

    def answered(self, moment: int) -> None:
        """Note the server's clock when it answered the first request of a window."""
        if self.first_response is None:
            self.first_response = self.last_response = moment
        elif self.finished:
            self.last_response = moment

    def capped(self, moment: int) -> None:
        """Note an `until` that the server put in, or was asked to heed."""
        self.cap = moment if self.cap is None else min(self.cap, moment)

    def watermark(self) -> str | None:
        """Return where the next harvest may begin, inclusive; None when it must not be elsewhere than now.

        A server that holds back its newest records (DOAJ for 30 days), need not say so: what the last window
        had of them may be newer than what the first could have, by the time between the two.
        """
        if not self.dates or (self.newest is None and not self.future):
            return None
        first, last = self.first_response, self.last_response
        bounds = [moment for moment in (self.newest, first, self.cap) if moment is not None]
        if self.newest is not None and first is not None and last is not None:
            bounds.append(self.newest - max(0, last - first))
        return written(min(bounds), self.server.granularity)

    def once(self, text: str) -> bool:
        """Tell whether a remark is to be made: it has not been, and there are not too many."""
        mark = crc32(text.encode())
        if mark in self.told or len(self.told) >= _MOST_NOTES:
            return False
        self.told.append(mark)
        return True

    def note(self, text: str) -> list[Remark]:
        """Return a note, if it is to be made."""
        return [Remark("note", text)] if self.once(text) else []


_TO_JSON = msgspec.json.Encoder()
_FROM_JSON = msgspec.json.Decoder(tuple[int, State])


def packed(state: State) -> str:
    """Return the checkpoint of a state."""
    return _TO_JSON.encode((_VERSION, state)).decode()


def unpacked(checkpoint: str) -> State | None:
    """Return the state of a checkpoint; None when it is another version's, or damaged."""
    try:
        version, state = _FROM_JSON.decode(checkpoint)
    except msgspec.MsgspecError:
        return None
    return state if version == _VERSION and state.windows else None
