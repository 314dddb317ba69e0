"""How many documents have which values of a facet; forms that differ in case and accents alone are one value.

Ordinals of a column ascend as their texts do, so that values are chosen and put in order by numbers, and
only those shown are decoded.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.engine import FacetValue
from index.evaluation.protocol import Column, Index, Mask, Numbers
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


def counted(facet: str, found: Mask, index: Index, most: int | None) -> tuple[FacetValue, ...]:
    """Return the values of the documents found, the most frequent first, equal ones by code point."""
    column = index.column(f"facet.{facet}")
    if not len(column.values):
        return ()
    shown, totals = _values(facet, column, found, index)
    best = _most_frequent(shown, totals, most)
    return tuple(
        FacetValue(column.values[ordinal], count)
        for ordinal, count in zip(shown.take(best).tolist(), totals.take(best).tolist(), strict=True)
    )


def _values(facet: str, column: Column, found: Mask, index: Index) -> tuple[Indexes, Indexes]:
    """Return the form to show of each value that the documents found have, and how many of them have it."""
    known = forms(facet, index)
    held, counts = _tally(facet, column, found, index)
    shared = known.shared.take(held)
    together, alone = np.flatnonzero(shared), np.flatnonzero(~shared)
    shown, totals = _joined(held.take(together), counts.take(together), known, found)
    return np.concatenate([held.take(alone), shown]), np.concatenate([counts.take(alone), totals])


class Filed(NamedTuple):
    """Every value that documents have, in the order of `folded`: the form to show, and how many have it."""

    folded: Sequence[str]
    shown: Indexes
    totals: Indexes


def filed(facet: str, index: Index) -> Filed:
    """Return the values of a facet in the order of their folded forms; it is made once for a commit."""
    return index.once(f"filed {facet}", lambda: _filed(facet, index))


def _filed(facet: str, index: Index) -> Filed:
    column = index.column(f"facet.{facet}")
    if not len(column.values):
        return Filed((), np.zeros(0, np.intp), np.zeros(0, np.intp))
    known = forms(facet, index)
    shown, totals = _values(facet, column, index.alive(), index)
    ordered = sorted(known.by_folded.items())
    rank = np.zeros(len(column.values), np.intp)
    rank[[head for _, head in ordered]] = np.arange(len(ordered))
    ranks = rank.take(known.heads.take(shown))
    places = np.argsort(ranks)
    return Filed(
        [ordered[each][0] for each in ranks.take(places).tolist()], shown.take(places), totals.take(places)
    )


def _tally(facet: str, column: Column, found: Mask, index: Index) -> tuple[Indexes, Indexes]:
    """Return the forms that the documents found have, and how many of them each.

    Of more than half of all documents, those not found are counted, and taken from the count of all.
    """
    alive = index.alive()
    if np.count_nonzero(found) * 2 > np.count_nonzero(alive):
        total = index.once(f"all of {facet}", lambda: _bins(column, alive))
        counts = total - _bins(column, alive & ~found)
    else:
        ordinals = _ordinals(column, found)
        if len(ordinals) * 4 < len(column.values):
            return np.unique(ordinals, return_counts=True)
        counts = np.bincount(ordinals, minlength=len(column.values))
    held = np.flatnonzero(counts != 0)
    return held, counts.take(held)


def _bins(column: Column, found: Mask) -> Indexes:
    return np.bincount(_ordinals(column, found), minlength=len(column.values))


def _ordinals(column: Column, found: Mask) -> Numbers:
    documents = np.flatnonzero(found)
    first = column.starts.take(documents)
    ordinals: Numbers = column.ordinals.take(spread(first, column.starts.take(documents + 1) - first))
    return ordinals


def _joined(held: Indexes, counts: Indexes, known: Forms, found: Mask) -> tuple[Indexes, Indexes]:
    """Join forms of one value: its most frequent form (the first of equal ones), and how many documents."""
    if not len(held):
        return held, counts
    heads = known.heads.take(held)
    order = np.lexsort((held, -counts, heads))
    heads = heads.take(order)
    starts = np.flatnonzero(np.diff(heads, prepend=-1) != 0)
    totals = np.add.reduceat(counts.take(order), starts)
    again = known.again_heads.take(np.flatnonzero(found.take(known.again_documents)))
    np.subtract.at(totals, np.searchsorted(heads.take(starts), again), 1)
    return held.take(order.take(starts)), totals


def _most_frequent(shown: Indexes, totals: Indexes, most: int | None) -> Indexes:
    """Return the places of the highest totals, equal ones by what is shown."""
    if most == 0:
        return np.zeros(0, np.intp)
    places = np.arange(len(totals))
    if most is not None and most < len(totals):
        least = np.partition(totals, len(totals) - most)[len(totals) - most]
        places = np.flatnonzero(totals >= least)
    return places.take(np.lexsort((shown.take(places), -totals.take(places))))[:most]
