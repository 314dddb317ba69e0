"""How long to wait: between requests, after a failure, when told to."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harvester.http.manners import GAPS, REMOTE_GAP

_BASE, _MOST_BACK_OFF = 2.0, 60.0
_MOST_GAP = 60.0
_LONGEST = 10.0**9  # seconds, 31 years: what no date overflows with


def back_off(tries: int, random: float) -> float:
    """Return the seconds to wait after so many failed tries, with full jitter; `random` is in [0, 1).

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return random * min(_MOST_BACK_OFF, _BASE * 2.0 ** min(tries - 1, 10))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110 §10.2.3), None for none or nonsense."""
    text = (value or "").strip()
    if re.fullmatch("[0-9]+", text):
        return min(float(text[:400]), _LONGEST)
    if not re.search("[A-Za-z]", text):  # "-5" is a date to the parser
        return None
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max((moment - now).total_seconds(), 0.0), _LONGEST)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def grown(gap: float) -> float:
    """Return the gap to keep after a server said that we ask too often."""
    return max(gap, min(_MOST_GAP, max(2 * gap, 1.0)))


class Gaps:
    """The gap to each host as it stands, and when it was last asked."""

    def __init__(self, fixed: float | None) -> None:
        self._fixed = fixed
        self._grown: dict[str, float] = {}
        self._ended: dict[str, float] = {}

    def of(self, host: str, *, loopback: bool) -> float:
        """Return the gap of a host."""
        if host in self._grown:
            return self._grown[host]
        if self._fixed is not None:
            return self._fixed
        if loopback:
            return 0.0
        return next((gap for name, gap in GAPS.items() if f".{host}".endswith(f".{name}")), REMOTE_GAP)

    def grow(self, host: str, *, loopback: bool) -> None:
        """Ask a host less often from now on."""
        self._grown[host] = grown(self.of(host, loopback=loopback))

    def ended(self, host: str, at: float) -> None:
        """Note that a request ended."""
        self._ended[host] = at

    def left(self, host: str, at: float, *, loopback: bool) -> float:
        """Return the seconds until the host may be asked again."""
        if host not in self._ended:
            return 0.0
        return max(0.0, self._ended[host] + self.of(host, loopback=loopback) - at)
