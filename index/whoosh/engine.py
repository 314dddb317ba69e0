"""The search engine over a Whoosh index."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from whoosh.index import FileIndex, LockError
from whoosh.writing import SegmentWriter

from catalog.errors import CatalogueBusy, StoreError
from index.engine import Change, Hits, SortOrder
from index.evaluate import Evaluation
from index.query.ast import Query, Word
from index.search import search
from index.whoosh.merging import merge
from index.whoosh.opening import open_snapshot, start_anew
from index.whoosh.rows import row
from index.whoosh.schema import NAME, STATE, Codec
from index.whoosh.snapshot import Snapshot
from index.whoosh.storage import DurableStorage

if TYPE_CHECKING:
    from whoosh.util.filelock import FileLock

_Answer = TypeVar("_Answer")

_POOL_MB = 1024  # as Whoosh reckons it, some three times the truth; above it the pool is sorted on disk
_TRIES = 5
_BUSY = "another process is writing to the index"


class WhooshEngine:
    """A SearchEngine in one folder: any number may read while one writes.

    `needs_rebuild` says that what was in the folder cannot be used: it was damaged, or made by another
    version. For reading it then counts as empty; for writing it has been emptied.
    """

    def __init__(self, folder: Path, *, write: bool) -> None:
        """Open the index of a folder, which is made when writing.

        Raises CatalogueBusy when another process has it open for writing, StoreError when none can.
        """
        self._lock: FileLock | None = None
        self._storage = DurableStorage(str(folder), readonly=not write)
        if write:
            with _reported():
                folder.mkdir(parents=True, exist_ok=True)
                self._lock = self._storage.lock(f"{NAME}.lock")
                if not self._lock.acquire(blocking=False):
                    raise CatalogueBusy(_BUSY)
        self._snapshot, self.needs_rebuild = open_snapshot(self._storage)
        if write and self._snapshot is None:
            self.clear()

    def revision(self) -> int:
        """Return the last catalogue revision this index has seen; 0 for an empty one."""
        snapshot = self._current()
        return 0 if snapshot is None else snapshot.revision

    def newest(self) -> str | None:
        """Return the key of the last change this index has seen: by it a catalogue knows its own index."""
        snapshot = self._current()
        return None if snapshot is None else snapshot.newest

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        """Put the changes in, durably and whole, and remember the revision; of one key the last counts.

        Raises StoreError when opened for reading.
        """
        if self._lock is None:
            raise StoreError("the index is open for reading only")
        with _uncollected():
            newest: dict[str, dict[str, Any] | None] = {}
            last = self.newest()
            for change in changes:
                last = change.key
                newest[last] = None if change.document is None else row(change.document)
            with _reported(), self._writing() as writer:
                for number in self._numbers_of(newest):
                    writer.delete_document(number)
                for fields in newest.values():
                    if fields is not None:
                        writer.add_document(**fields)
                writer.schema[STATE].revision = revision
                writer.schema[STATE].newest = last
                writer.commit(mergetype=merge)
        self._reopen()

    def search(
        self,
        query: Query,
        *,
        start: int = 0,
        limit: int | None = 20,
        sort: SortOrder = "relevance",
        facets: Sequence[str] = (),
    ) -> Hits:
        """Find; `limit` None means all."""
        return self._read(
            lambda snapshot: search(query, snapshot, start=start, limit=limit, sort=sort, facets=facets),
            Hits(0, facets=dict.fromkeys(facets, ())),
        )

    def count(self, query: Query) -> int:
        """Return how many records match."""
        return self._read(lambda snapshot: len(Evaluation(snapshot).documents(query)), 0)

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many records match each."""
        return [self.count(query) for query in queries]

    def keys(self, query: Query) -> list[str]:
        """Return the keys of all that match, ascending."""
        return sorted(hit.key for hit in self.search(query, limit=None).hits)

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        """Return the terms of the index that a word stands for, ascending."""
        return self._read(
            lambda snapshot: sorted(
                {
                    term
                    for field in fields
                    for term in snapshot.terms(field, word)
                    if any(True for _ in snapshot.runs(field, term))
                }
            ),
            [],
        )

    def vocabulary(self) -> list[tuple[str, int]]:
        """Return the terms of the usual text fields, each with in how many documents at most it stands."""
        return self._read(lambda snapshot: snapshot.vocabulary(), [])

    def clear(self) -> None:
        """Empty the index."""
        self._close_snapshot()
        with _reported():
            start_anew(self._storage)
        self._reopen()

    def close(self) -> None:
        """Release files and locks."""
        self._close_snapshot()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _numbers_of(self, keys: Iterable[str]) -> Iterable[int]:
        snapshot = self._current()
        return () if snapshot is None else chain.from_iterable(map(snapshot.numbers_of, keys))

    def _read(self, ask: Callable[[Snapshot], _Answer], nothing: _Answer) -> _Answer:
        """Ask the newest commit, again when a merge has just removed a file that was not open yet."""
        for attempt in range(_TRIES):
            snapshot = self._current()
            if snapshot is None:
                return nothing
            try:
                return ask(snapshot)
            except FileNotFoundError:
                if attempt == _TRIES - 1:
                    raise
                self._reopen()
        raise AssertionError("the last attempt returns or raises")

    def _current(self) -> Snapshot | None:
        if self._snapshot is not None and not self._snapshot.is_current():
            self._reopen()
        return self._snapshot

    def _reopen(self) -> None:
        self._close_snapshot()
        self._snapshot, _ = open_snapshot(self._storage)

    def _close_snapshot(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None

    @contextmanager
    def _writing(self) -> Iterator[SegmentWriter]:
        """Give a writer, which is cancelled unless it came to its commit."""
        index = FileIndex(self._storage, indexname=NAME)
        writer = index.writer(codec=Codec(), compound=False, limitmb=_POOL_MB)
        try:
            yield writer
        finally:
            if not writer.is_closed:
                # What stopped the writing is already on its way; Whoosh, which closes some files a second
                # time, would put a bare Exception in its place.
                with suppress(Exception):
                    writer.cancel()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from the millions of tuples of a batch: a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _reported() -> Iterator[None]:
    """Turn what can go wrong in writing into errors for the user."""
    try:
        yield
    except LockError:
        raise CatalogueBusy(_BUSY) from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise StoreError(
            f"the index cannot be written: {error.strerror or error}{where}",
            hint="nothing is lost: the next search or import goes on with it",
        ) from error
