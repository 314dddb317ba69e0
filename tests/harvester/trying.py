"""Asking a server in memory as often as harvester.http.Client would, without a wait."""

from collections.abc import Callable
from typing import TypeVar

from catalog.errors import MalformedResponse, TransportFailed
from harvester.http import Response

T = TypeVar("T")


def until_read(ask: Callable[[], Response], read: Callable[[Response], T], *, url: str, tries: int) -> T:
    """Return what `read` makes of an answer; a refusal is final, what is malformed is asked for again."""
    for left in reversed(range(tries)):
        found = ask()
        try:
            return read(found)
        except MalformedResponse:
            if found.status >= 400:
                raise TransportFailed(f"HTTP {found.status}", url=url, status=found.status) from None
            if not left:
                raise
    raise AssertionError
