"""Bodies: compressed in every way, broken in every way, and never larger than allowed."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import MalformedResponse, TransportFailed
from harvester.http import Manners, body
from tests.harvester.http.asking import AGENT, GOOD, Script, Time, good, read

URL = "https://example.org/oai"


def bare(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


ZIPPED = gzip.compress(GOOD)
WAYS = [
    pytest.param("gzip", ZIPPED, id="gzip"),
    pytest.param("x-gzip", ZIPPED, id="its old name"),
    pytest.param("", ZIPPED, id="gzip, not announced"),
    pytest.param("utf-8", ZIPPED, id="a charset for an encoding"),
    pytest.param("gzip", GOOD, id="announced, but it is not"),
    pytest.param("gzip", gzip.compress(ZIPPED), id="twice, announced once"),
    pytest.param("gzip, gzip", gzip.compress(ZIPPED), id="twice"),
    pytest.param("gzip", gzip.compress(GOOD[:3]) + gzip.compress(GOOD[3:]), id="two members"),
    pytest.param("gzip", ZIPPED + b"\0" * 700, id="padded"),
    pytest.param("deflate", zlib.compress(GOOD), id="deflate"),
    pytest.param("deflate", bare(GOOD), id="deflate as some understand it"),
    pytest.param("deflate, gzip", gzip.compress(zlib.compress(GOOD)), id="deflate, then gzip"),
    pytest.param("identity", GOOD, id="identity"),
    pytest.param("", GOOD, id="plain"),
]


@pytest.mark.parametrize(("encoding", "content"), WAYS)
@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_a_body_is_decompressed_however_it_is_cut(encoding: str, content: bytes, size: int) -> None:
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert body.gathered(body.decoded(pieces, encoding), 100) == GOOD


@given(st.binary(max_size=3000), st.integers(1, 500), st.integers(0, 9))
@settings(deadline=None)
def test_every_body_survives_compression(content: bytes, size: int, level: int) -> None:
    packed = gzip.compress(gzip.compress(content, level))
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    if not content.startswith(b"\x1f\x8b"):
        assert body.gathered(body.decoded(pieces, "gzip"), 3000) == content


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "gzip, deflate", "br", "é,,"]))
@settings(deadline=None)
def test_any_bytes_are_a_body_or_a_broken_one(content: bytes, encoding: str) -> None:
    for cut in (content, b"\x1f\x8b" + content, ZIPPED[: len(content)] + content):
        try:
            assert isinstance(body.gathered(body.decoded([cut], encoding), 1 << 20), bytes)
        except body.BrokenEncoding as error:
            assert str(error).count("\n") == 0  # noqa: PT017 - either outcome is right


BROKEN = [
    ("gzip", ZIPPED[:-9], "ends too early"),
    ("", ZIPPED[:12], "ends too early"),
    ("gzip", ZIPPED[:10] + b"\xff" * 30, "cannot be decompressed"),
    ("gzip", ZIPPED[:-5] + b"wrong", "cannot be decompressed"),
    ("deflate", zlib.compress(GOOD)[:-3], "ends too early"),
    ("br", GOOD, "br, which was not asked for"),
    ("zstd", GOOD, "zstd, which was not asked for"),
]


@pytest.mark.parametrize(("encoding", "content", "told"), BROKEN)
def test_what_cannot_be_decompressed_is_asked_for_uncompressed(
    encoding: str, content: bytes, told: str
) -> None:
    broken = good({"Content-Encoding": encoding}, content)
    script = Script(broken, good())
    with Time().client(script) as client:
        client.get(URL, read=read)
        client.get(URL, read=read)  # and so for good: the server cannot do better
    asked = [request.headers["accept-encoding"] for request in script.asked]
    assert asked == ["gzip, deflate", "identity", "identity"]
    script = Script(broken)
    with Time().client(script) as client, pytest.raises(MalformedResponse, match=told):
        client.get(URL, read=read)
    assert len(script.asked) == 6


@pytest.mark.parametrize("announced", [1, len(GOOD) - 1, len(GOOD) + 1, 10**12])
def test_a_body_of_another_length_than_announced_is_asked_for_again(announced: int) -> None:
    wrong = good({"Content-Length": str(announced)})
    script = Script(wrong, good())
    with Time().client(script) as client:
        client.get(URL, read=read)
    assert [request.headers["accept-encoding"] for request in script.asked] == ["gzip, deflate", "identity"]
    with Time().client(Script(wrong)) as client, pytest.raises(TransportFailed, match="broke off") as failed:
        client.get(URL, read=read)
    assert failed.value.status == 200


@pytest.mark.parametrize("length", ["", "x", "-1", "²", "9" * 5000, str(len(GOOD))])
def test_a_length_that_is_none_or_right_does_no_harm(length: str) -> None:
    headers = httpx.Headers([(b"Content-Length", length.encode("latin-1", "ignore"))])
    with Time().client(Script(good(headers))) as client:
        assert client.get(URL, read=read).status == 200


class Falling(httpx.SyncByteStream):
    """A stream that breaks in the middle, as HTTP/2 does when it is reset."""

    def __init__(self, error: Exception) -> None:
        self.closed = False
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield GOOD[:3]
        raise self._error

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    "error",
    [
        httpx.RemoteProtocolError("<StreamReset stream_id:1, error_code:2, remote_reset:True>"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        httpx.ReadError("[Errno 104] Connection reset by peer"),
        httpx.ReadTimeout("timed out"),
    ],
)
def test_a_stream_that_breaks_is_asked_for_again_and_closed(error: Exception) -> None:
    stream = Falling(error)
    script = Script(lambda: httpx.Response(200, stream=stream), good())
    with Time().client(script) as client:
        client.get(URL, read=read)
    assert stream.closed
    assert len(script.asked) == 2
    client = Time().client(Script(lambda: httpx.Response(200, stream=Falling(error))))
    with client, pytest.raises(TransportFailed, match=r"broke off its answer \(asked 6 times\)") as failed:
        client.get(URL, read=read)
    assert failed.value.status == 200


def test_a_bomb_is_never_held() -> None:
    layer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(layer.compress(b"\0" * (1 << 20)) for _ in range(64)) + layer.flush()
    script = Script(good({"Content-Encoding": "gzip"}, gzip.compress(bomb)))
    tracemalloc.start()
    try:
        client = Time().client(script, Manners(AGENT, largest=1 << 20))
        with client, pytest.raises(MalformedResponse, match="more than 1,048,576 bytes"):
            client.get(URL, read=read)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 << 20
    assert len(script.asked) == 1


@pytest.mark.parametrize(("size", "fits"), [(len(GOOD), True), (len(GOOD) - 1, False)])
@pytest.mark.parametrize("content", [GOOD, ZIPPED])
def test_the_limit_is_that_of_the_body_after_decompression(content: bytes, size: int, *, fits: bool) -> None:
    with Time().client(Script(good(body=content)), Manners(AGENT, largest=size)) as client:
        if fits:
            assert client.get(URL, read=read).body == GOOD
        else:
            with pytest.raises(MalformedResponse, match="more than"):
                client.get(URL, read=read)


class Dripping(httpx.SyncByteStream):
    """A byte a second, for ever."""

    def __init__(self, time: Time, size: int) -> None:
        self._time, self._size = time, size

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self._time.at += 1
            yield b"x" * self._size


def test_a_body_that_drips_for_ever_is_given_up() -> None:
    time = Time()
    script = Script(lambda: httpx.Response(200, stream=Dripping(time, 1)))
    with (
        time.client(script) as client,
        pytest.raises(TransportFailed, match=r"sent 61 bytes in 61 seconds") as failed,
    ):
        client.get(URL, read=read)
    assert failed.value.status == 200
    assert time.at < 1000 + 6 * 65 + 70


def test_a_slow_body_that_comes_on_is_waited_for() -> None:
    time = Time()
    script = Script(lambda: httpx.Response(200, stream=Dripping(time, 2000)))
    client = time.client(script, Manners(AGENT, largest=1_000_000))
    with client, pytest.raises(MalformedResponse, match="more than"):
        client.get(URL, read=read)
    assert time.at == 1000 + 501
