"""A file of named arrays that is mapped into memory, and notices what has been damaged in it.

    head         16 bytes: magic, size of the directory, its checksum
    directory    how many checksums there are, a checksum for each block, then JSON: a `_Place` for each array
    arrays       each begins at a multiple of eight bytes, in this machine's byte order

Disks and copies lose blocks of files that keep their length, and a count over zeroes is a wrong count. So
each array has a CRC-32 for every 16 KiB, which is compared when something in that block is first asked for.
That takes 3 µs; the checksum of a whole file of 200 MB would take 40 ms of every cold search.
"""

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.structfile import StructFile

from catalog.errors import StoreError

Bytes = NDArray[np.uint8]

_BLOCK = 1 << 14
_HEAD = struct.Struct("<8sII")
_MAGIC = b"peerlit\x06"
_ALIGNED = 8


class _Place(NamedTuple):
    name: str
    kind: str
    start: int
    items: int
    blocks: int


def write_sections(file: StructFile, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of one dimension to a new file."""
    parts = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    places, sums, start = [], [], 0
    for name, array in parts.items():
        found = list(_checksums(array.view(np.uint8).data))
        places.append(_Place(name, array.dtype.str, start, len(array), len(found)))
        sums += found
        start += _padded(array.nbytes)
    directory = (
        struct.pack("<I", len(sums)) + np.array(sums, np.uint32).tobytes() + json.dumps(places).encode()
    )
    head = _HEAD.pack(_MAGIC, len(directory), zlib.crc32(directory)) + directory
    file.write(head.ljust(_padded(len(head)), b"\0"))
    for array in parts.values():
        file.write(array.view(np.uint8).data)
        file.write(bytes(_padded(array.nbytes) - array.nbytes))


def read_sections(file: StructFile, name: str) -> "dict[str, Section]":
    """Map a file and return its arrays; the file may be closed and deleted after that.

    Raises ValueError when it is not whole or was not written by `write_sections`.
    """
    try:
        data = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
        magic, size, checksum = _HEAD.unpack(data[: _HEAD.size].tobytes())
    except (ValueError, struct.error):
        raise ValueError(f"{name} has no beginning") from None
    directory = data[_HEAD.size : _HEAD.size + size].tobytes()
    if magic != _MAGIC or zlib.crc32(directory) != checksum:
        raise ValueError(f"{name} is damaged at its beginning")
    (blocks,) = struct.unpack_from("<I", directory)
    sums = np.frombuffer(directory, np.uint32, blocks, 4).tolist()
    places = [_Place(*place) for place in json.loads(directory[4 + 4 * blocks :])]
    body = data[_padded(_HEAD.size + size) :]
    ends = accumulate(place.blocks for place in places)
    sections = {
        place.name: Section(name, _array(body, place), sums[end - place.blocks : end])
        for place, end in zip(places, ends, strict=True)
    }
    if len(body) != max((_padded(place.start + sections[place.name].nbytes) for place in places), default=0):
        raise ValueError(f"{name} is not as long as it was")
    return sections


class Section:
    """An array in a file, compared with its checksums as far as it is read."""

    __slots__ = ("_array", "_bytes", "_file", "_left", "_sums", "_unread", "nbytes")

    def __init__(self, file: str, array: NDArray[Any], sums: list[int]) -> None:
        self._file = file
        self._array = array
        self._bytes = array.view(np.uint8).data
        self._sums = sums
        self._unread = bytearray(b"\1") * len(sums)
        self._left = len(sums)
        self.nbytes = array.nbytes

    def __len__(self) -> int:
        return len(self._array)

    def whole(self) -> NDArray[Any]:
        """Return the array. Raises StoreError when it is not what was written."""
        return self.part(0, len(self._array))

    def part(self, start: int, end: int) -> NDArray[Any]:
        """Return what lies from start to end. Raises StoreError when it is not what was written."""
        if self._left:
            self._check(start, end)
        return self._array[start:end]

    def data(self, start: int, end: int) -> bytes:
        """Return what lies from start to end of an array of bytes. Raises StoreError as `part` does."""
        if self._left:
            self._check(start, end)
        return self._bytes[start:end].tobytes()

    def _check(self, start: int, end: int) -> None:
        size = self._array.itemsize
        first, last = start * size // _BLOCK, -(-end * size // _BLOCK)
        block = self._unread.find(1, first, last)
        if block < 0:
            return
        while block >= 0:
            place = block * _BLOCK
            if zlib.crc32(self._bytes[place : place + _BLOCK]) != self._sums[block]:
                raise StoreError(
                    f"the index is damaged: {self._file}", hint="`peerlit reindex` makes it again"
                )
            self._unread[block] = 0
            block = self._unread.find(1, block + 1, last)
        self._left = self._unread.count(1)


def _checksums(data: memoryview) -> Iterator[int]:
    return (zlib.crc32(data[place : place + _BLOCK]) for place in range(0, len(data), _BLOCK))


def _array(body: Bytes, place: _Place) -> NDArray[Any]:
    kind = np.dtype(place.kind)
    return body[place.start : place.start + place.items * kind.itemsize].view(kind)


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
