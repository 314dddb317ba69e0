"""What real connections do: close, reset, lie, drip."""

import gzip
import shutil
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from catalog.errors import MalformedResponse, TransportFailed, UsageFault
from harvester.http import Client, Manners
from tests.harvester.http.asking import AGENT, GOOD, Serve, raw_server, read, request_of, sent


def impatient(manners: Manners | None = None, secrets: Mapping[str, str] | None = None) -> Client:
    return Client(
        manners or Manners(AGENT, timeout=0.4, tries=3),
        secrets=secrets or {},
        sleep=lambda _: None,
        random=lambda: 0.0,
    )


def reset(connection: socket.socket) -> None:
    # With a linger of no time, close() sends RST.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def first_wrong(wrong: bytes) -> Serve:
    """Answer the first connection wrongly, and close; the others well."""

    def serve(connection: socket.socket, number: int) -> None:
        while request_of(connection):
            connection.sendall(wrong if number == 1 else sent(GOOD))
            if number == 1:
                return

    return serve


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(b"", id="closed without a word"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-", id="cut off in the headers"),
        pytest.param(sent(GOOD, length=500), id="cut off in the body"),
        pytest.param(sent(GOOD, length=3), id="announced too short"),
        pytest.param(
            sent(gzip.compress(GOOD)[:-4], "Content-Encoding: gzip", "Connection: close"), id="gzip cut off"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<good/>\r\n", id="no last chunk"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", id="no chunk at all"),
        pytest.param(b"SSH-2.0-OpenSSH_9\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", id="two lengths"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", id="endless header"),
    ],
)
def test_a_wrong_answer_is_survived(wrong: bytes) -> None:
    with raw_server(first_wrong(wrong)) as url, impatient() as client:
        assert client.get(url, read=read).body == GOOD
        # What follows a body that was announced too short may be met on the connection, or not.
        assert client.traffic.retries in (1, 2)


def test_a_reset_is_survived() -> None:
    def serve(connection: socket.socket, number: int) -> None:
        request_of(connection)
        if number == 1:
            reset(connection)
        else:
            connection.sendall(sent(GOOD))

    with raw_server(serve) as url, impatient() as client:
        assert client.get(url, read=read).body == GOOD


def test_connections_are_kept_and_one_that_was_closed_meanwhile_is_replaced() -> None:
    seen: list[int] = []

    def serve(connection: socket.socket, number: int) -> None:
        for _ in range(2):
            if request_of(connection):
                seen.append(number)
                connection.sendall(sent(GOOD))

    with raw_server(serve) as url, impatient() as client:
        for _ in range(4):
            client.get(url, read=read)
            time.sleep(0.02)  # until the server has closed
    assert seen == [1, 1, 2, 2]
    assert client.traffic.retries == 0


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    def serve(connection: socket.socket, _: int) -> None:
        request_of(connection)
        connection.recv(1)

    begun = time.monotonic()
    client = impatient(Manners(AGENT, timeout=0.1, tries=2))
    with (
        raw_server(serve) as url,
        client,
        pytest.raises(TransportFailed, match="not answer in time") as failed,
    ):
        client.get(url, read=read)
    assert failed.value.status is None
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", id="body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: ", id="header"),
        pytest.param(b"", id="all of it"),
    ],
)
def test_an_answer_that_drips_is_given_up_in_time(head: bytes) -> None:
    def serve(connection: socket.socket, _: int) -> None:
        request_of(connection)
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    begun = time.monotonic()
    with raw_server(serve) as url, impatient(Manners(AGENT, timeout=0.2, tries=2)) as client:
        with pytest.raises(TransportFailed):
            client.get(url, read=read)
        assert time.monotonic() - begun < 2.5


def test_a_bomb_is_not_read_to_its_end() -> None:
    bomb = gzip.compress(b"\0" * (1 << 25))

    def serve(connection: socket.socket, _: int) -> None:
        request_of(connection)
        connection.sendall(sent(bomb, "Content-Encoding: gzip"))

    with raw_server(serve) as url, impatient(Manners(AGENT, largest=10_000)) as client:
        with pytest.raises(MalformedResponse, match="more than 10,000 bytes"):
            client.get(url, read=read)
        assert client.traffic.requests == 1


def test_who_refuses_connections_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (
        impatient() as client,
        pytest.raises(TransportFailed, match=r"refuses connections \(asked 3 times\)"),
    ):
        client.get(f"http://127.0.0.1:{port}/", read=read)


def test_a_server_without_tls_is_told() -> None:
    def serve(connection: socket.socket, _: int) -> None:
        connection.recv(1)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with raw_server(serve) as url, impatient() as client, pytest.raises(TransportFailed, match="TLS"):
        client.get(url.replace("http:", "https:"), read=read)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
@pytest.mark.parametrize("insecure", [False, True])
def test_a_certificate_of_no_authority_is_taken_on_request_only(tmp_path: Path, *, insecure: bool) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def serve(connection: socket.socket, _: int) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            while request_of(secured):
                secured.sendall(sent(GOOD))

    client = impatient(Manners(AGENT, timeout=2, insecure=insecure), {"api_key": "k"})
    with raw_server(serve) as plain, client:
        url = plain.replace("http:", "https:")
        if insecure:
            assert client.get(url, read=read).body == GOOD
            assert client.get(url, read=read).body == GOOD
        else:
            with pytest.raises(TransportFailed, match="certificate that cannot be trusted") as failed:
                client.get(url, read=read)
            assert "--insecure" in str(failed.value.hint)
            assert client.traffic.requests == 1


def test_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with raw_server(first_wrong(sent(GOOD))) as url, impatient() as client:
        assert client.get(url, read=read).body == GOOD


def test_the_proxy_of_the_environment_is_asked_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def serve(connection: socket.socket, _: int) -> None:
        seen.append(request_of(connection).splitlines()[0])
        connection.sendall(sent(GOOD))

    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with raw_server(serve) as url, impatient() as client:
        monkeypatch.setenv("http_proxy", url.removeprefix("http://").removesuffix("/oai"))
        assert client.get("http://example.invalid/oai", read=read).body == GOOD
    assert seen == [b"GET http://example.invalid/oai HTTP/1.1"]


@pytest.mark.parametrize("proxy", ["gopher://127.0.0.1:9", "http://127.0.0.1:port"])
def test_a_proxy_that_is_none_is_told_without_its_login(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy.replace("//", "//me:hunter2@"))
    monkeypatch.setenv("no_proxy", "")
    with impatient() as client, pytest.raises(UsageFault, match="proxy") as fault:
        client.get("http://example.invalid/oai", read=read)
    assert "hunter2" not in f"{fault.value!r} {fault.value.hint}"
