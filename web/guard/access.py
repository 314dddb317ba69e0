"""A line for each request: nothing of who asked, nor of what was searched for."""

import logging
import sys
import time
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.guard.health import PATH

_LONGEST = 200
_OK = 200


def log_to(named: str) -> logging.Handler:
    """Return what writes to a file, or to standard output for `-`.

    Several processes may write to the file, and it may be moved away: a new one is begun then.
    """
    return logging.StreamHandler(sys.stdout) if named == "-" else WatchedFileHandler(named, encoding="ascii")


class AccessLog:
    """Write the time, the method, the path without parameters, the status, bytes and milliseconds."""

    def __init__(self, app: ASGIApp, log: logging.Handler, root_path: str) -> None:
        self._app = app
        self._log = log
        self._silent = (PATH, root_path + PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, then write of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            if status != _OK or scope["path"] not in self._silent:
                told = line(scope, status, size, time.perf_counter() - started)
                self._log.handle(logging.makeLogRecord({"msg": told}))


def line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """Return the line of a request; status 0 is one that was broken off before it was answered."""
    now = datetime.now(UTC).isoformat(timespec="seconds").removesuffix("+00:00")
    path = quote(scope["path"], safe="/:@!$&'()*+,;=~")[:_LONGEST]
    return f"{now}Z {scope['method'][:10]} {path} {status} {size} {seconds * 1000:.0f}ms"
