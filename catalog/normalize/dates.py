"""Dates with the precision their source really gave: figures, words, brackets, guesses.

Years from 1000 to 2999 count; nothing is read against the clock. ISO 8601 and EDTF
(loc.gov/standards/datetime) cover what programs write, AACR2 1.4F and RDA 2.8.6 what cataloguers do.
"""

import re
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from catalog.normalize.date_words import (
    era_year,
    folded,
    is_guess,
    is_silent,
    is_span,
    month_number,
    roman_year,
    western_digits,
)
from catalog.normalize.marc_dates import marc_008_date
from catalog.normalize.numeric_dates import dated, numeric, spanned
from catalog.normalize.text import plain
from catalog.record import PartialDate

__all__ = ["doaj_date", "marc_008_date", "partial_date", "year_month"]

# No years: those of other calendars, marked as such, and decades.
_YEAR: Final = r"([12][0-9]{3})(?![0-9]|['’]?s\b|\s*(?:A\.?H\b|H\b|هـ|ه\b|B\.?\s?C))"
_ANY_YEAR: Final = re.compile(rf"(?<![0-9]){_YEAR}")
# The cataloguer's year behind the one on the piece: "1998 [i.e. 1999]", "5745 [1984 or 1985]".
_CORRECTED: Final = re.compile(
    rf"[0-9][^\[\]]{{0,60}}\[(?:i\.?\s?e\.?,?|that is,?|recte:?)?\s*{_YEAR}(?=\??\]| or |-| i)"
    rf"|\bi\.\s?e\.,?\s*{_YEAR}"
)
_UNTIL: Final = re.compile(
    r"(?:-[0-9X]{2}){0,2}[~?%]?\s*(?:[-–—/]+|\.\.|(?:to|until|and|or|bis|und|oder|et|à|ou|y|a)\s)\s*"
    r"(?:ca?\.?\s?|[©℗p]\s?)?([12][0-9]{3}|[0-9]{2})(?![0-9])"
)
_ENDING: Final = re.compile(rf"(?:\.\.)?[-–—/]+\s*{_YEAR}[?~%]?")
_UNKNOWN_YEAR: Final = re.compile(
    r"(?<![0-9])(?:(?:1[0-9]|20)(?:[0-9][-–_?uUxX]|[-–_?uUxX]{2}|[0-9]{2}['’]?s\b)|[12][-–uUxX]{3})(?![0-9])"
)
_CALIFORNIA: Final = re.compile(r"\bCA\b(?![.\s\[(]*[0-9])")  # `Belmont, CA : c2001`, not `CA 1890`
_GUESS_SIGN: Final = re.compile(r"[?~%]|\bc\.")
_WORD: Final = re.compile(r"[^\W\d_]+|[0-9]+")
_TIME: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]+)?(?:\s*[+-][0-9]{2}:?[0-9]{2})?")
_EXPLICIT_SIGN: Final = re.compile(r"[^\w\s,./°-]|-\s*$")
_FINAL_STOP: Final = re.compile(r"(?<=[0-9\])?])[\s.,;:]+$")
_LONGEST_DAY: Final = 2


@lru_cache(maxsize=8192)
def partial_date(text: str | None) -> PartialDate | None:
    """Read any date, keeping its words as `literal` where they say more than year, month and day do.

    None where there is no date in it. A year of unknown figures (`19uu`, `1860s`) gives no year, only a
    literal that is `circa`. What cannot be told apart is left out: of `01/04/2024` the year is known.
    """
    literal = plain(text)
    if literal is None:
        return None
    literal = _FINAL_STOP.sub("", literal)
    known = western_digits(literal)
    figures = known.rstrip("?~%")
    found = numeric(figures.strip(" .,;:"))
    if found is not None:
        guess = figures != known
        return replace(found, circa=guess, literal=literal) if guess or found.literal else found
    return _worded(known, literal) or _catalogued(known, literal) or _without_year(known, literal)


def doaj_date(text: str | None) -> PartialDate | None:
    """Read a date of DOAJ's feed: the day is padding, and so may January be (sources: `OAI_DC_Article`)."""
    date = partial_date(text)
    if date is None or date.month is None:
        return date
    return replace(date, day=None, month_doubtful=date.month == 1)


def year_month(year: str | None, month: str | None) -> PartialDate | None:
    """Read a year and a month given apart, the month as a number or a name; another becomes a literal."""
    date = partial_date(year)
    named = plain(month)
    if date is None or date.year is None or date.month is not None or named is None:
        return date
    word = folded(western_digits(named)).strip(" .")
    number = int(word) if word.isdecimal() and len(word) <= _LONGEST_DAY else month_number(word)
    if number is None:
        return replace(date, literal=f"{named} {date.literal or plain(year)}")
    stated = dated(date.year, number, 0, literal="")
    return replace(date, month=stated.month) if date.end_year is None else date


def _worded(text: str, literal: str) -> PartialDate | None:
    """Read a date of one year, one month by name and at most one day, in any order and language."""
    text = _TIME.sub(" ", text)
    words = _WORD.findall(folded(text))
    months = {number for number in map(month_number, words) if number}
    years = [word for word in words if len(word) == len("2000") and "1000" <= word < "3000"]
    days = [word for word in words if word.isdecimal() and len(word) <= _LONGEST_DAY]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return None
    others = [w for w in words if not w.isdecimal() and not month_number(w) and not is_silent(w)]
    date = dated(int(years[0]), months.pop(), int(days[0]) if days else 0, literal=literal)
    if others or _EXPLICIT_SIGN.search(text):
        return replace(date, circa=_guessed(text, others), literal=literal)
    return date


def _catalogued(text: str, literal: str) -> PartialDate | None:
    """Read the first year, or the one that corrects it, and the year it lasts to."""
    ending = _ENDING.match(text.strip("[]() "))
    if ending is not None:
        return PartialDate(end_year=int(ending[1]), literal=literal)
    match = _CORRECTED.search(text) or _ANY_YEAR.search(text)
    if match is None:
        return None
    year = int(match[1] or match[2])
    circa = _guessed(text, _WORD.findall(folded(text)))
    until = _UNTIL.match(text, match.end())
    if until is not None:
        return spanned(year, until[1], circa=circa, literal=literal)
    return PartialDate(year=year, circa=circa, literal=literal)


def _without_year(text: str, literal: str) -> PartialDate | None:
    year = roman_year(text)
    if year is not None:
        return PartialDate(year=year)
    year, era = era_year(text)
    if era:
        return PartialDate(year=year, literal=literal, circa=year is None)
    if _UNKNOWN_YEAR.search(text) or any(map(is_span, _WORD.findall(folded(text)))):
        return PartialDate(circa=True, literal=literal)
    return None


def _guessed(text: str, words: list[str]) -> bool:
    if _GUESS_SIGN.search(text) is not None:
        return True
    place = "ca" if _CALIFORNIA.search(text) else None
    return any(is_guess(word) for word in words if word != place)
