"""A body as it comes in: piece by piece, within bounds, decompressed."""

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"
_LAYERS = 3
_FOREIGN = frozenset({"br", "zstd", "compress", "x-compress"})
# Bytes a second on average, once the time-out has passed: who sends less is taken for broken.
_SLOWEST = 1000.0


class Spoilt(Exception):
    """A body cannot be used."""


class BrokenOff(Spoilt):
    """A body ended before its end, or would never have ended."""


class BrokenEncoding(Spoilt):
    """A body cannot be decompressed."""


class TooLarge(Spoilt):
    """A body is larger than allowed."""


def received(
    pieces: Iterable[bytes],
    *,
    expected: int | None,
    timeout: float,
    clock: Callable[[], float],
) -> Iterator[bytes]:
    """Pass on what comes in; raise BrokenOff when it drips, or is not as long as `expected` at the end."""
    begun, total = clock(), 0
    for piece in pieces:
        total += len(piece)
        if clock() - begun > timeout + total / _SLOWEST:
            raise BrokenOff(f"it sent {total:,} bytes in {clock() - begun:.0f} seconds")
        yield piece
    if expected is not None and total != expected:
        raise BrokenOff(f"it sent {total:,} of {expected:,} bytes")


def decoded(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Decompress; `encoding` is the Content-Encoding header.

    gzip is known by its first bytes, not by the header: there are servers that compress without saying so,
    twice, or say so and do not. Pieces stay small whatever they expand to. Raises BrokenEncoding.
    """
    names = [name.strip().lower() for name in encoding.split(",")][-_LAYERS:]
    if foreign := _FOREIGN.intersection(names):
        raise BrokenEncoding(f"is compressed as {min(foreign)}, which was not asked for")
    for name in reversed(names):  # listed in the order they were applied
        pieces = _sniffed(pieces, _deflated if name == "deflate" else _gzipped)
    return _sniffed(pieces, _gzipped)


def gathered(pieces: Iterable[bytes], largest: int) -> bytes:
    """Put a body together; raise TooLarge as soon as it is more than `largest` bytes."""
    body = io.BytesIO()
    for piece in pieces:
        if body.tell() + len(piece) > largest:
            raise TooLarge
        body.write(piece)
    return body.getvalue()


def _gzipped(head: bytes) -> int | None:
    return 16 + zlib.MAX_WBITS if head == _GZIP else None


def _deflated(head: bytes) -> int:
    # "deflate" means zlib's format (RFC 9110 §8.4.1.2), but some send the bare stream within.
    zlibs = len(head) == 2 and head[0] & 15 == 8 and int.from_bytes(head) % 31 == 0
    return zlib.MAX_WBITS if zlibs else -zlib.MAX_WBITS


def _sniffed(pieces: Iterable[bytes], window: Callable[[bytes], int | None]) -> Iterator[bytes]:
    rest = iter(pieces)
    head = b""
    for piece in rest:
        head += piece
        if len(head) >= len(_GZIP):
            break
    bits = window(head[: len(_GZIP)])
    whole = chain([head] if head else [], rest)
    return whole if bits is None or not head else _inflated(whole, bits)


def _inflated(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    engine = zlib.decompressobj(bits)
    try:
        for piece in pieces:
            data = piece
            while data:
                if engine.eof:
                    if bits < zlib.MAX_WBITS or data[:1] != _GZIP[:1]:
                        break  # padding, which gzip(1) ignores as well
                    engine = zlib.decompressobj(bits)  # RFC 1952 §2.2: members follow one another
                yield engine.decompress(data, _PIECE)
                data = engine.unused_data if engine.eof else engine.unconsumed_tail
        while more := engine.decompress(b"", _PIECE):
            yield more
    except zlib.error as error:
        raise BrokenEncoding(f"cannot be decompressed: {error}") from None
    if not engine.eof:
        raise BrokenEncoding("cannot be decompressed: it ends too early")
