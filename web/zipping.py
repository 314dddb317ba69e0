"""A zip archive that is sent while it is written."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CHUNK: Final = 1 << 16


class _Pipe:
    """Where an archive is written to: what it cannot go back in, it writes so that it need not."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._pending += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: bytes are taken from here."""

    def taken(self, least: int = 1) -> Iterator[bytes]:
        """Yield what was written since, if it is as much as `least`."""
        if len(self._pending) >= least:
            yield bytes(self._pending)
            self._pending.clear()


def zipped(files: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """Yield the archive of some files, each a name and its texts, in pieces."""
    pipe = _Pipe()
    now = datetime.now(UTC).timetuple()[:6]
    with ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]  # it needs no more than write and flush
        for name, texts in files:
            info = ZipInfo(name, now)
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as file:
                for text in texts:
                    file.write(text.encode())
                    yield from pipe.taken(_CHUNK)
    yield from pipe.taken()
