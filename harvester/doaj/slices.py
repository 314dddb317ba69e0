"""Queries cut into slices that the article API gives to their end: it stops at the thousandth record.

A slice is one range of each axis it is cut along. The halves of a range and what is outside of it are all
there is: every record is in exactly one slice, whatever its dates.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

LIMIT = 1000
"""DISCOVERY_MAX_RECORDS_SIZE in portality/settings.py of https://github.com/DOAJ/doaj."""


class Range(NamedTuple):
    """Whole numbers of an axis, both ends included; not `inside`: all records that are not in there."""

    low: int
    high: int
    inside: bool = True


Slice = tuple[Range, ...]
"""Ranges of the first axes; the empty one is the whole query."""


class Axis(NamedTuple):
    """A field to cut along, the numbers its values can be (`high` None: up to now), how they are written."""

    field: str
    low: int
    high: int | None
    written: Callable[[int], str]


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H\\:%M\\:%SZ}"


_SINCE = int(datetime(2002, 1, 1, tzinfo=UTC).timestamp())  # DOAJ began in 2003

AXES = (
    # Never changes: an edit meanwhile moves no record from one slice to another.
    Axis("created_date", _SINCE, None, _date),
    Axis("last_updated", _SINCE, None, _date),
    Axis("bibjson.year.exact", 1800, 2200, str),
    # The last resort, as no two records share it: 32 hexadecimal digits, which are sorted as numbers are.
    Axis("id.exact", 0, (1 << 128) - 1, "{:032x}".format),
)


def clauses(of: Slice) -> str:
    """Return what a slice adds to a query: each field has an AND before it, as DOAJ's guards want."""
    return "".join(_clause(axis, part) for axis, part in zip(AXES, of, strict=False))


def split(of: Slice, latest: int) -> tuple[Slice, ...]:
    """Cut a slice; empty when it cannot be cut any more. No date is later than `latest`, in Unix seconds."""
    if of and of[-1].inside and of[-1].low < of[-1].high:
        return tuple((*of[:-1], half) for half in _halves(of[-1]))
    if len(of) == len(AXES):
        return ()
    axis = AXES[len(of)]
    whole = Range(axis.low, max(latest, axis.low + 1) if axis.high is None else axis.high)
    return tuple((*of, part) for part in (*_halves(whole), whole._replace(inside=False)))


def _halves(whole: Range) -> tuple[Range, Range]:
    middle = (whole.low + whole.high) // 2
    return Range(whole.low, middle), Range(middle + 1, whole.high)


def _clause(axis: Axis, part: Range) -> str:
    without = "" if part.inside else "NOT "
    return f" AND {without}{axis.field}:[{axis.written(part.low)} TO {axis.written(part.high)}]"
