"""How often one client may ask: a bucket of tokens each, filled at a steady rate."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.guard.answers import refuse
from web.guard.health import PATH

USUAL = 20.0
"""Requests a second granted to a client from another machine: Zotero fetches a page of records at once."""

_BURST = 10
"""Seconds' worth of requests that may come at once after a pause."""

_MOST_CLIENTS = 20_000


class Buckets:
    """The tokens of the clients that asked last; those that were forgotten begin with a full bucket."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.size = max(1.0, rate * _BURST)
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take a token of a client; return how many are left, less than 0 when there was none to take."""
        now = self._clock()
        level, then = self._levels.pop(client, (self.size, now))
        level = min(self.size, level + (now - then) * self.rate)
        left = level - 1
        self._levels[client] = (max(level if left < 0 else left, 0.0), now)
        if len(self._levels) > _MOST_CLIENTS:
            self._levels.popitem(last=False)
        return left


class RateLimit:
    """Ask those who ask too often to wait.

    With `everybody`, clients on this machine are no exception. They are otherwise: a proxy that does not
    say for whom it asks would be one client.
    """

    def __init__(self, app: ASGIApp, rate: float, *, everybody: bool) -> None:
        self._app = app
        self._buckets = Buckets(rate)
        self._everybody = everybody
        self._policy = f'"client";q={self._buckets.size:.0f};w={_BURST}'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        client = None
        if scope["type"] == "http" and scope["path"] != scope.get("root_path", "") + PATH:
            client = client_of(scope, everybody=self._everybody)
        if client is None:
            await self._app(scope, receive, send)
            return
        left = self._buckets.take(client)
        wait = ceil(max(0.0, -left) / self._buckets.rate)
        # https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
        told = {
            "RateLimit-Policy": self._policy,
            "RateLimit": f'"client";r={max(0, int(left))};t={wait or 1}',
        }
        if left < 0:
            told["Retry-After"] = str(wait)
            await refuse(scope, receive, send, 429, f"too many requests: wait {wait} s", told)
            return

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                pairs = ((name.lower().encode(), value.encode()) for name, value in told.items())
                message["headers"] = [*message.get("headers", ()), *pairs]
            await send(message)

        await self._app(scope, receive, stamped)


def client_of(scope: Scope, *, everybody: bool) -> str | None:
    """Return whom a request counts for, None for nobody.

    Of IPv6 a whole network of 64 bits is one client: that is what one household is given.
    """
    given: str = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(given)
    except ValueError:  # a socket that is a file, a test
        return given if everybody else None
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    server = scope.get("server")
    if not everybody and (address.is_loopback or (server and given == server[0])):
        return None
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
