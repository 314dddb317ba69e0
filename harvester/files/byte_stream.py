"""Bytes of a file as they are read: counted, looked ahead into, decompressed, brought to UTF-8."""

import bz2
import codecs
import gzip
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

CHUNK = 1 << 18
"""How many bytes are read at a time."""

HEAD = 1 << 16
"""How many bytes a format is recognised by."""


class Bytes(Protocol):
    """Anything bytes can be read from; an empty answer is the end."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes."""


class Counted:
    """A file whose read bytes are counted, for progress."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.position = 0

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return at most `size` bytes."""
        data = self._file.read(size)
        self.position += len(data)
        return data

    def size(self) -> int | None:
        """Return the file's size in bytes; None for a pipe."""
        try:
            size = os.fstat(self._file.fileno()).st_size
        except OSError:  # a stream without a descriptor: io.UnsupportedOperation
            return None
        return size or None

    def rewound(self) -> BinaryIO | None:
        """Return the file itself at its beginning; None when it cannot be read twice."""
        if not self._file.seekable():
            return None
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Peekable:
    """Bytes that can be looked ahead into."""

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._ahead = b""

    def head(self, size: int = HEAD) -> bytes:
        """Return the next `size` bytes, fewer only before the end, and leave them to be read."""
        while len(self._ahead) < size and (data := self._source.read(CHUNK)):
            self._ahead += data
        return self._ahead[:size]

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return at most `size` bytes."""
        if not self._ahead:
            return self._source.read(size)
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data


class Fallible:
    """Bytes that come out of a container.

    Damage or an early end looks like the end and is told in `fault`, so that whatever came before it is read
    first.
    """

    def __init__(self, kind: str, read: Callable[[int], bytes]) -> None:
        self._kind = kind
        self._read = read
        self.fault: str | None = None

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return at most `size` bytes."""
        if self.fault is not None:
            return b""
        try:
            return self._read(size)
        except EOFError:
            self.fault = f"the {self._kind} data end before their end"
        except (OSError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile) as damage:
            self.fault = f"the {self._kind} data are damaged: {damage}"
        return b""


_DECOMPRESSORS: dict[bytes, tuple[str, Callable[..., gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]]] = {
    b"\x1f\x8b": ("gzip", lambda source: gzip.GzipFile(fileobj=source)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
}


def decompressed(source: Peekable, *, depth: int = 3) -> tuple[Peekable, list[Fallible]]:
    """Return the content of a stream out of up to `depth` layers of compression, and the layers.

    Members that follow each other are one content, as gzip has it (RFC 1952 §2.2).
    """
    layers: list[Fallible] = []
    for _ in range(depth):
        head = source.head(6)
        magic = next((magic for magic in _DECOMPRESSORS if head.startswith(magic)), None)
        if magic is None:
            break
        kind, open_file = _DECOMPRESSORS[magic]
        layers.append(Fallible(kind, open_file(source).read1))
        source = Peekable(layers[-1])
    return source, layers


class Recoded:
    """Text in another Unicode form, as UTF-8; what is no text becomes U+FFFD."""

    def __init__(self, source: Bytes, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return some UTF-8 bytes; about `size`."""
        while data := self._source.read(size):
            if text := self._decoder.decode(data):
                return text.encode()
        return self._decoder.decode(b"", final=True).encode()


# UTF-32 before UTF-16: its little-endian mark begins with the other's. Without a mark, an ASCII character
# that XML or JSON must begin with tells the form (XML 1.0 appendix F.1, RFC 4627 §3).
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    *((start + b"\x00", "utf-16-le") for start in (b"<", b"{", b"[")),
    *((b"\x00" + start, "utf-16-be") for start in (b"<", b"{", b"[")),
)


def as_utf8(source: Peekable) -> tuple[Peekable, str | None]:
    """Return the stream with UTF-16 or UTF-32 text brought to UTF-8, and the encoding it had if it was that.

    This is the one case where a payload is not what the source sent byte for byte: no tool downstream,
    and no splitter, could cut text of that form otherwise.
    """
    head = source.head(4)
    encoding = next((encoding for start, encoding in _WIDE if head.startswith(start)), None)
    return (source, None) if encoding is None else (Peekable(Recoded(source, encoding)), encoding)
