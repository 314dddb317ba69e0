"""How many documents have which values of a facet; forms that differ in case and accents alone are one value.

Ordinals of a column ascend as their texts do, so that values are chosen and put in order by numbers, and
only those shown are decoded.
"""

from typing import NamedTuple

import numpy as np

from index.engine import FacetValue
from index.evaluation.protocol import Column, Index, Mask
from index.evaluation.ranges import Indexes, spread
from index.folding import fold


class Forms(NamedTuple):
    """Which forms of a facet's values are one value: that of `heads[form]`, the first of them.

    `shared` tells the forms that are not alone. A document has each pair of `again` (document, head) once
    more than it should count.
    """

    heads: Indexes
    shared: Mask
    again_documents: Indexes
    again_heads: Indexes
    by_folded: dict[str, int]


def forms(facet: str, index: Index) -> Forms:
    """Return what the values of a facet have in common; it is made once for a commit."""
    column = index.column(f"facet.{facet}")
    return index.once(f"forms of {facet}", lambda: _forms(column))


def _forms(column: Column) -> Forms:
    by_folded: dict[str, int] = {}
    heads = np.fromiter(
        (by_folded.setdefault(fold(value), ordinal) for ordinal, value in enumerate(column.values)), np.intp
    )
    shared = np.bincount(heads, minlength=len(heads))[heads] > 1
    places = np.flatnonzero(shared[column.ordinals])
    documents = np.searchsorted(column.starts, places, "right") - 1
    pairs = np.sort(documents << 32 | heads[column.ordinals[places]])
    again = pairs[1:][pairs[1:] == pairs[:-1]]
    return Forms(heads, shared, again >> 32, again & 0xFFFFFFFF, by_folded)


def having(facet: str, folded: str, index: Index) -> Indexes:
    """Return the documents that have a value, given folded; some may come more than once."""
    column, known = index.column(f"facet.{facet}"), forms(facet, index)
    head = known.by_folded.get(folded)
    if head is None:
        return np.zeros(0, np.intp)
    wanted = np.flatnonzero(known.heads == head) if known.shared[head] else np.array([head])
    places = np.flatnonzero(np.isin(column.ordinals, wanted))
    return np.searchsorted(column.starts, places, "right") - 1


def counted(
    facet: str, found: Mask, documents: Indexes, index: Index, most: int | None
) -> tuple[FacetValue, ...]:
    """Return the values of the documents found, the most frequent first, equal ones by code point."""
    column = index.column(f"facet.{facet}")
    if not len(column.values) or not len(documents):
        return ()
    known = forms(facet, index)
    held, counts = _tally(column, documents)
    alone = ~known.shared[held]
    shown, totals = _joined(held[~alone], counts[~alone], known, found)
    shown, totals = np.concatenate([held[alone], shown]), np.concatenate([counts[alone], totals])
    best = _most_frequent(shown, totals, most)
    values = column.values
    return tuple(
        FacetValue(values[ordinal], count)
        for ordinal, count in zip(shown[best].tolist(), totals[best].tolist(), strict=True)
    )


def _tally(column: Column, documents: Indexes) -> tuple[Indexes, Indexes]:
    """Return the forms that some documents have, and how often."""
    first = column.starts.take(documents)
    ordinals = column.ordinals.take(spread(first, column.starts.take(documents + 1) - first))
    if len(ordinals) * 32 < len(column.values):
        return np.unique(ordinals, return_counts=True)
    counts = np.bincount(ordinals, minlength=len(column.values))
    held = np.flatnonzero(counts != 0)
    return held, counts.take(held)


def _joined(held: Indexes, counts: Indexes, known: Forms, found: Mask) -> tuple[Indexes, Indexes]:
    """Join forms of one value: its most frequent form (the first of equal ones), and how many documents."""
    if not len(held):
        return held, counts
    heads = known.heads[held]
    order = np.lexsort((held, -counts, heads))
    heads = heads[order]
    starts = np.flatnonzero(np.diff(heads, prepend=-1))
    totals = np.add.reduceat(counts[order], starts)
    again = known.again_heads[found[known.again_documents]]
    np.subtract.at(totals, np.searchsorted(heads[starts], again), 1)
    return held[order][starts], totals


def _most_frequent(shown: Indexes, totals: Indexes, most: int | None) -> Indexes:
    places = np.arange(len(totals))
    if most is not None and most < len(totals):
        if not most:
            return places[:0]
        least = np.partition(totals, len(totals) - most)[len(totals) - most]
        places = np.flatnonzero(totals >= least)
    return places[np.lexsort((shown[places], -totals[places]))][:most]
