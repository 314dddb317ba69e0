"""Who made it: 1xx for the author that comes first, 7xx for everybody else, in their order."""

import re
from collections.abc import Iterator
from typing import Final

from catalog.codes import table
from catalog.crosswalk.marc.from_peerlit.profile import BETWEEN_PLACES
from catalog.export.marc.parts import Paired, data
from catalog.export.relators import relator_code
from catalog.record import Contributor, Record

# Roles that make a name the main entry: https://www.loc.gov/marc/bibliographic/bd1xx.html
_MAKERS: Final = frozenset({"author", "composer", "artist", "cartographer", "creator"})
_LAST: Final = {"person": "00", "organization": "10", "meeting": "11"}
_DATES: Final = re.compile(r"\d{3,4}\??-?(?:\d{3,4}\??)?")


def has_main_entry(record: Record) -> bool:
    """Tell whether the first name is the main entry."""
    return bool(record.contributors) and record.contributors[0].role in _MAKERS


def main_entry(record: Record) -> Iterator[Paired]:
    """Yield 1xx."""
    if has_main_entry(record):
        yield _entry(record.contributors[0], "1")


def added_entries(record: Record) -> Iterator[Paired]:
    """Yield 7xx."""
    for contributor in record.contributors[has_main_entry(record) :]:
        yield _entry(contributor, "7")


def _entry(contributor: Contributor, first: str) -> Paired:
    tag = first + _LAST[contributor.kind]
    indicators, name = _name(contributor)
    code = relator_code(contributor.role)
    term = table("relators")["codes"][code] if code else contributor.role
    orcid = contributor.orcid
    field = data(
        tag,
        indicators,
        *name,
        ("j" if contributor.kind == "meeting" else "e", term),
        ("u", BETWEEN_PLACES.join(contributor.affiliations)),
        ("0", f"(orcid){orcid}" if orcid else None),
        ("1", f"https://orcid.org/{orcid}" if orcid else None),
        ("4", code),
    )
    twin = data(tag, indicators, ("a", contributor.vernacular))
    return Paired(field, (twin,) if contributor.vernacular else ())


def _name(contributor: Contributor) -> tuple[str, tuple[tuple[str, str | None], ...]]:
    """Return indicators and name: inverted only where the source split it, else in the order it was printed.

    First indicator 0 is a name in direct order: https://www.loc.gov/marc/bibliographic/bd100.html
    """
    if contributor.kind != "person":
        return "2 ", (("a", contributor.literal),)
    literal, family, suffix = contributor.literal, contributor.family, contributor.suffix
    if family is None:
        name = literal.removesuffix(f", {suffix}") if suffix else literal
        printed = None if not suffix or name != literal else literal
        return "0 ", (("a", name), ("c", suffix), ("g", printed))
    name = f"{family}, {contributor.given}" if contributor.given else family
    rest = literal.removeprefix(f"{name} ") if literal.startswith(f"{name} ") else ""
    dates = rest if _DATES.fullmatch(rest) else None
    printed = None if dates or literal == name else literal
    return "1 ", (("a", name), ("c", suffix), ("d", dates), ("g", printed))
