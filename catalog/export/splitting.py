"""An export in as many files as its reader's limit asks for."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from catalog.export import Entry
from catalog.export.presets import Limit

_ROOM: Final = 0.98
"""How full a file gets: the entry that fills it, and what closes it, must still go in."""
_MEGABYTE: Final = 1_000_000


class Split:
    """Entries on their way into files, none of them held.

    Iterate, and write each file to its end before the next is asked for: they share the entries.
    """

    def __init__(
        self, entries: Iterable[Entry], write: Callable[[Iterable[Entry]], Iterator[str]], limit: Limit
    ) -> None:
        self._entries = iter(entries)
        self._write = write
        self._limit = limit
        self.size = 0
        """Bytes of the file written last."""

    def __iter__(self) -> Iterator[Iterator[str]]:
        """Yield the texts of one file after the other; one without entries where there are none at all."""
        yield self._file(next(self._entries, None))
        while (first := next(self._entries, None)) is not None:
            yield self._file(first)

    def _file(self, first: Entry | None) -> Iterator[str]:
        self.size = 0
        for text in self._write(self._fitting(first)):
            self.size += len(text.encode())
            yield text

    def _fitting(self, first: Entry | None) -> Iterator[Entry]:
        if first is None:
            return
        records, megabytes = self._limit
        for count, entry in enumerate(chain((first,), self._entries), 1):
            yield entry
            full = megabytes is not None and self.size > megabytes * _MEGABYTE * _ROOM
            if full or count == records:
                return
