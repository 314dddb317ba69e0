"""An HTTP server on this machine alone, for as long as a `with` block lasts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

from cli.loopback.answer import Answer, Respond


class Handler(BaseHTTPRequestHandler):
    """Pass requests to `respond` and send what it answers; the form of a POST counts as its query."""

    respond: ClassVar[Respond]
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one segment and at once: Nagle's algorithm and delayed acknowledgements
    # would otherwise hold each answer for 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        """Answer."""
        path, _, query = self.path.partition("?")
        self.send(type(self).respond(path, query, {k.lower(): v for k, v in self.headers.items()}))

    def do_POST(self) -> None:
        """Answer as if the form had been in the address."""
        form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("ascii", "replace")
        joint = "&" if "?" in self.path else "?"
        self.path = f"{self.path}{joint}{form}"
        self.do_GET()

    def send(self, answer: Answer) -> None:
        """Send an answer whole."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: what is asked is the client's to report."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that keeps its connection open must not hold up the end

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as socketserver has it
        """Pass over a client that went away; tell of anything else."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def serve(respond: Respond, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 in a thread of its own; give the base URL, without a last slash."""
    bound = type("Bound", (handler,), {"respond": staticmethod(respond)})
    with _Server(("127.0.0.1", 0), bound) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
