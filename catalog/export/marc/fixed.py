"""Leader and control fields: what kind of thing it is, when, where, in which language."""

from collections.abc import Iterator
from typing import Final

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import AGENCY
from catalog.export import Entry
from catalog.export.library_types import library_type
from catalog.export.marc.parts import line
from catalog.normalize.languages import bibliographic
from catalog.record import PartialDate, Record

# An electronic resource, remote; nothing else of it is known. https://www.loc.gov/marc/bibliographic/bd007c.html
_ONLINE: Final = "cr |||||||||||"
_FIGURES: Final = 4
_UNKNOWN_DATE: Final = "n" + "u" * 8


def leader(entry: Entry) -> str:
    """Return the leader, lengths left at zero; encoding level unknown, punctuation omitted."""
    changed = entry.updated_at is not None and entry.added_at not in (None, entry.updated_at)
    return f"00000{'c' if changed else 'n'}{_level(entry.record)} a2200000uc 4500"


def _level(record: Record) -> str:
    """Return 06 and 07; what has a host of its own is a part, whatever its type."""
    level: str = library_type(record)["leader"]
    if record.type in ("article", "report", "document") and record.container and record.container.title:
        return "ab"
    if record.type == "conference-paper" and record.container and record.container.issns:
        return "ab"
    return level


def is_online(record: Record) -> bool:
    """Tell whether its full text has a web address."""
    return any(link.kind == "fulltext" for link in record.links)


def control_fields(entry: Entry) -> Iterator[MarcField]:
    """Yield 001 to 008."""
    yield MarcField("001", line(entry.key))
    yield MarcField("003", AGENCY)
    if entry.updated_at:
        figures = "".join(c for c in entry.updated_at if c.isdecimal())[:14]
        yield MarcField("005", f"{figures:0<14}.0")
    if is_online(entry.record):
        yield MarcField("007", _ONLINE)
    yield MarcField("008", _coded(entry))


def _coded(entry: Entry) -> str:
    record = entry.record
    entered = "".join(c for c in entry.added_at or entry.updated_at or "" if c.isdecimal())[2:8]
    language = next((code for tag in record.languages[:1] if (code := bibliographic(tag))), "|||")
    date = _dates(record.issued, continuing=record.type == "periodical")
    return f"{entered:6}{date}xx {_material(record)}{language} d"


def _material(record: Record) -> str:
    """Return 18 to 34: the component parts of a serial are coded as serials are."""
    row = library_type(record)
    form = row["material"]
    if _level(record)[0] == "a":
        form = "continuing" if _level(record)[1] in "bis" else "book"
    material = table("library_types")["material"][form]
    codes: str = material["codes"]
    given = dict(row.get("coded", {}))
    if form != row["material"]:
        given = {place: code[:1] for place, code in given.items()}
    if is_online(record):
        given[str(material["online"])] = "o"
    for place, code in given.items():
        at = int(place) - 18
        codes = codes[:at] + code + codes[at + len(code) :]
    return codes


def _dates(date: PartialDate | None, *, continuing: bool) -> str:
    """Return 06 to 14: https://www.loc.gov/marc/bibliographic/bd008a.html."""
    year = date.year if date else None
    if date is None or year is None or not 0 <= year < 10**_FIGURES:
        if year is not None and year < 0:
            return "b" + " " * 8
        return "u" + "u" * 8 if continuing else _UNKNOWN_DATE
    first = f"{year:04}"
    last = f"{date.end_year:04}" if date.end_year and 0 <= date.end_year < 10**_FIGURES else None
    if continuing:
        return f"d{first}{last}" if last else f"u{first}uuuu"
    if last:
        return f"{'q' if date.circa else 'm'}{first}{last}"
    if date.month and date.day:
        return f"e{first}{date.month:02}{date.day:02}"
    return f"s{first}    "
