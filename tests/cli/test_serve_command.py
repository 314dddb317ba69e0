"""A catalogue served by a process of its own: how it begins, goes on and ends."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from catalog.store.database import FILE_NAME
from tests.cli.children import finish, kill, start
from tests.cli.marc_files import write_marc
from tests.cli.runs import Run, run_on

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a folder at a free port; yield the process and the port when it answers."""
    process = start(folder, "serve", "--port", "0", *options)
    try:
        assert process.stdout is not None
        told = re.fullmatch(r"serving http://127\.0\.0\.1:(\d+)(/\S*)\n", process.stdout.readline())
        assert told, process.communicate()
        yield process, int(told[1])
    finally:
        kill(process)


def get(port: int, target: str = "/healthz") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def raw(port: int, request: bytes) -> bytes:
    """Send bytes, and return what comes back until the other side has done."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        received = b""
        with suppress(ConnectionError):  # who is refused early has not been listened to to the end
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                received += part
        return received


def stopped(process: subprocess.Popen[str], signal_: signal.Signals) -> int:
    process.send_signal(signal_)
    return process.wait(timeout=20)


def test_it_tells_its_address_logs_what_was_asked_and_ends_when_told(
    sample_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    with serving(sample_folder, "--root-path", "library", "--access-log", str(log)) as (process, port):
        assert get(port)[0] == 200
        assert get(port, "/library/nowhere?q=secret")[0] == 404
        assert stopped(process, signal.SIGTERM) == 0
        assert process.stderr is not None
        assert process.stderr.read().startswith("note: no mailto is set")
    assert re.fullmatch(r"\S+Z GET /library/nowhere 404 \d+ \d+ms\n", log.read_text(encoding="ascii"))


def test_what_cannot_be_served_is_told_in_one_line(sample_folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        busy = run_on(sample_folder)("serve", "--port", port)
    nothing = run_on(tmp_path / "none")("serve", "--port", "0")
    assert (busy.exit_code, nothing.exit_code) == (2, 2)
    assert busy.stderr.startswith(f"error: 127.0.0.1:{port} cannot be listened at: Address already in use\n")
    assert nothing.stderr.startswith("error: there is no catalogue in")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--base-url", "library.example.org"),
        ("--base-url", "https://бібліотека.example"),
        ("--base-url", "https://library.example.org/a b"),
        ("--base-url", "https://library.example.org/?a=b"),
        ("--root-path", "a b"),
        ("--root-path", "/../x"),
        ("--trust-proxy", "proxy"),
        ("--access-log", "/"),
        ("--mailto", "nobody"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, option: str, value: str) -> None:
    result = run("serve", "--port", "0", option, value)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {option} {value}")


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_it_too(sample_folder: Path, workers: str) -> None:
    with serving(sample_folder, "--workers", workers) as (process, port):
        assert get(port)[0] == 200
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
        assert process.wait(timeout=20) == 130
        assert process.stderr is not None
        assert process.stderr.read().splitlines()[1:] == ["", "interrupted"]


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in found}
    return [child for child, command in commands.items() if b"spawn_main" in command]


def until(seconds: float, happened: object) -> bool:
    """Wait until something has happened, but not for ever."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():  # type: ignore[operator]  # a function
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_worker_that_dies_is_replaced_and_none_outlives_the_server(sample_folder: Path) -> None:
    with serving(sample_folder, "--workers", "2") as (process, port):
        first = children(process.pid)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        assert until(20, lambda: len(set(children(process.pid)) - set(first)) == 1)
        assert {get(port)[0] for _ in range(20)} == {200}
        last = children(process.pid)
        process.kill()
        process.wait()
        assert until(20, lambda: not any(Path(f"/proc/{pid}").exists() for pid in last))


@pytest.mark.slow
def test_a_running_answer_is_finished_first(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, 3_000)
    with serving(folder) as (process, port):
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/export?format=jsonl")
            answer = connection.getresponse()
            begun = answer.read(1000)
            process.send_signal(signal.SIGTERM)
            rest = answer.read()
        assert process.wait(timeout=30) == 0
        assert (begun + rest).count(b"\n") == int(run_on(folder)("search", "--count").stdout)


@pytest.mark.slow
def test_what_is_imported_meanwhile_is_found_at_once(tmp_path: Path) -> None:
    folder, more = catalogue_of(tmp_path, 50), tmp_path / "more.mrc"
    write_marc(more, 200, seed=2)
    with serving(folder, "--workers", "2") as (_, port):
        before = get(port)
        finish(start(folder, "import", str(more)))
        finish(start(folder, "search", "--count"))
        after = {get(port) for _ in range(20)}
        assert len(after) == 1
        assert after != {before}
        finish(start(folder, "reindex"))
        assert {get(port) for _ in range(20)} == after


@pytest.mark.slow
def test_another_catalogue_put_in_its_place_is_served(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path / "one", 50)
    other = catalogue_of(tmp_path / "two", 200)
    with serving(folder) as (_, port):
        before = get(port)
        folder.rename(tmp_path / "old")
        assert (get(port)[0], get(port, "/search")[0]) == (503, 503)
        other.rename(folder)
        status, after = get(port)
        assert (status, after != before[1]) == (200, True)


def catalogue_of(path: Path, count: int) -> Path:
    path.mkdir(exist_ok=True)
    folder, file = path / "catalogue", path / "records.mrc"
    write_marc(file, count)
    finish(start(folder, "import", str(file)))
    finish(start(folder, "search", "--count"))
    assert (folder / FILE_NAME).exists()
    return folder


BYTES = (
    b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /record/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /search?q=%c3%28%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /search?q=\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET http://other.example/search HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET //other.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    b"GET /?" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST /oai HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nverb=Identify",
    b"POST /oai HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /oai HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"GET / HTTP/1.1\nHost: a\n\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\0" * 1000,
    b"",
)


@pytest.mark.slow
def test_whatever_bytes_come_the_server_stays(sample_folder: Path) -> None:
    with serving(sample_folder) as (process, port):
        for request in BYTES:
            began = time.monotonic()
            answer = raw(port, request)
            assert not re.match(rb"HTTP/\S+ 5", answer), (request[:80], answer[:500])
            assert time.monotonic() - began < 1, request[:80]
            assert get(port)[0] == 200
        assert stopped(process, signal.SIGTERM) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
