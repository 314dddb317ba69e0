"""A port that several processes listen at, each with a socket of its own.

Of one socket for all, whichever process wakes first takes what comes: of 50 readers one was seen to have 45,
and to keep them, as browsers keep their connections, while the other had nothing to do. Linux divides what
comes among sockets of one port evenly: https://lwn.net/Articles/542629/
"""

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import Any

CAN_SHARE = sys.platform == "linux"
"""Elsewhere the option means something else, or is not there: one socket does for all then."""


class SharingLoop(asyncio.SelectorEventLoop):
    """An event loop that listens where a socket is bound, with one of its own."""

    async def create_server(  # type: ignore[override]  # as uvicorn calls it: with a socket
        self,
        protocol_factory: Callable[[], asyncio.BaseProtocol],
        *,
        sock: socket.socket,
        **options: Any,  # noqa: ANN401 - those of asyncio
    ) -> asyncio.Server:
        """Serve what comes in at the address of a socket."""
        own = sharing(sock.family, sock.getsockname())
        return await super().create_server(protocol_factory, sock=own, **options)


def sharing(family: int, address: Any) -> socket.socket:  # noqa: ANN401 - whatever a family takes
    """Return a socket at an address that others may be bound to as well; it does not listen yet."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)
    except BaseException:
        made.close()
        raise
    return made
