"""Which requests are let in: methods, lengths, hosts; where the catalogue is on its host."""

import re
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.guard.answers import refuse

LONGEST_TARGET = 16_384
"""Bytes of a path and its parameters: a search strategy of some hundred terms has room."""

LONGEST_BODY = 16_384
"""Bytes of a form; only OAI-PMH and SRU are asked with one."""

MOST_PARAMETERS = 500

_FORMS = frozenset({"/oai", "/sru"})
_READING = ("GET", "HEAD", "OPTIONS")
_HOST = re.compile(rb"(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


class _Refusal(NamedTuple):
    status: int
    message: str
    headers: dict[str, str] | None = None


class AtRoot:
    """Tell the application where on its host it is.

    A proxy may hand on the path with the root path or without: no address of ours begins with it twice.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and self._root:
            path: str = scope["path"]
            below = f"{path}/" if path == self._root else path
            is_below = below.startswith(f"{self._root}/")
            scope = {**scope, "root_path": self._root, "path": below if is_below else self._root + path}
        await self._app(scope, receive, send)


class Admission:
    """Let in what may be asked here; answer the rest in one line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wrong = _wrong(scope)
        if wrong is None and scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                wrong = _Refusal(413, f"a form has {LONGEST_BODY:,} bytes at most")
            else:
                receive = _again(body, receive)
        if wrong is not None:
            await refuse(scope, receive, send, *wrong)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_permissions(scope))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _wrong(scope: Scope) -> _Refusal | None:
    """Return what is wrong with a request as far as its head tells, None for nothing."""
    allowed = _methods(scope)
    if scope["method"] not in allowed:
        return _Refusal(405, "the catalogue is only read here", {"Allow": ", ".join(allowed)})
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST_TARGET:
        return _Refusal(414, f"an address has {LONGEST_TARGET:,} bytes at most")
    if scope["query_string"].count(b"&") >= MOST_PARAMETERS:
        return _Refusal(400, f"an address has {MOST_PARAMETERS} parameters at most")
    # One that is made up would be in every link we write (RFC 9112, section 3.2).
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if len(hosts) > 1 or not all(len(host) < 256 and _HOST.fullmatch(host) for host in hosts):
        return _Refusal(400, "the request names no host")
    return None


def _methods(scope: Scope) -> tuple[str, ...]:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return (*_READING, "POST") if path.rstrip("/") in _FORMS else _READING


def _permissions(scope: Scope) -> dict[str, str]:
    """Return what a page of another host may ask for: https://fetch.spec.whatwg.org/#cors-preflight-fetch."""
    methods = ", ".join(_methods(scope))
    return {
        "Allow": methods,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request, None for one that is too long or breaks off."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > LONGEST_BODY:
            return None
        if not message.get("more_body", False):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and then what comes behind it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
