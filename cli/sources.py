"""What an argument of `import` is: a source with a name, a place, and the raw records of its files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from catalog.errors import IncompleteSource, SourceError, UnreadableFile
from catalog.record import Place, RawRecord
from catalog.store import source_name
from harvester.files import STDIN, Input, inputs, read
from harvester.reading import Reading


@dataclass
class FileSource:
    """A file, a folder or standard input, read once; what went wrong on the way fills up meanwhile."""

    path: str
    consumed: Callable[[int], object] = lambda _: None
    skipped: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def location(self) -> str:
        """Where it is, whatever folder we are in."""
        return self.path if self.path == STDIN else str(Path(self.path).resolve())

    def size(self) -> int | None:
        """Return how many bytes there are to read; None for a pipe."""
        if self.path == STDIN:
            return None
        return sum(Path(each.path).stat().st_size for each in self._inputs() if Path(each.path).is_file())

    def raws(self) -> Iterator[RawRecord]:
        """Yield the raw records of all its files.

        A file named itself must be readable: what it raises is raised on. In a folder a file of no known
        format is skipped, and one that breaks off does not keep the others from being read: IncompleteSource
        is raised at the end.
        """
        for each in self._inputs():
            if each.skipped is not None:
                self.skipped.append(f"{each.path}: {each.skipped}")
            elif each.in_folder:
                yield from self._in_folder(each)
            else:
                yield from self._one(each)
        if self.broken:
            files = "one file" if len(self.broken) == 1 else f"{len(self.broken)} files"
            raise IncompleteSource(f"{self.path}: {files} could not be read to the end: {self.broken[0]}")

    def _inputs(self) -> Iterator[Input]:
        return (Input(STDIN) for _ in range(1)) if self.path == STDIN else inputs([self.path])

    def _in_folder(self, each: Input) -> Iterator[RawRecord]:
        name = str(Path(each.path).relative_to(self.path))
        try:
            for raw in self._one(each):
                place = raw.place or Place(ordinal=0)
                yield msgspec.structs.replace(raw, place=msgspec.structs.replace(place, file=name))
        except UnreadableFile as error:
            self.skipped.append(error.message)
        except SourceError as error:
            self.broken.append(error.message)

    def _one(self, each: Input) -> Iterator[RawRecord]:
        reading = read(each.path)
        try:
            yield from self._told(reading)
        finally:
            self.notes += reading.notes
            reading.close()

    def _told(self, reading: Reading) -> Iterator[RawRecord]:
        """Yield the records and tell how many bytes they took."""
        before = 0
        for raw in reading:
            yield raw
            if reading.position != before:
                self.consumed(reading.position - before)
                before = reading.position


def default_name(path: str) -> str:
    """Return what a source is called unless its user says otherwise: its file's stem."""
    if path == STDIN:
        return "stdin"
    name = Path(path).resolve().name
    return source_name(name.partition(".")[0] or name)
