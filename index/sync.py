"""Keeping an index up with the catalogue."""

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from index.document import document
from index.engine import Change, SearchEngine

if TYPE_CHECKING:
    from catalog.store import Catalog
    from catalog.store import Change as CatalogueChange

BATCH = 5_000
"""Changes of one commit: more take more memory (270 MB for these) and little less time."""


def sync(
    catalog: "Catalog",
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
    taken = 0
    changes = iter(catalog.changes(since=engine.revision()))
    while some := list(islice(changes, batch)):
        engine.apply(map(_change, some), some[-1].revision)
        taken += len(some)
        if progress is not None:
            progress(len(some))
    return taken


def is_current(catalog: "Catalog", engine: SearchEngine) -> bool:
    """Tell whether the index has all of this catalogue, and of no other."""
    return engine.revision() == catalog.revision() and _is_of(catalog, engine)


def _is_of(catalog: "Catalog", engine: SearchEngine) -> bool:
    """Tell whether an index was made of this catalogue: the change it saw last is the one that was made then.

    Revisions are small numbers, and two catalogues have the same ones.
    """
    seen = engine.revision()
    return seen == 0 or catalog.key_at(seen) == engine.newest()


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
