"""An application asked as a server asks it: with whatever bytes came in, faster than any client."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import unquote

from starlette.types import ASGIApp, Message


class Answer(NamedTuple):
    """What came back, and in how many seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Asking:
    """A client of an application that runs; what it does not catch is raised here."""

    def __init__(self, app: ASGIApp, runner: asyncio.Runner) -> None:
        self._app = app
        self._runner = runner

    def ask(
        self,
        target: bytes,
        method: str = "GET",
        headers: Sequence[tuple[bytes, bytes]] = (),
        body: bytes = b"",
    ) -> Answer:
        """Ask for a target as it stands on the request line."""
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", b"test"), *headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        return self._runner.run(self._answer(scope, body))

    async def _answer(self, scope: dict[str, Any], body: bytes) -> Answer:
        sent: list[Message] = []
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:  # the other side stays
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        started = time.perf_counter()
        await self._app(scope, receive, send)
        seconds = time.perf_counter() - started
        start, *rest = sent
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]
        }
        return Answer(start["status"], headers, b"".join(each["body"] for each in rest), seconds)


@contextmanager
def running(app: ASGIApp) -> Iterator[Asking]:
    """Start an application, and stop it again."""
    events: asyncio.Queue[Message] = asyncio.Queue()
    told: asyncio.Queue[Message] = asyncio.Queue()
    with asyncio.Runner() as runner:

        async def begin() -> asyncio.Task[None]:
            task = asyncio.ensure_future(app({"type": "lifespan", "asgi": {}}, events.get, told.put))  # type: ignore[arg-type]  # an awaitable
            await events.put({"type": "lifespan.startup"})
            assert (await told.get())["type"] == "lifespan.startup.complete"
            return task

        async def end(task: asyncio.Task[None]) -> None:
            await events.put({"type": "lifespan.shutdown"})
            await task

        task = runner.run(begin())
        yield Asking(app, runner)
        runner.run(end(task))
