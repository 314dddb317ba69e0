"""Commits: which segments count, and which of their documents are deleted, changes in one renaming."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from whoosh.codec.base import Segment
from whoosh.index import TOC
from whoosh.index import IndexError as WhooshIndexError

from index.whoosh.arrays import Arrays
from index.whoosh.schema import NAME, STATE
from index.whoosh.segments import write_segment
from index.whoosh.storage import DurableStorage


class StoredSegment(Segment):
    """What the table of contents knows of a segment: its name, its size and which documents are deleted.

    `weight` is how many numbers its postings are: time and memory of a merge go by it.
    """

    def __init__(self) -> None:
        super().__init__(NAME)
        self.size = 0
        self.weight = 0
        self.deleted: set[int] = set()

    def write(self, storage: DurableStorage, arrays: Arrays) -> None:
        """Write the file of the segment. Raises OSError."""
        self.size = arrays.size
        self.weight = len(arrays.postings.documents) + len(arrays.postings.positions)
        write_segment(storage, self, arrays)

    def deleted_docs(self) -> Collection[int]:
        """Return the numbers of the documents that are deleted."""
        return self.deleted


class Commit:
    """The next commit: what is done to `segments` counts once it is finished, and leaves no trace if not.

    One at a time, by who holds the lock of the index.
    """

    def __init__(self, storage: DurableStorage) -> None:
        """Begin with the last commit."""
        self._storage = storage
        self._last = TOC.read(storage, NAME)
        self.segments: list[StoredSegment] = list(self._last.segments)

    def finish(self, state: tuple[int, str | None] | None = None) -> None:
        """Let it count, with another revision and newest key if they are given. Raises OSError."""
        schema = self._last.schema
        if state is not None:
            schema[STATE].revision, schema[STATE].newest = state
        alive = [segment for segment in self.segments if len(segment.deleted) < segment.size]
        TOC(schema, alive, self._last.generation + 1).write(self._storage, NAME)


@contextmanager
def tidied(storage: DurableStorage, unfinished: Collection[str]) -> Iterator[None]:
    """Remove, after all that is done here or fails here, the files that the last commit does not name.

    Those of segments that are `unfinished` elsewhere stay. A writer that was killed is tidied up after too.
    """
    try:
        yield
    finally:
        # The next one tries again. That the commit itself is lost or damaged is what failed here, or will.
        with suppress(OSError, ValueError, WhooshIndexError):
            last = TOC.read(storage, NAME)
            named = {segment.segment_id() for segment in last.segments}
            storage.remove_all_but(last.generation, named.union(unfinished))
