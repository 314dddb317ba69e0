"""Decode MARC in exchange format (ISO 2709).

A record is leader, directory, fields. Where the parts contradict each other the fields themselves are
believed: they end with their own terminators, while lengths and addresses come from programs that counted
characters instead of bytes, or could not write more than 9999.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from catalog.crosswalk.marc import encoding
from catalog.crosswalk.marc.directory import locate
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_FIELD_END = b"\x1e"
_RECORD_END = b"\x1d"
_LEADER = 24
_ENTRY = 12
_LARGEST_START = 99_999
_LONGEST_STATED = 99_999
_SUBFIELDS = re.compile("\x1f([^\x1f])([^\x1f]*)")
_OTHER_DELIMITERS = "$|‡ǂ"  # how a delimiter is shown to people, and pasted back


def decode(raw: RawRecord) -> MarcRecord:
    """Decode a record; whatever had to be forgiven is in its caveats.

    Raises RecordRejected when there is no directory or no field to be found.
    """
    data = raw.payload
    if _FIELD_END not in data and b"#30;" in data:  # written so by old VuFind (Zotero's VuFind translator)
        data = data.replace(b"#31;", b"\x1f").replace(b"#30;", b"\x1e").replace(b"#29;", b"\x1d")
    head, *values = data.split(_FIELD_END)
    if not values:
        raise RecordRejected("no MARC record: no field ends in it")
    caveats: list[str] = []
    rest = values.pop()
    if rest != _RECORD_END:
        _end(rest, values, caveats)
    tags = _tags(head, values)
    if tags is None:
        tags, values = locate(head, values, caveats)
    if not values:
        raise RecordRejected("no MARC record: a directory without fields")
    leader = _leader(head, len(data), caveats)
    texts, doubts = encoding.texts(values, says_unicode=leader[9] == "a")
    caveats += doubts
    fields = _fields(tags, texts, caveats)
    return MarcRecord(leader, fields, tuple(dict.fromkeys(caveats)) if caveats else ())


def _end(rest: bytes, values: list[bytes], caveats: list[str]) -> None:
    """Judge what stands after the last field terminator: it should be the record terminator alone."""
    if rest.endswith(_RECORD_END):
        values.append(rest.removesuffix(_RECORD_END))
        caveats.append("the last field has no terminator")
    elif len(rest.strip()) > 1:
        caveats.append("the record ends in the middle of a field, which is left out")
    else:
        caveats.append("the record has no terminator")


def _tags(head: bytes, values: Sequence[bytes]) -> list[str] | None:
    """Return the fields' tags when the directory agrees with the fields to the byte, as it should."""
    directory = head.decode("latin-1")
    end = len(directory)
    starts = list(accumulate([len(value) + 1 for value in values], initial=0))
    if end == _LEADER + _ENTRY * len(values) and starts[-1] <= _LARGEST_START:
        try:
            stated = [int(directory[at : at + 5]) for at in range(_LEADER + 7, end, _ENTRY)]
        except ValueError:
            return None
        if stated == starts[:-1]:
            return [directory[at : at + 3] for at in range(_LEADER, end, _ENTRY)]
        return None
    return _tags_of_large_fields(directory, values, starts)


def _tags_of_large_fields(directory: str, values: Sequence[bytes], starts: Sequence[int]) -> list[str] | None:
    """Return the same when some lengths or addresses have a digit more than their place.

    Lengths over 9999 and addresses over 99999 are written so by programs that did not expect them.
    """
    tags: list[str] = []
    at = _LEADER
    for value, start in zip(values, starts, strict=False):
        stated = f"{len(value) + 1:04d}{start:05d}"
        if not directory.startswith(stated, at + 3):
            return None
        tags.append(directory[at : at + 3])
        at += 3 + len(stated)
    return tags if at == len(directory) else None


def _leader(head: bytes, length: int, caveats: list[str]) -> str:
    """Return the leader, 24 characters whatever it was."""
    leader = head[:_LEADER].decode("ascii", "replace")
    stated = leader[:5]
    if not (stated.isdecimal() and int(stated) == length):
        too_long = " (longer than a leader can say)" if length > _LONGEST_STATED else ""
        caveats.append(f"the leader says {stated!r} bytes, the record has {length}{too_long}")
    return leader.ljust(_LEADER)


def _fields(tags: Sequence[str], texts: Sequence[str], caveats: list[str]) -> tuple[MarcField, ...]:
    new, subfields = tuple.__new__, _SUBFIELDS.findall
    fields = []
    for tag, text in zip(tags, texts, strict=True):
        if tag < "01" or text.find("\x1f") != 2 or "\x1f\x1f" in text or text[-1] == "\x1f":
            fields.append(_other_field(tag, text, caveats))
        else:
            # What MarcField(...) comes to, in half the time: 20 fields a record.
            fields.append(new(MarcField, (tag, "", text[0], text[1], tuple(subfields(text)))))
    return tuple(fields)


def _other_field(tag: str, text: str, caveats: list[str]) -> MarcField:
    """Read a control field, or a data field whose indicators or delimiters are not where they should be."""
    if tag.startswith("00"):
        return MarcField(tag, text)
    if "\x1f" not in text:
        if not tag.isdecimal():  # Aleph's FMT, LDR and the like are control fields
            return MarcField(tag, text)
        if text[2:3] in _OTHER_DELIMITERS and text[2:3]:
            caveats.append(f"{tag}: {text[2]!r} stands for the delimiter")
            return _fields((tag,), (text.replace(text[2], "\x1f"),), caveats)[0]
        caveats.append(f"{tag}: no subfields; the whole is taken as subfield a")
        return MarcField(tag, "", text[:1] or " ", text[1:2] or " ", (("a", text[2:]),) if text[2:] else ())
    indicators, *subfields = text.split("\x1f")
    if "" in subfields:
        caveats.append(f"{tag}: a subfield without code")
    parts = [(part[0], part[1:]) for part in subfields if part]
    extra = indicators[2:]
    if len(indicators) < 2:
        caveats.append(f"{tag}: {len(indicators)} indicators instead of two")
    elif any(map(str.isalnum, extra)):
        caveats.append(f"{tag}: text before the first delimiter, taken as subfield a")
        parts.insert(0, ("a", extra))
    elif extra:
        caveats.append(f"{tag}: {len(indicators)} indicators instead of two")
    return MarcField(tag, "", indicators[:1] or " ", indicators[1:2] or " ", tuple(parts))
