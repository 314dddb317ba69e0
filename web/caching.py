"""Conditional requests: what did not change since the other side last had it is not made again.

What is answered depends on the program, the catalogue, the index and what was asked, so a validator is made
of these alone, and who names the tag is answered `304 Not Modified` at the cost of no search (RFC 9110,
section 13). Who names a date may never have had a good answer: it is looked at when there is one (13.2.1).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
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
"""Cache-Control of what has another address as soon as it changes (RFC 8246)."""

_SETTLED: Final = timedelta(seconds=2)
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_TOLD: Final = ("ETag", "Last-Modified", "Cache-Control", "Vary")


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
                if known := unchanged(request, told):
                    return known
                made = shelf.kept.get(told["ETag"])
                if made is None:
                    made = answer(request, visit)
                    shelf.kept.keep(told["ETag"], made)
                return unmodified(request, stamped(made, told).headers) or made

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
    return told | dated(_changed_at(stamp, visit, daily=daily), visit)


def _changed_at(stamp: Stamp, visit: Visit, *, daily: bool) -> str | None:
    """Return when an answer last changed; None while the index has yet to follow the catalogue."""
    if stamp.changed_at is None or visit.engine.revision() != visit.catalog.revision():
        return None
    return max(stamp.changed_at, f"{datetime.now(UTC).date()}T00:00:00Z") if daily else stamp.changed_at


def dated(changed_at: str | None, visit: Visit) -> dict[str, str]:
    """Return the header that tells when an answer last changed, ISO 8601, UTC; none for None.

    None either where a date could not tell the next change from the last, as two may share a second (section
    8.8.2.2). Nothing is older than this process: the program that ran before may have answered otherwise.
    """
    if changed_at is None:
        return {}
    since = visit.since.replace(microsecond=0) + timedelta(seconds=1)
    changed = max(datetime.fromisoformat(changed_at), since)
    is_settled = datetime.now(UTC) - changed > _SETTLED
    return {"Last-Modified": format_datetime(changed, usegmt=True)} if is_settled else {}


def unchanged(request: Request, told: Mapping[str, str]) -> Response | None:
    """Return the answer to a request that names the tag of what the other side already has, else None."""
    known = {tag.strip().removeprefix("W/") for tag in _tags(request).split(",")}
    return _not_modified(told) if told["ETag"].removeprefix("W/") in known else None


def unmodified(request: Request, told: Mapping[str, str]) -> Response | None:
    """Return the answer to a request for what changed since a date, where nothing did; else None.

    To be asked when there is an answer: where there is none the date means nothing (section 13.2.1).
    """
    if _tags(request):
        return None
    since = _date(request.headers.get("if-modified-since", ""))
    modified = _date(told.get("Last-Modified", ""))
    return _not_modified(told) if since and modified and modified <= since else None


def _tags(request: Request) -> str:
    return ",".join(request.headers.getlist("if-none-match"))


def _not_modified(told: Mapping[str, str]) -> Response:
    return Response(status_code=_NOT_MODIFIED, headers={name: told[name] for name in _TOLD if name in told})


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
