"""The loopback server with bad manners: it does to the connection what an answer's `x-rude` says."""

import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.loopback.answer import Answer, Respond
from cli.loopback.server import Handler, serve
from tests.provider.faulty import RUDE


class RudeHandler(Handler):
    """`cut 0.6`, `reset 0.4` (after so much of the body), `drip 0.1` (seconds a byte), `length 500` (too much
    in Content-Length; negative: too little), `silent` (until the client goes), `tls` (closes at once)."""

    def send(self, answer: Answer) -> None:
        manner, _, figure = answer.headers.get(RUDE, answer.headers.get(RUDE.title(), "")).partition(" ")
        headers = {name: value for name, value in answer.headers.items() if name.lower() != RUDE}
        polite = answer._replace(headers=headers)
        if not manner:
            super().send(polite)
            return
        self.close_connection = True
        _MANNERS[manner](self, polite, float(figure or 0))

    def head(self, answer: Answer, length: int) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def part(self, answer: Answer, share: float) -> None:
        self.head(answer, len(answer.body))
        self.wfile.write(answer.body[: int(len(answer.body) * share)])
        self.wfile.flush()


def _cut(handler: RudeHandler, answer: Answer, share: float) -> None:
    handler.part(answer, share)


def _reset(handler: RudeHandler, answer: Answer, share: float) -> None:
    handler.part(answer, share)
    # A linger of no time turns the end of a connection into a reset: socket(7).
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _drip(handler: RudeHandler, answer: Answer, seconds: float) -> None:
    handler.head(answer, len(answer.body))
    for byte in answer.body:
        handler.wfile.write(bytes((byte,)))
        handler.wfile.flush()
        time.sleep(seconds)


def _length(handler: RudeHandler, answer: Answer, more: float) -> None:
    handler.head(answer, len(answer.body) + int(more))
    handler.wfile.write(answer.body)
    handler.wfile.flush()


def _silent(handler: RudeHandler, *_: object) -> None:
    handler.connection.recv(1)


def _tls(*_: object) -> None:
    """Close: that is what a client meets that speaks TLS to a port without it, and the other way round."""


_MANNERS: dict[str, Callable[[RudeHandler, Answer, float], None]] = {
    "cut": _cut,
    "reset": _reset,
    "drip": _drip,
    "length": _length,
    "silent": _silent,
    "tls": _tls,
}


@contextmanager
def serve_rudely(respond: Respond) -> Iterator[str]:
    """Serve with faults of the connection, too; give the base URL."""
    with serve(respond, RudeHandler) as base:
        yield base


class _TlsHandler(Handler):
    def setup(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
        # The server closes the socket it accepted, of which nothing is left after the wrapping.
        self.request = context.wrap_socket(self.request, server_side=True, do_handshake_on_connect=False)
        try:
            self.request.do_handshake()
        except OSError:
            self.request.close()
            raise
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()


@contextmanager
def serve_tls(respond: Respond) -> Iterator[str]:
    """Serve over TLS with a certificate for 127.0.0.1 that nobody signed; give the base URL."""
    with serve(respond, _TlsHandler) as base:
        yield base.replace("http://", "https://")
