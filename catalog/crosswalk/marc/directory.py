"""Find which field is which when an ISO 2709 directory disagrees with the fields."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from catalog.errors import RecordRejected

_LEADER = 24
_ENTRY = 12
_ENTRIES = re.compile(rb"(?:[\x20-\x7e]{3}\d{9})+\Z")
_FIRST_ENTRIES = re.compile(rb"(?:[\x20-\x7e]{3}\d{9})+")


class Entry(NamedTuple):
    """A directory entry; numbers that are none are -1."""

    tag: str
    length: int
    start: int


def locate(head: bytes, values: Sequence[bytes], caveats: list[str]) -> tuple[list[str], list[bytes]]:
    """Return tags and fields that belong together, in the directory's order.

    `head` is what stands before the first field terminator. Raises RecordRejected when there is no directory.
    """
    fields = list(values)
    entries, extra = _entries(head, caveats)
    if extra is not None:
        fields.insert(0, extra)
    if not entries:
        raise RecordRejected("no MARC record: no directory in it")
    by_address = _by_address(entries, fields, caveats)
    if by_address is not None:
        return [entry.tag for entry in entries], by_address
    if len(entries) == len(fields):
        caveats.append("the directory's addresses are wrong; fields are taken in the order they stand")
        return [entry.tag for entry in _in_field_order(entries, fields)], fields
    return _those_that_fit(entries, fields, caveats)


def _entries(head: bytes, caveats: list[str]) -> tuple[list[Entry], bytes | None]:
    """Return the directory's entries, and the first field if the terminator between them is lost."""
    extra = None
    at = _LEADER
    end = _end_without_terminator(head)
    if end is not None:
        head, extra = head[:end], head[end + 1 :]
        caveats.append("the directory has no terminator")
    elif (len(head) - _LEADER) % _ENTRY:
        whole = _ENTRIES.search(head)
        at = whole.start() if whole else _LEADER
        caveats.append("the leader or the directory has not its length")
    return [_entry(head[i : i + _ENTRY]) for i in range(at, len(head) - _ENTRY + 1, _ENTRY)], extra


def _end_without_terminator(head: bytes) -> int | None:
    """Return where the directory ends when the first field follows it without terminator."""
    stated = _number(head[12:17].decode("latin-1")) - 1
    if _LEADER < stated < len(head) and (stated - _LEADER) % _ENTRY == 0:
        return stated
    found = _FIRST_ENTRIES.match(head, _LEADER)
    return found.end() if found and b"\x1f" in head else None


def _entry(source: bytes) -> Entry:
    text = source.decode("latin-1")
    return Entry(text[:3], _number(text[3:7]), _number(text[7:]))


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else -1


def _by_address(entries: Sequence[Entry], fields: Sequence[bytes], caveats: list[str]) -> list[bytes] | None:
    """Return the field at each entry's address when all of them are right.

    They may be in another order than the entries, and contain terminators; nothing may be left between.
    """
    area = b"\x1e".join((*fields, b""))
    at = 0
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.length)):
        end = entry.start + entry.length
        if entry.start != at or entry.length < 1 or area[end - 1 : end] != b"\x1e":
            return None
        at = end
    if at != len(area):
        return None
    found = [area[entry.start : entry.start + entry.length - 1] for entry in entries]
    if len(found) != len(fields):
        caveats.append("a field terminator stands inside a field")
        found = [value.replace(b"\x1e", b" ") for value in found]
    return found


def _in_field_order(entries: Sequence[Entry], fields: Sequence[bytes]) -> Sequence[Entry]:
    """Return the entries as listed, or by their addresses if more lengths are right then."""

    def right(order: Sequence[Entry]) -> int:
        return sum(entry.length == len(field) + 1 for entry, field in zip(order, fields, strict=True))

    by_start = sorted(entries, key=lambda entry: entry.start)
    return max((entries, by_start), key=right)


def _those_that_fit(
    entries: Sequence[Entry], fields: Sequence[bytes], caveats: list[str]
) -> tuple[list[str], list[bytes]]:
    """Return the fields that stand at an entry's address; failing that, the first of both paired."""
    starts: dict[int, bytes] = {}
    at = 0
    for field in fields:
        starts[at] = field
        at += len(field) + 1
    fitting = [(entry.tag, starts[entry.start]) for entry in entries if entry.start in starts]
    if len(fitting) * 2 < len(entries):
        fitting = list(zip((entry.tag for entry in entries), fields, strict=False))
    lost = len(entries) - len(fitting)
    caveats.append(
        f"the directory lists {len(entries)} fields, {len(fields)} are there"
        + (f"; {lost} cannot be found" if lost > 0 else "")
    )
    return [tag for tag, _ in fitting], [field for _, field in fitting]
