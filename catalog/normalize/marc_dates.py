"""The dates of MARC 21 field 008, positions 06 to 14 (loc.gov/marc/bibliographic/bd008a.html)."""

import re
from functools import lru_cache
from typing import Final

from catalog.normalize.numeric_dates import dated, spanned
from catalog.record import PartialDate

_YEAR: Final = re.compile(r"[12][0-9]{3}")
_PARTLY: Final = re.compile(r"[12](?:[0-9uU|?x -]{3})")
_MONTH_AND_DAY: Final = re.compile(r"([0-9]{2})([0-9]{2}|[ u|#-]{2})")
# Two dates that are the beginning and the end of something.
_SPANS: Final = frozenset("cdikmqu")
_NO_DATE: Final = frozenset("bn")


@lru_cache(maxsize=8192)
def marc_008_date(kind: str, first: str, second: str) -> PartialDate | None:
    """Return the date that type (06), date 1 (07-10) and date 2 (11-14) make; None where none is known.

    A reprint is dated by itself, not by its original. Unknown figures (`19uu`) give no year but a literal;
    an open end (`9999`, `uuuu`) is left out.
    """
    if kind in _NO_DATE:
        return None
    start, end = _year(first), _year(second)
    if kind == "e" and start is not None:
        return _detailed(start, first, second)
    if kind in _SPANS:
        return _spanned(kind, first, second)
    if start is not None:
        return PartialDate(year=start)
    if kind == "t" and end is not None:
        return PartialDate(year=end, literal=f"c{end}")
    return _partly(first)


def _detailed(year: int, first: str, second: str) -> PartialDate:
    match = _MONTH_AND_DAY.fullmatch(second)
    if match is None:
        return PartialDate(year=year)
    day = int(match[2]) if match[2].isdecimal() else 0
    return dated(year, int(match[1]), day, literal=f"{first}{second}")


def _spanned(kind: str, first: str, second: str) -> PartialDate | None:
    start, end = _year(first), _year(second)
    if start is not None:
        return spanned(start, second if end else first, circa=kind == "q")
    begun = _partly(first)
    if end is None:
        return begun
    return PartialDate(end_year=end, circa=begun is not None, literal=f"{first if begun else ''}-{end}")


def _year(figures: str) -> int | None:
    return int(figures) if _YEAR.fullmatch(figures) else None


def _partly(figures: str) -> PartialDate | None:
    known = _PARTLY.match(figures)
    return PartialDate(circa=True, literal=figures.strip()) if known else None
