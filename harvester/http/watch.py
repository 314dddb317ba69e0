"""A bound on the time that the head of an answer may take."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

_CONNECTED = ("connect_tcp.complete", "start_tls.complete")
_HEAD = "http11.receive_response_headers."


class Watch:
    """Shuts a connection down whose head does not end; for one connection, used by one request at a time.

    httpx bounds the time for each piece it reads, so a head that drips would never end. What it offers is the
    `trace` extension, which tells of new connections and of where a request has got to.
    Source: https://www.encode.io/httpcore/extensions/#trace
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._stream: Any = None
        self._timer: threading.Timer | None = None
        self.ended = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Follow a request."""
        if event.endswith(_CONNECTED):
            self._stream = info["return_value"]
        elif event == _HEAD + "started":
            self.ended = False
            self._timer = threading.Timer(self._seconds, self._end)
            self._timer.daemon = True
            self._timer.start()
        elif event.startswith(_HEAD) and self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        self.ended = True
        # Of the socket itself, also under TLS: this wakes the thread that reads, closing it would not.
        with suppress(OSError):
            socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)
