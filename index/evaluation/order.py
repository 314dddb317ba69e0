"""In which order hits are shown, and which of them are on a page."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engine import SortOrder
from index.evaluation.protocol import Index
from index.evaluation.ranges import Indexes


class Order(NamedTuple):
    """The sort key of a document that an order goes by, and its direction; unknown is last in both."""

    sort_key: str
    descending: bool = False


ORDERS: Mapping[SortOrder, Order] = {
    "newest": Order("date", descending=True),
    "oldest": Order("date"),
    "title": Order("title"),
    "author": Order("author"),
    "journal": Order("journal"),
    "added": Order("added", descending=True),
}
"""Every order but relevance."""


def ranks(order: Order, documents: Indexes, index: Index) -> NDArray[np.int64]:
    """Return numbers that are the smaller the earlier a document comes."""
    column = index.column(f"sort.{order.sort_key}")
    known = len(column.values)
    starts = column.starts[documents]
    found = np.full(len(documents), known, np.int64)
    has_one = starts < column.starts[documents + 1]
    ordinals = column.ordinals[starts[has_one]].astype(np.int64)
    found[has_one] = known - 1 - ordinals if order.descending else ordinals
    return found


def page(
    ranks: NDArray[np.number], documents: Indexes, index: Index, start: int, end: int | None
) -> tuple[Indexes, list[str]]:
    """Return the places in `documents` from start to end by ascending rank, equal ones by key, and the keys.

    Only what ties with a document of the page is told by its key, however many there are.
    """
    size = len(documents)
    end = size if end is None else min(end, size)
    if start >= end:
        return np.zeros(0, np.intp), []
    places = np.arange(size)
    if end < size:
        places = np.flatnonzero(ranks <= np.partition(ranks, end - 1)[end - 1])
    places = places[np.argsort(ranks[places], kind="stable")]
    ordered = ranks[places]
    first = int(np.searchsorted(ordered, ordered[start], "left"))
    last = int(np.searchsorted(ordered, ordered[end - 1], "right"))
    keys = index.keys(documents[places[first:last]].astype(np.uint32))
    tied = sorted(zip(ordered[first:last].tolist(), keys, places[first:last].tolist(), strict=True))
    shown = tied[start - first : end - first]
    return np.array([place for _, _, place in shown], np.intp), [key for _, key, _ in shown]
