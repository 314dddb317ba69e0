"""What an argument of `import` is: a source with a name, a place, and the raw records of its files."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import msgspec

from catalog.errors import IncompleteSource, SourceError, UnreadableFile
from catalog.record import Place, RawRecord
from catalog.store import source_name
from catalog.store.database import FILE_NAME
from harvester.files.paths import STDIN, Input, inputs, read
from harvester.files.reading import Reading
from index import FOLDER

_NAMED = 3  # of files of which the same is to be said


class Remark(NamedTuple):
    """What is to be said of a file."""

    file: str
    what: str


@dataclass
class FileSource:
    """A file, a folder or standard input, read once; what there is to say of it fills up meanwhile.

    `ignored`: files that by their names hold no records; `skipped`: files of no known format; `broken`: files
    that could not be read, or not to the end.
    """

    path: str
    consumed: Callable[[int], object] = lambda _: None
    ignored: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    broken: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    @property
    def location(self) -> str:
        """Where it is, whatever folder we are in."""
        return self.path if self.path == STDIN else _text(os.path.realpath(self.path))

    def size(self) -> int | None:
        """Return how many bytes there are to read; None for a pipe."""
        if self.path == STDIN:
            return None
        return sum(map(_size, self._inputs()))

    def raws(self) -> Iterator[RawRecord]:
        """Yield the raw records of all its files.

        A file named itself must be readable: what it raises is raised on. In a folder a file of no known
        format is skipped, and one that breaks off does not keep the others from being read: IncompleteSource
        is raised at the end.
        """
        for each in self._inputs():
            if each.in_folder:
                yield from self._in_folder(each)
            else:
                yield from self._one(each, each.path)
        if self.broken:
            files = "one file" if len(self.broken) == 1 else f"{len(self.broken):,} files"
            raise IncompleteSource(f"{self.path}: {files} could not be read, or not to the end")

    def remarks(self) -> Iterator[str]:
        """Yield what there is to say, a line for all the files it is to be said of."""
        yield from _lines("", self.notes)
        yield from _lines("skipped ", (*self.ignored, *self.skipped))
        yield from _lines("", self.broken)

    def _inputs(self) -> Iterator[Input]:
        if self.path == STDIN:
            yield Input(STDIN)
            return
        for each in inputs([self.path]):
            ours = each.in_folder and _in_catalogue(Path(each.path))
            yield each._replace(skipped="part of a peerlit catalogue") if ours else each

    def _in_folder(self, each: Input) -> Iterator[RawRecord]:
        name = _text(os.path.relpath(each.path, self.path))
        try:
            if each.skipped is not None:
                self.ignored.append(Remark(name, each.skipped))
                return
            for raw in self._one(each, name):
                place = raw.place or Place(ordinal=0)
                yield msgspec.structs.replace(raw, place=msgspec.structs.replace(place, file=name))
        except SourceError as error:
            unknown = isinstance(error, UnreadableFile) and not isinstance(error.__cause__, OSError)
            what = error.message.removeprefix(f"{each.path}: ")
            (self.skipped if unknown else self.broken).append(Remark(name, what))

    def _one(self, each: Input, name: str) -> Iterator[RawRecord]:
        reading = read(each.path)
        try:
            yield from self._told(reading)
        finally:
            self.notes += (Remark(name, note) for note in reading.notes)
            reading.close()

    def _told(self, reading: Reading) -> Iterator[RawRecord]:
        """Yield the records and tell how many bytes they took."""
        before = 0
        for raw in reading:
            yield raw
            if reading.position != before:
                self.consumed(reading.position - before)
                before = reading.position


def _lines(before: str, remarks: Iterable[Remark]) -> Iterator[str]:
    files: dict[str, list[str]] = {}
    for remark in remarks:
        files.setdefault(remark.what, []).append(remark.file)
    for what, names in files.items():
        if len(names) == 1:
            yield f"{before}{names[0]}: {what}"
        else:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            yield f"{before}{len(names):,} files: {what} ({', '.join(names[:_NAMED])}{more})"


def _in_catalogue(path: Path) -> bool:
    """Tell whether a file is a catalogue's own: a folder may hold both the exports and the catalogue."""
    return path.name.startswith(FILE_NAME) or any(
        folder.name == FOLDER and (folder.parent / FILE_NAME).exists() for folder in path.parents
    )


def _size(each: Input) -> int:
    try:
        found = Path(each.path).stat()
    except OSError:  # reading it will say why
        return 0
    return found.st_size if S_ISREG(found.st_mode) and each.skipped is None else 0


def _text(path: str) -> str:
    """Return a path as text that can be stored: names of files are bytes, and need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def default_name(path: str) -> str:
    """Return what a source is called unless its user says otherwise: its file's stem."""
    if path == STDIN:
        return "stdin"
    name = Path(os.path.realpath(path)).name  # Path.resolve() raises on a loop of links
    return source_name(name.partition(".")[0] or name)
