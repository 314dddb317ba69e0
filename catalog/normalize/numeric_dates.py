"""Dates written in figures: which of them is the day is told by the signs, by their size, or not at all."""

import re
from calendar import monthrange
from collections.abc import Callable
from typing import Final

from catalog.record import PartialDate

LAST_YEAR: Final = 2999

_YEAR: Final = r"([12][0-9]{3})"
_TIME: Final = r"(?:(?:T\s*|\s+)[0-9]{1,2}(?::?[0-9]{2}.*)?)?"
_MONTHS: Final = 12
_SEASONS: Final = range(21, 25)
_ROMAN: Final = dict(
    zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), range(1, 13), strict=True)
)


def numeric(text: str) -> PartialDate | None:
    """Read a date that is nothing but figures, their signs and a time of day; None for any other text.

    `01.04.2024` is day first, as everywhere that dates have full stops; `01/04/2024` may be either, so the
    year alone is known; `25/12/2024` and `04/04/2024` can only be one thing.
    """
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return read(match)
    return None


def dated(year: int, month: int, day: int, *, literal: str) -> PartialDate:
    """Return what of a date is possible, 0 for not given; the literal is kept when something is not."""
    if not 1 <= month <= _MONTHS:
        return PartialDate(year=year, literal=literal if month or day else None)
    if day > monthrange(year, month)[1]:
        return PartialDate(year=year, month=month, literal=literal)
    return PartialDate(year=year, month=month, day=day or None)


def spanned(year: int, end: str, *, circa: bool = False, literal: str | None = None) -> PartialDate:
    """Return a span of years; an end of two figures is completed, one before the beginning left out."""
    end_year = int(end)
    if len(end) == len("99"):
        end_year += year - year % 100 + (100 if end_year < year % 100 else 0)
    possible = year < end_year <= LAST_YEAR
    return PartialDate(year=year, end_year=end_year if possible else None, circa=circa, literal=literal)


def _figure(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def _year_alone(match: re.Match[str]) -> PartialDate:
    return PartialDate(year=int(match[1]))


def _year_first(match: re.Match[str]) -> PartialDate:
    year, sign, month, day = int(match[1]), match[2], _figure(match[3]), _figure(match[4])
    next_year = month == (year + 1) % 100
    if match[4] is None and month > _MONTHS:
        # 2001-21 is the spring of 2001 in EDTF and may be a span elsewhere; 2020-21 and 1910-30 are spans.
        if sign == "-" and month in _SEASONS and not next_year:
            return PartialDate(year=year, literal=match.string)
        return spanned(year, match[3])
    if match[4] is None and sign == "/" and next_year:
        return PartialDate(year=year, literal=match.string)  # 2004/05: May, or two years
    return dated(year, month, day, literal=match.string)


def _compact(match: re.Match[str]) -> PartialDate:
    return dated(int(match[1]), int(match[2]), _figure(match[3]), literal=match.string)


def _year_last(match: re.Match[str]) -> PartialDate:
    first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if second > _MONTHS:
        first, second = second, first
    elif sign != "." and first <= _MONTHS and first != second:
        return PartialDate(year=year, literal=match.string)
    return dated(year, second, first, literal=match.string)


def _roman_month(match: re.Match[str]) -> PartialDate:
    return dated(int(match[3]), _ROMAN.get(match[2].upper(), 99), int(match[1]), literal=match.string)


def _month_and_year(match: re.Match[str]) -> PartialDate:
    return dated(int(match[2]), int(match[1]), 0, literal=match.string)


def _span(match: re.Match[str]) -> PartialDate:
    return spanned(int(match[1]), match[2])


def _in_characters(match: re.Match[str]) -> PartialDate:
    return dated(int(match[1]), _figure(match[2]), _figure(match[3]), literal=match.string)


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], PartialDate]], ...]] = (
    (re.compile(_YEAR), _year_alone),
    (re.compile(rf"{_YEAR}([-./])([0-9]{{1,2}}|XX)(?:\2([0-9]{{1,2}}|XX){_TIME})?"), _year_first),
    (re.compile(rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})?(?:T?[0-9]{{4,6}}.*)?"), _compact),
    (re.compile(rf"{_YEAR}\s*[-–—/]\s*{_YEAR}"), _span),
    (re.compile(rf"{_YEAR}\s*[–—]\s*([0-9]{{2}})"), _span),
    (re.compile(rf"([0-9]{{1,2}})\s*([-./ ])\s*([0-9]{{1,2}})\s*\2\s*{_YEAR}{_TIME}"), _year_last),
    (re.compile(rf"([0-9]{{1,2}})[-./ ]+([IVXivx]{{1,4}})[-./ ]+{_YEAR}"), _roman_month),
    (re.compile(rf"([0-9]{{1,2}})[-./]{_YEAR}"), _month_and_year),
    (
        re.compile(rf"{_YEAR}\s*[年년](?:\s*([0-9]{{1,2}})\s*[月월](?:\s*([0-9]{{1,2}})\s*[日일])?)?"),
        _in_characters,
    ),
)
