"""Split a file of MARC records in exchange format (ISO 2709) where each ends.

What ends a record is the terminator, not the length in its leader: a wrong length costs pymarc's reader the
rest of the file (https://gitlab.com/pymarc/pymarc), and oversize records cannot state theirs.
"""

import re
from collections.abc import Iterator

from catalog.record import RawRecord
from harvester.files.window import BOM, LONGEST, Tally, Window

FORMAT = "marc21"

_TERMINATOR = b"\x1d"
_BLANK = b"\t\r\n\x00\x1a"
_LEADER_LIKE = re.compile(rb"[\s\x00\x1a]*(?=\d{5}[ -~]{4})")
# Length, five codes, "22", base address, three codes, "45": MARC 21 fixes the counts and the entry map.
_LEADER = re.compile(rb"\d{5}[ -~]{5}22\d{5}[ -~]{3}45")
_LOST_TERMINATOR = re.compile(rb"\x1e[\s\x00\x1a]*(?=\d{5}[ -~]{5}22\d{5}[ -~]{3}45)")


def split(window: Window, tally: Tally, *, terminator: bytes = _TERMINATOR) -> Iterator[RawRecord]:
    """Yield the records of a stream; bytes that are no record are yielded with a fault."""
    start = scan = 0
    cut = False  # whether the beginning of this record has been handed over already
    while True:
        end = window.data.find(terminator, scan)
        if end >= 0:
            end = _end(window, start, end + len(terminator))
            yield from _records(window.data[start:end], window.base + start, tally, cut=cut)
            start = scan = end
            cut = False
            continue
        window.drop(start)
        start, scan = 0, max(0, len(window.data) - len(terminator) + 1)
        if len(window.data) > LONGEST:
            yield tally.too_long(window.data[:LONGEST], window.base, FORMAT)
            window.drop(LONGEST)
            scan, cut = 0, True
        elif not window.more():
            break
    yield from _records(window.data, window.base, tally, cut=cut)
    left = window.data.strip(_BLANK)
    if _stated_length(left, 0) > len(left) + len(terminator):
        tally.broken_off = (
            f"of the last record's {_stated_length(left, 0):,} bytes only {len(left):,} are there"
        )


def split_escaped(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Yield the records of an old VuFind export, which writes `#29;` for the terminator, `#30;` and `#31;`.

    Zotero's VuFind translator met these (https://github.com/zotero/translators).
    """
    return split(window, tally, terminator=b"#29;")


def _end(window: Window, start: int, end: int) -> int:
    """Return where the record ends: at `end`, or further on when a terminator stands inside a record.

    It does when the stated length leads to another terminator and what follows this one is no leader.
    """
    stated = _stated_length(window.data, start)
    if stated <= end - start:
        return end
    while len(window.data) < start + stated and window.more():
        pass
    stated_end = start + stated
    ends_there = window.data[stated_end - 1 : stated_end] == _TERMINATOR
    return stated_end if ends_there and not _LEADER_LIKE.match(window.data, end) else end


def _stated_length(data: bytes, start: int) -> int:
    length = data[start : start + 5]
    return int(length) if length.isdigit() else 0


def _records(chunk: bytes, offset: int, tally: Tally, *, cut: bool) -> Iterator[RawRecord]:
    """Yield what stands up to one terminator: a record, as a rule."""
    if cut or len(chunk) > LONGEST:
        for at in range(0, len(chunk), LONGEST):
            yield tally.too_long(chunk[at : at + LONGEST], offset + at, FORMAT)
        return
    if chunk and _stated_length(chunk, 0) == len(chunk):
        yield tally.raw(chunk, offset, FORMAT, identifier(chunk))
        return
    record = chunk.removeprefix(BOM).lstrip(_BLANK)
    like = _LEADER_LIKE.match(record)
    if like:
        record = record[like.end() :]
    offset += len(chunk) - len(record)
    leader = None if like else _LEADER.search(record)
    if leader is not None and leader.start():
        before = record[: leader.start()]
        fault = f"{len(before)} bytes before the leader are no MARC record"
        yield tally.raw(before, offset, FORMAT, None, fault=fault)
        record, offset = record[leader.start() :], offset + leader.start()
    start = 0
    for end in (*(lost.end() for lost in _LOST_TERMINATOR.finditer(record)), len(record)):
        piece = record[start:end]
        if piece.strip():
            yield tally.raw(piece, offset + start, FORMAT, identifier(piece))
        start = end


def identifier(record: bytes) -> str | None:
    """Return the control number (field 001) of a record, where its directory or the standard puts it."""
    if b"#30;" in record and b"\x1e" not in record:
        record = record.replace(b"#30;", b"\x1e").replace(b"#31;", b"\x1f")
    directory, _, fields = record.partition(b"\x1e")
    at = next((at for at in range(24, len(directory), 12) if directory[at : at + 3] == b"001"), None)
    if at is None:
        return None
    start = directory[at + 7 : at + 12]
    for address in (int(start) if start.isdigit() else 0, 0):
        value = fields[address:].partition(b"\x1e")[0].strip()
        if value and b"\x1f" not in value and b"\x1d" not in value:
            return value.decode("utf-8", "replace")
    return None
