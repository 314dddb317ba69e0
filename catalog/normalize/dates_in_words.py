"""Dates as a reader of English has them."""

from catalog.record import PartialDate

_MONTHS = (  # not calendar.month_name: that follows the locale
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(date: PartialDate) -> str:
    """Write a date with the precision it has; a doubtful month is left out."""
    if date.year is None:
        return date.literal or ""
    text = f"{'about ' if date.circa else ''}{date.year}"
    if date.end_year:
        return f"{text}–{date.end_year}"
    if date.month and not date.month_doubtful:
        text = f"{_MONTHS[date.month]} {text}"
        if date.day:
            text = f"{date.day} {text}"
    return text


def in_years(date: PartialDate | None) -> str:
    """Return the year or years of a date, or what the source printed instead."""
    if date is None:
        return ""
    if date.year is None:
        return date.literal or ""
    return f"{date.year}–{date.end_year}" if date.end_year else str(date.year)
