"""ISO 2709 has four digits for the length of a field and five for that of a record."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.export.marc.parts import data

_LONGEST_FIELD: Final = 9_999
_LONGEST_RECORD: Final = 99_999
_ENTRY: Final = 12
_AROUND_RECORD: Final = 24 + 2
_NOTE: Final = 400
# Room for $8, a code, the marks and the indicators beside a part of the text.
_LONGEST_PART: Final = 9_900
# Texts that are as good in several fields.
_CONTINUABLE: Final = frozenset({"500", "520"})
# What a record that is too long loses first, from the end; then all but what makes it a record of this thing.
_DISPENSABLE: Final = ("880", "711", "710", "700", "653", "650", "500", "520", "856")
_ESSENTIAL: Final = frozenset({"100", "110", "111", "245", "655", "884"})


def continued(fields: Iterable[MarcField]) -> Iterator[MarcField]:
    r"""Yield the fields, a note or abstract that is too long divided among several in sequence.

    $8 `1.2\x` is the second of the first sequence: https://www.loc.gov/marc/bibliographic/ecbdcntf.html#mrcb8
    """
    sequences = 0
    for field in fields:
        parts = list(_parts(field.subfields[0][1])) if field.tag in _CONTINUABLE else []
        if len(parts) < 2:
            yield field
            continue
        sequences += 1
        for number, part in enumerate(parts, start=1):
            yield field._replace(subfields=(("8", f"{sequences}.{number}\\x"), ("a", part)))


def _parts(value: str) -> Iterator[str]:
    """Divide a text behind a blank where there is one, which stays at the end of the part before."""
    while len(value.encode()) > _LONGEST_PART:
        head = value.encode()[:_LONGEST_PART].decode("utf-8", "ignore")
        cut = head.rfind(" ", len(head) // 2) + 1 or len(head)
        yield value[:cut]
        value = value[cut:]
    yield value


def shortened(marc: MarcRecord) -> MarcRecord:
    """Return a record that ISO 2709 can hold: what must be cut or left out is told in a note of it."""
    fields = [_cut(field) for field in marc.fields]
    cut = Counter(field.tag for field, kept in zip(marc.fields, fields, strict=True) if field != kept)
    gone = _left_out(fields)
    if not cut and not gone:
        return marc
    told = f"The record is too long for this format. Cut: {_counted(cut)}. Left out: {_counted(gone)}."
    place = next((at for at, field in enumerate(fields) if field.tag > "500"), len(fields))
    fields.insert(place, data("500", "  ", ("a", told)))
    return marc._replace(fields=tuple(fields))


def _left_out(fields: list[MarcField]) -> Counter[str]:
    """Take fields away until the rest fits, and return how many of each."""
    gone: Counter[str] = Counter()
    sizes = [size(field) + _ENTRY for field in fields]
    room = _LONGEST_RECORD - _AROUND_RECORD - sum(sizes)
    if room >= 0:
        return gone
    room -= _NOTE
    others = {field.tag for field in fields if field.subfields} - _ESSENTIAL
    for tag in (*_DISPENSABLE, *sorted(others, reverse=True), "655"):
        places = [at for at, field in enumerate(fields) if field.tag == tag]
        while room < 0 and places:
            at = places.pop()
            room += sizes[at]
            gone[tag] += 1
            del fields[at], sizes[at]
    return gone


def _counted(fields: Counter[str]) -> str:
    return ", ".join(f"{count:,} of {tag}" for tag, count in fields.items()) or "nothing"


def size(field: MarcField) -> int:
    """Return the bytes of a field with its terminator."""
    if not field.subfields:
        return len(field.value.encode()) + 1
    return 3 + sum(2 + len(value.encode()) for _, value in field.subfields)


def _cut(field: MarcField) -> MarcField:
    """Shorten the longest subfields of a field until it fits."""
    while (excess := size(field) - _LONGEST_FIELD) > 0 and field.subfields:
        at = max(range(len(field.subfields)), key=lambda at: len(field.subfields[at][1].encode()))
        code, value = field.subfields[at]
        kept = value.encode()[: max(0, len(value.encode()) - excess - 3)].decode("utf-8", "ignore")
        subfields = (*field.subfields[:at], (code, f"{kept}…"), *field.subfields[at + 1 :])
        field = field._replace(subfields=subfields)
    return field
