"""Dates and windows of dates: pure arithmetic on seconds since 1970, UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from harvester.oai.identity import SECOND

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_LENGTH = 86_400
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?")


class Span(NamedTuple):
    """The first and the last second that a date means: a day has 86,400."""

    first: int
    last: int


class Window(msgspec.Struct, frozen=True, array_like=True):
    """What is listed at once: from `since` to `until`, both inclusive, None for open.

    `restarts`: how often it was begun again. `frail`: of a longer one, the server has failed on a page.
    `seams`: how many seams it mends, each in the one before.
    """

    since: int | None = None
    until: int | None = None
    restarts: int = 0
    frail: bool = False
    seams: int = 0

    def holds(self, span: Span) -> bool:
        """Tell whether a date is, at least in part, within the window."""
        early = self.since is not None and span.last < self.since
        late = self.until is not None and span.first > self.until
        return not (early or late)


@lru_cache(maxsize=1024)
def span(text: str | None) -> Span | None:
    """Return what a date of OAI-PMH means, of either granularity; None for what is no date.

    Fractions of a second and zones other than UTC are against the standard (§3.3), and sent all the same.
    """
    parts = _DATE.fullmatch((text or "").strip())
    if parts is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{parts[1]}T{parts[2] or '00:00'}{parts[3] or 'Z'}")
        first = int((moment.astimezone(UTC) - _EPOCH) // timedelta(seconds=1))
    except (ValueError, OverflowError):
        return None
    return Span(first, first if parts[2] else first + _DAY_LENGTH - 1)


def unit(granularity: str) -> int:
    """Return the seconds of a granularity."""
    return 1 if granularity == SECOND else _DAY_LENGTH


def written(moment: int, granularity: str) -> str:
    """Return the second, or the day it is in, as a server of that granularity wants to see it."""
    text = (_EPOCH + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = text.rjust(len("0001-01-01T00:00:00Z"), "0")  # strftime does not pad years everywhere
    return text if granularity == SECOND else text[: len("0001-01-01")]


def described(window: Window, granularity: str) -> str:
    """Return the window in words, for remarks; empty where it is open at both ends."""
    since, until = (
        None if moment is None else written(moment, granularity) for moment in (window.since, window.until)
    )
    if since and since == until:
        return f"dated {since}"
    return " ".join([f"from {since}"] * bool(since) + [f"until {until}"] * bool(until))


def halved(window: Window, low: int, high: int, granularity: str) -> tuple[Window, Window] | None:
    """Cut a window in two, None when it is one unit of the granularity.

    `low` and `high` are where its records are thought to begin and end where it is open. It stays open
    there, so that a wrong thought costs requests, but no record.
    """
    length = unit(granularity)
    first = (low if window.since is None else window.since) // length
    last = (high if window.until is None else window.until) // length
    if first >= last:
        return None
    cut = ((first + last) // 2 + 1) * length
    return replace(window, until=cut - 1), replace(window, since=cut)


def widened(window: Window, granularity: str) -> Window:
    """Return the window in whole units of the granularity."""
    length = unit(granularity)
    since = None if window.since is None else window.since // length * length
    until = None if window.until is None else (window.until // length + 1) * length - 1
    return replace(window, since=since, until=until)
