"""One file, from its bytes to its raw records."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Self

from catalog.errors import IncompleteSource, SourceError, UnreadableFile
from catalog.record import RawRecord
from harvester.files.archives import Member, is_tar, is_zip, tar_members, why_skipped, zip_members
from harvester.files.byte_stream import CHUNK, Bytes, Counted, Fallible, Peekable, decompressed
from harvester.files.formats import recognise
from harvester.files.window import Tally, Window


class Reading:
    """The raw records of one file: an iterator, and a context manager that closes it.

    `size` and `position` count bytes of the file as it lies on disk, for progress; `size` is None for a pipe.
    `format` names what the file is. `notes` fill up meanwhile: what the user should know.
    Iterating raises IncompleteSource when the file ends before its end, after what came before it;
    UnreadableFile and SourceError when what it holds turns out to be no records.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self._file = Counted(file)
        self._tally = Tally()
        self.size = self._file.size()
        with self._named_errors():
            self.format, records = _open(self._file, self._tally)
        self._records = self._with_named_errors(records)

    @property
    def position(self) -> int:
        """How many bytes of the file have been read."""
        return self._file.position

    @property
    def notes(self) -> list[str]:
        """What the user should know about the file."""
        return self._tally.notes

    def __iter__(self) -> Iterator[RawRecord]:
        return self._records

    def __next__(self) -> RawRecord:
        return next(self._records)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _with_named_errors(self, records: Iterable[RawRecord]) -> Iterator[RawRecord]:
        with self._named_errors():
            yield from records

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Say which file it was."""
        try:
            yield
        except SourceError as error:
            raise type(error)(f"{self.name}: {error.message}", hint=error.hint) from error
        except OSError as error:
            raise UnreadableFile(f"{self.name}: {error.strerror or error}") from error


def _open(file: Counted, tally: Tally) -> tuple[str, Iterator[RawRecord]]:
    """Return what a file is and its records."""
    source, layers = decompressed(Peekable(file))
    if is_zip(source):
        return "a zip archive", _members(_zip(file, source, compressed=bool(layers)), tally)
    if is_tar(source):
        return "a tar archive", _to_the_end(_members(tar_members(source), tally), layers, tally)
    source, known = recognise(source)
    return known.name, _to_the_end(known.split(Window(source), tally), layers, tally)


def _to_the_end(
    records: Iterable[RawRecord], layers: Iterable[Fallible], tally: Tally
) -> Iterator[RawRecord]:
    """Yield the records, then say so if the file ended before its end."""
    yield from records
    fault = next((layer.fault for layer in layers if layer.fault), tally.broken_off)
    if fault:
        raise IncompleteSource(fault, hint="what came before was read; get the file again")


def _zip(file: Counted, source: Bytes, *, compressed: bool) -> Iterator[Member]:
    """Yield the members of a zip archive, which has to be whole on disk: its table stands at the end."""
    on_disk = None if compressed else file.rewound()
    if on_disk is not None:
        yield from zip_members(on_disk)
        return
    with tempfile.TemporaryFile() as whole:
        while data := source.read(CHUNK):
            whole.write(data)
        yield from zip_members(whole)


def _members(members: Iterable[Member], tally: Tally) -> Iterator[RawRecord]:
    """Yield the records of the files in an archive; those that are none of ours are noted.

    Raises UnreadableFile when none is ours, IncompleteSource when one ended before its end.
    """
    readable, broken_off = False, None
    for member in members:
        why_not = why_skipped(member.name) or member.why_not
        try:
            if why_not is None and member.file is not None:
                file = Fallible("archive's", member.file.read)
                source, layers = decompressed(Peekable(file))
                layers.append(file)
                source, known = recognise(source)
                readable = True
                tally.file = member.name
                yield from _to_the_end(known.split(Window(source), tally), layers, tally)
        except IncompleteSource as error:
            broken_off = broken_off or f"{member.name}: {error.message}"
            tally.broken_off = None
        except SourceError as error:
            why_not = error.message
        if why_not is not None:
            tally.notes.append(f"{member.name} was not read: {why_not}")
    if broken_off:
        raise IncompleteSource(broken_off)
    if not readable:
        raise UnreadableFile("the archive holds no file of a known format")
