"""Serialise MARC in exchange format (ISO 2709): leader, directory, fields."""

from typing import Final

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.export.marc.lengths import shortened

_FIELD_END: Final = "\x1e"
_RECORD_END: Final = "\x1d"
_DELIMITER: Final = "\x1f"
_LEADER: Final = 24


def serialised(marc: MarcRecord) -> str:
    """Return the record as text whose lengths count the bytes of its UTF-8; see `lengths.shortened`."""
    marc = shortened(marc)
    directory = []
    area = []
    start = 0
    for field in marc.fields:
        text = _text(field)
        length = len(text.encode())
        directory.append(f"{field.tag}{length:04}{start:05}")
        area.append(text)
        start += length
    base = _LEADER + sum(map(len, directory)) + 1
    leader = f"{base + start + 1:05}{marc.leader[5:12]}{base:05}{marc.leader[17:]}"
    return f"{leader}{''.join(directory)}{_FIELD_END}{''.join(area)}{_RECORD_END}"


def _text(field: MarcField) -> str:
    if not field.subfields:
        return f"{field.value}{_FIELD_END}"
    return (
        f"{field.ind1}{field.ind2}"
        + "".join([f"{_DELIMITER}{code}{value}" for code, value in field.subfields])
        + _FIELD_END
    )
