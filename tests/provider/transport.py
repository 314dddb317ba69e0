"""A provider as a transport for httpx, without sockets, and what it was asked."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from cli.loopback.answer import Answer, Respond
from tests.provider.faulty import RUDE

_RUDE: Mapping[str, type[httpx.TransportError]] = {
    "cut": httpx.RemoteProtocolError,
    "length": httpx.RemoteProtocolError,
    "reset": httpx.ReadError,
    "drip": httpx.ReadTimeout,
    "silent": httpx.ReadTimeout,
    "tls": httpx.ConnectError,
}
"""What httpx makes of each; see `rude_server`."""


@dataclass
class Asked:
    """Wrap `respond` and remember every request, in order; pass `.respond` on."""

    inner: Respond
    requests: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        self.requests.append((path, query, headers))
        return self.inner(path, query, headers)

    @property
    def urls(self) -> list[str]:
        """Path and query as they came, in order."""
        return [f"{path}?{query}" if query else path for path, query, _ in self.requests]

    @property
    def params(self) -> list[dict[str, str]]:
        """The decoded arguments of each request."""
        return [dict(parse_qsl(query, keep_blank_values=True)) for _, query, _ in self.requests]

    @property
    def counts(self) -> Counter[str]:
        """How often each was asked."""
        return Counter(self.urls)


def transport(respond: Respond) -> httpx.MockTransport:
    """Return a transport that answers every request from `respond`, whatever its host."""
    return httpx.MockTransport(handler(respond))


def handler(respond: Respond) -> Callable[[httpx.Request], httpx.Response]:
    def answered(request: httpx.Request) -> httpx.Response:
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        if request.method == "POST":
            query = "&".join(filter(None, (query, request.content.decode("ascii"))))
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = respond(path, query, headers)
        manner = next((value for name, value in answer.headers.items() if name.lower() == RUDE), "").split(
            " "
        )[0]
        if manner:
            raise _RUDE[manner](f"{manner}, as a server might", request=request)
        return httpx.Response(
            answer.status, headers=dict(answer.headers), content=answer.body, request=request
        )

    return answered
