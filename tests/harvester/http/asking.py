"""A client whose hours pass at once, and servers that answer as they are told."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import httpx

from catalog.errors import MalformedResponse
from harvester.http import Client, Manners, Response

AGENT = "peerlit/0 (test)"
GOOD = b"<good/>"
NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)

Handler = Callable[[httpx.Request], httpx.Response]


def read(response: Response) -> Response:
    """Take a good body, as a protocol's reader would."""
    if response.body != GOOD:
        raise MalformedResponse(f"{response.url}: not good")
    return response


def good(headers: Mapping[str, str] | None = None, body: bytes = GOOD, status: int = 200) -> httpx.Response:
    """Return an answer as it comes over a wire: not yet read, not yet decompressed."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


class Time:
    """A clock that stands still but for what is slept."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []
        self.told: list[tuple[float, str]] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.at - 1000)

    def client(
        self,
        handler: Handler | None,
        manners: Manners | None = None,
        *,
        secrets: Mapping[str, str] | None = None,
        random: Callable[[], float] = lambda: 0.5,
    ) -> Client:
        return Client(
            manners or Manners(AGENT),
            secrets=secrets or {},
            clock=lambda: self.at,
            now=self.now,
            sleep=self.sleep,
            random=random,
            transport=handler and httpx.MockTransport(handler),
            on_wait=lambda seconds, why: self.told.append((seconds, why)),
        )


class Script:
    """Gives one answer after the other, the last one for ever; remembers what it was asked."""

    def __init__(self, *steps: httpx.Response | Exception | Callable[[], httpx.Response]) -> None:
        self._steps = list(steps)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        step = self._steps[min(len(self.asked), len(self._steps) - 1)]
        self.asked.append(request)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, httpx.Response):
            # A stream can be given once more; the response around it cannot.
            return httpx.Response(step.status_code, headers=step.headers, stream=step.stream)
        return step()


Serve = Callable[[socket.socket, int], None]


@contextmanager
def raw_server(serve: Serve) -> Iterator[str]:
    """Run `serve(connection, number)` for each connection to 127.0.0.1; give the base URL."""
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)

        def accept() -> None:
            number = 0
            while not stopped.is_set():
                with suppress(TimeoutError):
                    connection, _ = listener.accept()
                    number += 1
                    with connection, suppress(OSError):
                        connection.settimeout(5)
                        serve(connection, number)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/oai"
        finally:
            stopped.set()
            thread.join()


def request_of(connection: socket.socket) -> bytes:
    """Read one request up to its blank line; nothing when the client has gone."""
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        piece = connection.recv(4096)
        if not piece:
            return b""
        data += piece
    return data


def sent(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Put an answer together; `length` is what is announced, right or wrong."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body
