"""What went wrong on the way, in a line each, and whether it may be another time."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import httpx

from catalog.errors import TransportFailed
from harvester.http.address import where

LATER = "the same command goes on where it stopped"
_HINTS: Mapping[int, str] = MappingProxyType(
    {
        401: "give what the server wants to see, with --api-key",
        403: "the server may refuse who we say we are: try --mailto, or --user-agent",
        404: "is the address right?",
        407: "the proxy of this network wants a login: see HTTPS_PROXY",
        410: "is the address still right?",
        429: f"wait a while, perhaps with a longer --gap; then {LATER}",
    }
)
AGAIN = frozenset({408, 425, 429})


class Fault(NamedTuple):
    """An error, and whether to try again."""

    error: TransportFailed
    again: bool


def temporary(status: int) -> bool:
    """Tell whether a status may be another one when asked again."""
    return status in AGAIN or status >= 500


def refused(status: int, url: httpx.URL) -> TransportFailed:
    """Say that a server answered with a status and nothing that can be used."""
    phrase = httpx.codes.get_reason_phrase(status)
    hint = _HINTS.get(status, LATER if temporary(status) else None)
    return TransportFailed(
        f"{where(url)} answered {status} {phrase}".rstrip(), url=str(url), status=status, hint=hint
    )


def unreachable(error: httpx.RequestError, url: httpx.URL, status: int | None, *, met: bool) -> Fault:
    """Say why no whole answer came; `met`: this host has answered before."""
    causes = tuple(_causes(error))
    cause = next(told for told in _CAUSES if any(isinstance(one, told.kind) for one in causes))
    if any(isinstance(one, socket.gaierror) and one.errno == socket.EAI_NONAME for one in causes):
        cause = cause._replace(again=met)  # a name that was never known is a slip of the pen
    what = cause.what if status is None else "broke off its answer"
    return Fault(
        TransportFailed(f"{where(url)} {what}", url=str(url), status=status, hint=cause.hint), cause.again
    )


class _Cause(NamedTuple):
    kind: type[BaseException]
    what: str
    hint: str
    again: bool = True


# The first that fits is told: what lies deepest comes first.
_CAUSES = (
    _Cause(socket.gaierror, "is not known here by that name", "is it spelt right, is there a network?"),
    _Cause(
        ssl.SSLCertVerificationError,
        "shows a certificate that cannot be trusted",
        "use --insecure only if you know why and trust the network",
        again=False,
    ),
    _Cause(ssl.SSLError, "does not speak TLS as we do", "is it https, and the right port?"),
    _Cause(ConnectionRefusedError, "refuses connections", "is the address right, and the server up?"),
    _Cause(httpx.ConnectTimeout, "cannot be reached: no connection in time", LATER),
    _Cause(httpx.TimeoutException, "did not answer in time", LATER),
    _Cause(httpx.ConnectError, "cannot be reached", "is the address right, is there a network?"),
    _Cause(httpx.ProxyError, "cannot be reached through the proxy", "see HTTPS_PROXY and HTTP_PROXY"),
    _Cause(httpx.RemoteProtocolError, "closed the connection or does not speak HTTP", LATER),
    _Cause(httpx.NetworkError, "broke the connection", LATER),
    _Cause(httpx.RequestError, "could not be asked", LATER),
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
