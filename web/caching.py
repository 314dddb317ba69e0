"""Conditional requests: what did not change since the other side last had it is not made again.

What is answered depends on the program, the catalogue, the index and what was asked, so a validator is made
of these alone, and a request that can be answered `304 Not Modified` costs no search (RFC 9110, section 13).
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache, wraps
from hashlib import blake2b
from importlib.metadata import version
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import Response

from catalog.store.stamp import Stamp
from web.shelf import Visit, shelf_of, site_of

REVALIDATE: Final = "no-cache"
"""Cache-Control of what changes with the catalogue: may be kept, must be asked for again."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""Cache-Control of what has another address as soon as it changes."""

_SETTLED: Final = timedelta(seconds=2)
_OK: Final = 200
_NOT_MODIFIED: Final = 304


class Answer(Protocol):
    """An endpoint that is lent the catalogue."""

    def __call__(self, request: Request, visit: Visit) -> Response:
        """Answer a request."""


def conditional(
    *, vary: tuple[str, ...] = (), daily: bool = False
) -> Callable[[Answer], Callable[[Request], Response]]:
    """Make an endpoint of a function `(request, visit) -> response` that is only run for what is news.

    `vary`: the request headers it looks at (`Accept`). `daily`: what it answers tells today's date. Made
    whole before the visit ends: what is streamed calls `validators` itself.
    """

    def decorated(answer: Answer) -> Callable[[Request], Response]:
        @wraps(answer)
        def endpoint(request: Request) -> Response:
            shelf = shelf_of(request)
            with shelf.visit() as visit:
                told = validators(request, visit, vary=vary, daily=daily)
                known = unchanged(request, told) or shelf.kept.get(told["ETag"])
                if known is not None:
                    return known
                made = stamped(answer(request, visit), told)
                shelf.kept.keep(told["ETag"], made)
                return made

        return endpoint

    return decorated


def validators(
    request: Request, visit: Visit, *, vary: tuple[str, ...] = (), daily: bool = False
) -> dict[str, str]:
    """Return the headers of an answer by which it is asked for again; see `conditional`.

    The tag is weak: whoever compresses the answer on its way may keep it.
    """
    stamp = visit.catalog.stamp()
    state = (
        _program(),
        site_of(request),
        stamp.text,
        visit.engine.revision(),
        visit.engine.newest(),
        str(request.url),
        request.scope.get("root_path", ""),
        [request.headers.getlist(name) for name in vary],
        datetime.now(UTC).date() if daily else None,
    )
    tag = blake2b(repr(state).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    told = {"ETag": f'W/"{tag}"', "Cache-Control": REVALIDATE}
    if vary:
        told["Vary"] = ", ".join(vary)
    if modified := _modified(stamp, visit, daily=daily):
        told["Last-Modified"] = format_datetime(modified, usegmt=True)
    return told


def _modified(stamp: Stamp, visit: Visit, *, daily: bool) -> datetime | None:
    """Return when an answer last changed; None where no date could tell its next change from the last.

    That is so while the index has yet to follow the catalogue, and where two changes may share a second
    (section 8.8.2.2).
    """
    now = datetime.now(UTC)
    if stamp.changed_at is None or visit.engine.revision() != visit.catalog.revision():
        return None
    changed = datetime.fromisoformat(stamp.changed_at)
    if daily:
        changed = max(changed, datetime.combine(now.date(), time(), UTC))
    return changed if now - changed > _SETTLED else None


def unchanged(request: Request, told: dict[str, str]) -> Response | None:
    """Return the answer to a request for what the other side already has, None for any other."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        known = {tag.strip().removeprefix("W/") for tag in ",".join(tags).split(",")}
        is_known = told["ETag"].removeprefix("W/") in known
    else:
        since = _date(request.headers.get("if-modified-since", ""))
        modified = _date(told.get("Last-Modified", ""))
        is_known = since is not None and modified is not None and modified <= since
    return Response(status_code=_NOT_MODIFIED, headers=told) if is_known else None


def _date(text: str) -> datetime | None:
    """Return a date of HTTP; None for anything else, as section 13.1.3 has it."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def stamped(response: Response, told: dict[str, str]) -> Response:
    """Put validators on an answer; one that is no success, or has its own, keeps what it has."""
    if response.status_code == _OK:
        for name, value in told.items():
            response.headers.setdefault(name, value)
    elif "Vary" in told:
        response.headers.setdefault("Vary", told["Vary"])
    return response


@cache
def _program() -> str:
    return version("peerlit")
