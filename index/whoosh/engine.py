"""The search engine over a Whoosh index."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from catalog.errors import CatalogueBusy, StoreError
from index.engine import Change
from index.evaluation.nothing import Nothing
from index.evaluation.protocol import Commit
from index.evaluation.reading import CommitReader
from index.whoosh.opening import open_snapshot, start_anew
from index.whoosh.schema import NAME
from index.whoosh.snapshots import Snapshot
from index.whoosh.storage import DurableStorage

if TYPE_CHECKING:
    from whoosh.util.filelock import FileLock

    from index.whoosh.writing import Writer

_Item = TypeVar("_Item")


class WhooshEngine(CommitReader):
    """A SearchEngine in one folder: any number of processes and threads may read while one writes.

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
                lock = self._storage.lock(f"{NAME}.lock")
                if not lock.acquire(blocking=False):
                    raise CatalogueBusy("another process is writing to the index")
                self._lock = lock
        self._snapshot, self.needs_rebuild = open_snapshot(self._storage)
        if write and self._snapshot is None:
            try:
                self.clear()
            except StoreError:
                self.close()
                raise

    def commit(self) -> Commit:
        """Return the newest commit; a thread that still reads the one before may go on with it."""
        return self._current() or Nothing()

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        """Put the changes in, durably and whole, and remember the revision; of one key the last counts.

        Raises StoreError when opened for reading, or when the disk fails.
        """
        with _reported():
            self._writer().apply(changes, revision)

    def apply_all(
        self, batches: Iterable[tuple[Sequence[_Item], int]], read: Callable[[_Item], Change]
    ) -> Generator[int]:
        """Put batches in as `apply` does, each up to a revision; yield how many items each had.

        Worker processes make them ready: `read`, which makes a change of an item, is a function of a module.
        """
        with _reported():
            yield from self._writer().apply_all(batches, read)

    def clear(self) -> None:
        """Empty the index."""
        with _reported():
            start_anew(self._storage)
        self._snapshot, _ = open_snapshot(self._storage)

    def close(self) -> None:
        """Release the lock; what is mapped goes with the last search that reads it."""
        self._snapshot = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _current(self) -> Snapshot | None:
        snapshot = self._snapshot
        if snapshot is None or not snapshot.is_current():
            snapshot = self._snapshot = open_snapshot(self._storage, snapshot)[0]
        return snapshot

    def _writer(self) -> "Writer":
        # Imported late: a search that has nothing to catch up with writes nothing.
        from index.whoosh.writing import Writer

        if self._lock is None:
            raise StoreError("the index is open for reading only")
        return Writer(self._storage, self._current_or_damaged)

    def _current_or_damaged(self) -> Snapshot:
        snapshot = self._current()
        if snapshot is None:
            raise StoreError(
                "the index was damaged while it was written", hint="`peerlit reindex` makes it again"
            )
        return snapshot


@contextmanager
def _reported() -> Iterator[None]:
    """Turn what can go wrong in writing into an error for the user."""
    try:
        yield
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise StoreError(
            f"the index cannot be written: {error.strerror or error}{where}",
            hint="nothing is lost: the next search or import goes on with it",
        ) from error
