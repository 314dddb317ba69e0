"""A batch of changes as a segment, written but not yet part of a commit."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from index.document import Document
from index.engine import Change
from index.whoosh.commits import StoredSegment
from index.whoosh.inverting import invert
from index.whoosh.storage import DurableStorage


class Batch(NamedTuple):
    """A segment that was written, and the key of each change, in their order."""

    segment: StoredSegment
    keys: list[str]


def write_batch(storage: DurableStorage, segment: StoredSegment, changes: Iterable[Change]) -> Batch:
    """Write the documents of changes as a segment; of one key the last counts. Raises OSError."""
    keys: list[str] = []
    with uncollected():
        arrays = invert(_documents(changes, keys, segment.deleted))
        if arrays.size:
            segment.write(storage, arrays)
    return Batch(segment, keys)


def _documents(changes: Iterable[Change], keys: list[str], deleted: set[int]) -> Iterator[Document]:
    """Yield documents; note the key of each change, and which documents a later change replaces."""
    places: dict[str, int] = {}
    size = 0
    for change in changes:
        keys.append(change.key)
        if change.key in places:
            deleted.add(places.pop(change.key))
        if change.document is not None:
            places[change.key] = size
            size += 1
            yield change.document


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from the millions of objects of a batch: a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
