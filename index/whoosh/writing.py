"""Putting changes into an index, and merging its segments: each a commit, whole or not at all."""

from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import suppress
from typing import TypeVar

import numpy as np

from index.engine import Change
from index.whoosh.batches import Batch, uncollected, write_batch
from index.whoosh.commits import Commit, StoredSegment, tidied
from index.whoosh.merging import merge
from index.whoosh.names import KEY
from index.whoosh.segments import SegmentReader
from index.whoosh.snapshots import Snapshot
from index.whoosh.storage import DurableStorage
from index.whoosh.tiers import Load, due
from index.whoosh.workers import Task, working

_Item = TypeVar("_Item")

_MANY = 50  # one of so many documents is looked up as fast as all of them are gone through


class Writer:
    """Writes an index by the one process that has its lock. What fails raises OSError and changes nothing."""

    def __init__(self, storage: DurableStorage, current: Callable[[], Snapshot]) -> None:
        """Take the storage, and what opens its newest commit."""
        self._storage = storage
        self._current = current
        self._unfinished: set[str] = set()

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        """Commit changes; of one key the last counts. Then merge what is due."""
        with tidied(self._storage, self._unfinished):
            self._finish(write_batch(self._storage, StoredSegment(), changes), revision)

    def apply_all(
        self, batches: Iterable[tuple[Sequence[_Item], int]], read: Callable[[_Item], Change]
    ) -> Generator[int]:
        """Commit batches in their order, as worker processes have them ready; yield the changes of each."""
        with (
            tidied(self._storage, ()),
            working(self._storage.folder, map(self._task, batches), read) as results,
        ):
            for task, batch in results:
                if batch is None or len(batch.keys) != len(task.items):
                    # Here it succeeds, or raises what is the matter.
                    self.apply(map(read, task.items), task.revision)
                else:
                    with tidied(self._storage, self._unfinished):
                        self._finish(batch, task.revision)
                yield len(task.items)

    def _task(self, batch: tuple[Sequence[_Item], int]) -> Task[_Item]:
        task = Task(*batch, StoredSegment())
        self._unfinished.add(task.segment.segment_id())
        return task

    def _finish(self, batch: Batch, revision: int) -> None:
        snapshot = self._current()
        readers = {part.segment_id: part.reader for part in snapshot.parts}
        commit = Commit(self._storage)
        for segment in commit.segments:
            segment.deleted.update(_documents(readers[segment.segment_id()], batch.keys))
        commit.segments.append(batch.segment)
        commit.finish((revision, batch.keys[-1] if batch.keys else snapshot.newest))
        self._unfinished.discard(batch.segment.segment_id())
        with suppress(OSError):  # the index is whole without: the next commit tries again
            self._merge(batch.segment.weight)

    def _merge(self, added: int) -> None:
        """Merge what is due, as a commit of its own.

        The segments merged stay until then, and readers keep them open after that: nobody waits for a merge
        but who wrote.
        """
        commit = Commit(self._storage)
        chosen = {commit.segments[number].segment_id() for number in due(_loads(commit.segments), added)}
        if not chosen:
            return
        merged = StoredSegment()
        with uncollected():
            parts = [part for part in self._current().parts if part.segment_id in chosen]
            merged.write(self._storage, merge([(part.reader.arrays(), part.deleted) for part in parts]))
        others = [segment for segment in commit.segments if segment.segment_id() not in chosen]
        commit.segments = [*others, merged]
        commit.finish()


def _documents(reader: SegmentReader, keys: Collection[str]) -> list[int]:
    """Return the documents of a segment that have one of these keys."""
    if len(keys) * _MANY < reader.size:
        return [number for key in keys for number in reader.numbers_of(key)]
    values, _, ordinals = reader.column(KEY)
    wanted = set(keys)
    found = np.fromiter((value in wanted for value in values), np.bool_, len(values))
    documents: list[int] = np.flatnonzero(found[ordinals]).tolist()
    return documents


def _loads(segments: Iterable[StoredSegment]) -> list[Load]:
    loads = []
    for segment in segments:
        deleted = segment.weight * len(segment.deleted) // segment.size
        loads.append(Load(segment.weight - deleted, deleted))
    return loads
