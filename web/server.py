"""Serving: the address that is listened at, the processes that answer, how they end."""

import asyncio
import functools
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from catalog.errors import StoreError, UsageFault
from web.app import create_app
from web.guard.settings import Guard
from web.sharing import CAN_SHARE, sharing
from web.site import Site

_QUEUE = 2048
"""Connections that may wait until a process takes them."""

_MOST_CONNECTIONS = 900
"""Of one process at a time; it may open 1,024 files where nobody said otherwise."""

_LONGEST_HEAD = 65_536
"""Bytes of a request line and the headers: browsers send those of a proxy along."""

_SECONDS_TO_FINISH = 10
"""Granted to running answers when the server is told to stop."""

_SECONDS_TO_START = 60.0

Ready = Callable[[], None]


def listen(host: str, port: int, *, workers: int) -> socket.socket:
    """Return a socket at an address that nobody else has; port 0 is any that is free.

    It listens, or each of several workers does beside it. Raises UsageFault when that cannot be.
    """
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.create_server((host, port), family=family, backlog=_QUEUE)
        if workers == 1 or not CAN_SHARE:
            return listening
        # Shared from the beginning, it would be shared with servers that are none of ours, too.
        address = listening.getsockname()
        listening.close()
        return sharing(family, address)
    except (OSError, UnicodeError) as error:  # no such name; a name that is none
        number = error.errno if isinstance(error, OSError) else None
        # socket adds to its messages what we say ourselves; names have errors of their own, below 0.
        said = os.strerror(number) if number and number > 0 else "no such name"
        raise UsageFault(
            f"{host}:{port} cannot be listened at: {said}", hint="--port 0 takes any that is free"
        ) from error


def address_of(listening: socket.socket, guard: Guard) -> str:
    """Return the address that reaches a socket from this machine."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{guard.root_path}/"


def serve(site: Site, guard: Guard, listening: socket.socket, *, workers: int, ready: Ready) -> None:
    """Answer until told to stop; `ready` is called when the first request can be answered.

    SIGTERM ends it after running answers are finished; SIGINT does too, and raises KeyboardInterrupt then.
    SIGHUP replaces the workers where there are several, one after the other. Raises StoreError when they
    cannot start.
    """
    config = uvicorn.Config(
        functools.partial(application, site, guard),
        factory=True,
        workers=workers,
        interface="asgi3",
        # Not what happens to be installed: httptools and uvloop gain 0.05 ms of a page's 16.
        http="h11",
        loop="web.sharing:SharingLoop" if workers > 1 and CAN_SHARE else "asyncio",
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        lifespan="on",
        ws="none",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        # What is not HTTP is the other side's fault, and a warning for each would let strangers fill a disk.
        log_level="error",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        backlog=_QUEUE,
    )
    if workers == 1:
        # uvicorn raises what stopped it once more when it has finished.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        server = _Server(config, ready)
        server.run([listening])
        started = server.started
    else:
        supervisor = _Supervisor(config, [listening], ready)
        supervisor.run()
        if supervisor.interrupted:
            raise KeyboardInterrupt
        started = supervisor.started
    if not started:
        raise StoreError(f"{site.folder} cannot be served", hint="see what was said before")


def application(site: Site, guard: Guard) -> Any:  # noqa: ANN401 - an ASGI application, as uvicorn wants it
    """Return the application of one process, which ends when the process that started it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    return create_app(site, guard)


def _end_after(parent: Any) -> None:  # noqa: ANN401 - multiprocessing does not name its class
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class _Server(uvicorn.Server):
    """A server in this process."""

    def __init__(self, config: uvicorn.Config, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        await asyncio.to_thread(self._ready)


class _Supervisor(Multiprocess):
    """Worker processes, replaced when they die."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Ready) -> None:
        super().__init__(config, sockets)
        self._ready = ready
        self.started = False
        self.interrupted = False

    def init_processes(self) -> None:
        super().init_processes()
        self.started = all(
            process.wait_until_ready(_SECONDS_TO_START, self.should_exit) for process in self.processes
        )
        if self.started:
            self._ready()

    def handle_int(self) -> None:
        self.interrupted = True
        super().handle_int()
