"""Dates in the Extended Date/Time Format, exactly as much as a PartialDate knows, there and back.

https://www.loc.gov/standards/datetime/ (ISO 8601-2), level 2: a `?` before a part doubts that part alone.
"""

import re
from typing import Final

from catalog.record import PartialDate

_YEAR: Final = r"XXXX|-?\d{4}|Y-?\d{5,}"
_DATE: Final = re.compile(
    rf"(?P<year>{_YEAR})?(?:-(?P<doubtful>\?)?(?P<month>\d\d|XX)(?:-(?P<day>\d\d))?)?(?P<circa>~)?"
    rf"(?:/(?P<end>{_YEAR}))?"
)


def edtf(date: PartialDate) -> str:
    """Return the date without its literal, `2015-?01`, `1998~`, `1896/1907`, `XXXX`."""
    month = f"{date.month:02}" if date.month is not None else "XX"
    written = _year(date.year)
    if date.month is not None or date.day is not None or date.month_doubtful:
        written += f"-{'?' if date.month_doubtful else ''}{month}"
    if date.day is not None:
        written += f"-{date.day:02}"
    end = f"/{_year(date.end_year)}" if date.end_year is not None else ""
    return f"{written}{'~' if date.circa else ''}{end}"


def from_edtf(text: str, *, literal: str | None = None) -> PartialDate | None:
    """Return the date that `edtf` wrote, None for what it does not write."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    month, day = found["month"], found["day"]
    return PartialDate(
        year=_number(found["year"]),
        month=int(month) if month and month != "XX" else None,
        day=int(day) if day else None,
        end_year=_number(found["end"]),
        circa=found["circa"] is not None,
        month_doubtful=found["doubtful"] is not None,
        literal=literal,
    )


def in_figures(date: PartialDate) -> str | None:
    """Return the date as ISO 8601, without what is doubtful of it; None where no year is known."""
    if date.year is None:
        return None
    month = f"-{date.month:02}" if date.month and not date.month_doubtful else ""
    day = f"-{date.day:02}" if month and date.day else ""
    end = f"/{_year(date.end_year)}" if date.end_year is not None else ""
    return f"{_year(date.year)}{month}{day}{end}"


def in_print(date: PartialDate) -> str | None:
    """Return the same as people write it, `1990-2001`."""
    figures = in_figures(date)
    return figures.replace("/", "-") if figures else None


def _year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    digits = f"{'-' if year < 0 else ''}{abs(year):04}"
    return digits if abs(year) < 10_000 else f"Y{digits}"


def _number(text: str | None) -> int | None:
    return int(text.removeprefix("Y")) if text and text != "XXXX" else None
