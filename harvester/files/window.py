"""What a splitter works with: a window moving over the bytes, and the raw records it makes."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import NamedTuple

from catalog.record import Place, RawRecord
from harvester.files.byte_stream import CHUNK, Bytes

LONGEST = 10_000_000
"""A longer record is handed over in pieces: memory stays bounded whatever a file holds."""
TOO_LONG = f"a record longer than {LONGEST:,} bytes, cut"
"""The fault of each piece of such a record."""

BOM = b"\xef\xbb\xbf"


class Window:
    """The part of a stream that is in memory: `data`, which begins at byte `base` of the stream.

    A record longer than `longest` bytes is not to be gathered in it.
    """

    def __init__(self, source: Bytes, *, longest: int = LONGEST) -> None:
        self._source = source
        self.longest = longest
        self.data = b""
        self.base = 0

    def more(self) -> bool:
        """Take in the next bytes; False at the end of the stream."""
        chunk = self._source.read(max(CHUNK, min(len(self.data), LONGEST)))
        self.data += chunk
        return bool(chunk)

    def drop(self, length: int) -> None:
        """Forget the first bytes."""
        self.data = self.data[length:]
        self.base += length


class Segment(NamedTuple):
    """What stands between two places where a record may begin; not `whole` when cut for its length."""

    offset: int
    data: bytes
    whole: bool


def segments(window: Window, begin: re.Pattern[bytes], *, look_back: int = 64) -> Iterator[Segment]:
    """Yield the stream cut wherever `begin` matches, what stands before the first match too.

    A match has at most `look_back` bytes. A segment that is too long comes in pieces, none of them whole.
    """
    start, scan = 0, 1
    cut = False  # whether a piece of this segment has been handed over already
    while True:
        found = begin.search(window.data, scan)
        if found is not None and found.end() < len(window.data):
            if found.start() > start:
                yield Segment(window.base + start, window.data[start : found.start()], whole=not cut)
            start, scan, cut = found.start(), found.start() + 1, False
            continue
        window.drop(start)
        start, scan = 0, max(1, len(window.data) - look_back)
        if len(window.data) > LONGEST:
            yield Segment(window.base, window.data[:LONGEST], whole=False)
            window.drop(LONGEST)
            scan, cut = 0, True
        elif not window.more():
            break
    if window.data:
        yield Segment(window.base, window.data, whole=not cut)


class Tally:
    """What one reading adds up to: the ordinals it has given, and notes for its user."""

    def __init__(self) -> None:
        self._ordinals = count(1)
        self.notes: list[str] = []
        self.broken_off: str | None = None
        self.file: str | None = None  # which of an archive's files is being read

    def place(self, offset: int) -> Place:
        """Return the place of the next record."""
        return Place(ordinal=next(self._ordinals), offset=offset, file=self.file)

    def raw(
        self, payload: bytes, offset: int, form: str, identifier: str | None, *, fault: str | None = None
    ) -> RawRecord:
        """Make a raw record that is not from OAI-PMH."""
        return RawRecord(
            identifier=identifier or digest(payload),
            format=form,
            payload=payload,
            place=self.place(offset),
            fault=fault,
        )

    def too_long(self, payload: bytes, offset: int, form: str) -> RawRecord:
        """Make the rejection that a piece of an endless record is."""
        return self.raw(payload, offset, form, None, fault=TOO_LONG)


def digest(payload: bytes) -> str:
    """Return the identifier of a record whose source gave none."""
    return f"sha256:{sha256(payload).hexdigest()[:16]}"
