"""MARC records as lines of text, and what they are read as."""

from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.record import Record

BOOK = "00000nam a2200000 a 4500"


def field(line: str) -> MarcField:
    """Make a field of `245 10$aTitle`, `\\` for a blank indicator, or `001 value`."""
    tag, rest = line[:3], line[4:]
    if tag < "010":
        return MarcField(tag, rest)
    ind1, ind2 = rest[:2].replace("\\", " ")
    subfields = tuple((part[0], part[1:]) for part in rest[2:].split("$")[1:])
    return MarcField(tag, ind1=ind1, ind2=ind2, subfields=subfields)


def read(*lines: str, leader: str = BOOK) -> Record:
    return to_record(MarcRecord(leader, tuple(field(line) for line in ("245 00$aA title", *lines))))


def titled(line: str) -> str | None:
    return to_record(MarcRecord(BOOK, (field(line),))).title


def coded(
    kind: str = "s", first: str = "2001", second: str = "    ", *, books: str = "    ", lang: str = "eng"
) -> str:
    return f"008 010101{kind}{first}{second}xxu      {books} 000 0 {lang} d"
