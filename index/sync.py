"""Keeping an index up with the catalogue."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from catalog.record import from_json, to_json
from index.document import document
from index.engine import BulkEngine, Change, SearchEngine

if TYPE_CHECKING:
    from catalog.store import Change as CatalogueChange

BATCH = 5_000
"""Changes of one commit: more take more memory and little less time."""

MANY = 4 * BATCH
"""From so many changes on it pays to start processes for them."""


class Changing(Protocol):
    """What an index catches up with: a catalogue, as it is or as it was."""

    def revision(self) -> int:
        """Return the number of the last change."""

    def key_at(self, revision: int) -> str | None:
        """Return the key of the record that a revision changed."""

    def changes(self, since: int = 0) -> Iterable["CatalogueChange"]:
        """Iterate over the records changed after a revision, in the order of their last change."""


def sync(
    catalog: Changing,
    engine: SearchEngine,
    *,
    progress: Callable[[int], object] | None = None,
    batch: int = BATCH,
) -> int:
    """Bring the engine to the catalogue's revision; return how many changes that took.

    Each batch is durable with its revision: stopped anywhere, the next call goes on from there. The index of
    another catalogue, or of one that was since replaced, is made anew. `progress` is told the changes of
    each batch.
    """
    if not _is_of(catalog, engine):
        engine.clear()
    behind = catalog.revision() - engine.revision()
    changes = iter(catalog.changes(since=engine.revision()))
    batches = iter(lambda: list(islice(changes, batch)), [])
    if behind > MANY and isinstance(engine, BulkEngine) and _processors() > 1:
        packed = (([*map(_packed, some)], some[-1].revision) for some in batches)
        steps = engine.apply_all(packed, _unpacked)
    else:
        steps = _one_by_one(engine, batches)
    taken = 0
    with closing(steps):
        for count in steps:
            taken += count
            if progress is not None:
                progress(count)
    return taken


def _one_by_one(engine: SearchEngine, batches: "Iterator[list[CatalogueChange]]") -> Generator[int]:
    for some in batches:
        engine.apply(map(_change, some), some[-1].revision)
        yield len(some)


def is_current(catalog: Changing, engine: SearchEngine) -> bool:
    """Tell whether the index has all of this catalogue, and of no other."""
    return engine.revision() == catalog.revision() and _is_of(catalog, engine)


def _is_of(catalog: Changing, engine: SearchEngine) -> bool:
    """Tell whether an index was made of this catalogue: the change it saw last is the one that was made then.

    Revisions are small numbers, and two catalogues have the same ones.
    """
    seen = engine.revision()
    return seen == 0 or catalog.key_at(seen) == engine.newest()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Packed(NamedTuple):
    """A change on its way to another process: a record is fastest as it is stored."""

    change: "CatalogueChange"
    body: bytes | None


def _packed(change: "CatalogueChange") -> _Packed:
    if change.record is None:
        return _Packed(change, None)
    return _Packed(change._replace(record=None), to_json(change.record))


def _unpacked(packed: _Packed) -> Change:
    if packed.body is None:
        return _change(packed.change)
    return _change(packed.change._replace(record=from_json(packed.body)))


def _change(change: "CatalogueChange") -> Change:
    if change.record is None:
        return Change(change.key, None)
    return Change(
        change.key,
        document(
            change.key,
            change.record,
            citation_key=change.citation_key,
            sources=change.sources,
            added_at=change.added_at,
        ),
    )
