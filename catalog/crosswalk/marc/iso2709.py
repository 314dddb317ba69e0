"""Decode MARC in exchange format (ISO 2709).

A record is leader, directory, fields. Where the parts contradict each other the fields themselves are
believed: they end with their own terminators, while lengths and addresses come from programs that counted
characters instead of bytes, or could not write more than 9999.
"""

from collections.abc import Sequence

from catalog.crosswalk.marc import encoding
from catalog.crosswalk.marc.directory import locate
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_FIELD_END = b"\x1e"
_RECORD_END = b"\x1d"
_LEADER = 24
_ENTRY = 12
_LONGEST_STATED = 99_999
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
    fields = tuple([_field(tag, text, caveats) for tag, text in zip(tags, texts, strict=True)])
    return MarcRecord(leader, fields, tuple(dict.fromkeys(caveats)))


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
    if len(head) != _LEADER + _ENTRY * len(values):
        return None
    directory = head.decode("latin-1")
    tags: list[str] = []
    at, start = _LEADER, 0
    for value in values:
        length = len(value) + 1
        if directory[at + 3 : at + _ENTRY] != f"{length:04d}{start:05d}":
            return None
        tags.append(directory[at : at + 3])
        at += _ENTRY
        start += length
    return tags


def _leader(head: bytes, length: int, caveats: list[str]) -> str:
    """Return the leader, 24 characters whatever it was."""
    leader = head[:_LEADER].decode("ascii", "replace")
    stated = leader[:5]
    if not (stated.isdecimal() and int(stated) == length):
        too_long = " (longer than a leader can say)" if length > _LONGEST_STATED else ""
        caveats.append(f"the leader says {stated!r} bytes, the record has {length}{too_long}")
    return leader.ljust(_LEADER)


def _field(tag: str, text: str, caveats: list[str]) -> MarcField:
    if tag.startswith("00"):
        return MarcField(tag, text)
    indicators, *subfields = text.split("\x1f")
    if len(indicators) != 2 or not subfields:
        return _irregular(tag, text, caveats)
    if "" in subfields:
        caveats.append(f"{tag}: a subfield without code")
    return MarcField(
        tag, "", indicators[0], indicators[1], tuple([(part[0], part[1:]) for part in subfields if part])
    )


def _irregular(tag: str, text: str, caveats: list[str]) -> MarcField:
    """Read a data field whose indicators or first delimiter are not where they should be."""
    if "\x1f" not in text:
        if not tag.isdecimal():  # Aleph's FMT, LDR and the like are control fields
            return MarcField(tag, text)
        if text[2:3] in _OTHER_DELIMITERS and text[2:3]:
            caveats.append(f"{tag}: {text[2]!r} stands for the delimiter")
            return _field(tag, text.replace(text[2], "\x1f"), caveats)
        caveats.append(f"{tag}: no subfields; the whole is taken as subfield a")
        return MarcField(tag, "", text[:1] or " ", text[1:2] or " ", (("a", text[2:]),) if text[2:] else ())
    indicators, *subfields = text.split("\x1f")
    parts = [(part[0], part[1:]) for part in subfields if part]
    if len(indicators) > 2:
        caveats.append(f"{tag}: text before the first delimiter, taken as subfield a")
        parts.insert(0, ("a", indicators[2:]))
    else:
        caveats.append(f"{tag}: {len(indicators)} indicators instead of two")
    return MarcField(tag, "", indicators[:1] or " ", indicators[1:2] or " ", tuple(parts))
