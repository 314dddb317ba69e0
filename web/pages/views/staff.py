"""What lies behind a record: its MARC, what its sources sent, how that was read, what it was before."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from catalog.crosswalk.marc import decode, is_marc
from catalog.crosswalk.marc.fields import MarcField
from catalog.errors import RecordRejected
from catalog.export.marc import to_marc
from catalog.record import Record
from catalog.store import Revision, StoredRaw, StoredRecord
from web.formats import entry_of

_LONGEST: Final = 200_000
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_UNSEEN: Final = re.compile("[\x80-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_DELETE: Final = 0x7F


class MarcTable(NamedTuple):
    """One MARC record; where it cannot be decoded `fault` says why."""

    heading: str
    leader: str = ""
    fields: tuple[MarcField, ...] = ()
    fault: str | None = None


class Sent(NamedTuple):
    """What a source sent, as text; `cut` when there is more of it than is shown."""

    id: int
    source: str
    format: str
    text: str
    cut: bool


class Difference(NamedTuple):
    """A field that changed: what went and what came."""

    field: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


class Step(NamedTuple):
    """One revision, and what it changed of the one before; None where there was none before."""

    revision: Revision
    differences: tuple[Difference, ...] | None


def marc_tables(stored: StoredRecord, raws: Sequence[StoredRaw]) -> Iterator[MarcTable]:
    """Yield the record as MARC, then each MARC record that was received for it."""
    made = to_marc(entry_of(stored))
    yield MarcTable("MARC 21 made of this record", made.leader, made.fields)
    for kept in raws:
        if is_marc(kept.raw.format) and kept.raw.payload:
            heading = f"MARC received from {kept.source}"
            try:
                marc = decode(kept.raw)
            except RecordRejected as rejected:
                yield MarcTable(heading, fault=rejected.message)
            else:
                yield MarcTable(heading, marc.leader, marc.fields)


def sent(raws: Sequence[StoredRaw]) -> Iterator[Sent]:
    """Yield what each source sent."""
    for kept in raws:
        if kept.raw.payload:
            text = visible(kept.raw.payload[: 4 * _LONGEST].decode("utf-8", "backslashreplace"))
            cut = len(text) > _LONGEST or len(kept.raw.payload) > 4 * _LONGEST
            yield Sent(kept.id, kept.source, kept.raw.format, text[:_LONGEST], cut)


def visible(text: str) -> str:
    """Return a text whose control characters can be seen: as Unicode's pictures of them, or by number."""
    shown = _CONTROL.sub(
        lambda found: chr(0x2421 if ord(found[0]) == _DELETE else 0x2400 + ord(found[0])), text
    )
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", shown)


def readings(record: Record) -> list[tuple[str, str]]:
    """Return every value of a record with the field it is in: `contributors 2 family`."""
    return list(_flat("", msgspec.to_builtins(record)))


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, inner in value.items():
                yield from _flat(f"{path} {name}".strip(), inner)
        case [str(), *_]:
            yield from ((path, visible(str(each))) for each in value)
        case list() | tuple():
            for number, inner in enumerate(value, 1):
                yield from _flat(f"{path} {number}", inner)
        case _:
            yield path, visible(str(value))


def history(revisions: Sequence[Revision]) -> list[Step]:
    """Return the revisions, the present first, each with what it changed."""
    steps = [Step(new, tuple(_changes(old, new))) for new, old in pairwise(revisions)]
    return [*steps, *(Step(first, None) for first in revisions[-1:])]


def _changes(old: Revision, new: Revision) -> Iterator[Difference]:
    if old.deleted != new.deleted:
        state = ("held", "withdrawn")
        yield Difference("state", (state[old.deleted],), (state[new.deleted],))
    before, after = (msgspec.to_builtins(each.record) for each in (old, new))
    for field in Record.__struct_fields__:
        was, is_now = _items(before.get(field)), _items(after.get(field))
        if was != is_now:
            gone = tuple(each for each in was if each not in is_now)
            come = tuple(each for each in is_now if each not in was)
            yield Difference(field, gone, come) if gone or come else Difference(field, was, is_now)


def _items(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, (list, tuple)) else () if value is None else (value,)
    return tuple(
        visible(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)) for each in values
    )
