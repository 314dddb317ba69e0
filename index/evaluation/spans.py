"""Stretches of words on keys `document << 32 | position`: how they are joined, counted and put in order.

They are sorted and distinct, so that the words that follow one are a slice, found by bisection; no document
is looked at by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.evaluation.ranges import Indexes, spread

Keys = NDArray[np.int64]

SHIFT = 32
MOST = 1 << 21
"""Spans made at a time, so that no query and no text can fill the memory."""


class Standing(NamedTuple):
    """How often something stands in each of some documents; a document may come more than once."""

    documents: NDArray[np.integer]
    counts: NDArray[np.integer]


class Spans(NamedTuple):
    """Stretches of words, ascending by first and then by last key; each once."""

    firsts: Keys
    lasts: Keys


class Sides(NamedTuple):
    """What stands on either side of a NEAR, and how far apart it may be.

    `one_way` says that the left comes first, or that both are the same, so that one order is all there is.
    """

    left: Spans
    right: Spans
    reach: int
    one_way: bool

    def are_apart(self) -> bool:
        """Tell whether no span can come about in two ways, so that they can be counted without being made."""
        if self.one_way:
            return ascend(self.right.lasts)
        both_ways = ascend(self.left.lasts) and ascend(self.right.lasts)
        return both_ways and not len(common(self.left.firsts, self.right.firsts))

    def neighbours(self) -> list[Standing]:
        """Count for each order allowed the pairs of neighbours in each document."""
        return [_neighbours(first, second, self.reach) for first, second in self._orders()]

    def joined(self) -> Iterator[Spans]:
        """Yield the spans from one side to the other, ascending, so many at a time as memory is given to."""
        orders = [(first, second, *_followed(first, second, self.reach)) for first, second in self._orders()]
        begins = np.concatenate([first.firsts[low < high] for first, _, low, high in orders])
        if not len(begins):
            return
        sizes = np.concatenate([(high - low)[low < high] for _, _, low, high in orders])
        order = np.argsort(begins, kind="stable")
        block = np.cumsum(sizes[order]) // MOST
        bounds = begins[order][np.flatnonzero(block[1:] != block[:-1]) + 1]
        edges = [0, *np.unique(bounds).tolist(), int(begins.max()) + 1]
        for begin, end in pairwise(edges):
            firsts, widths = [], []
            for first, second, low, high in orders:
                here = slice(*np.searchsorted(first.firsts, (begin, end)))
                each = high[here] - low[here]
                starts = np.repeat(first.firsts[here], each)
                firsts.append(starts)
                widths.append(second.lasts[spread(low[here], each)] - starts)
            yield _sorted(np.concatenate(firsts), np.concatenate(widths))

    def _orders(self) -> list[tuple[Spans, Spans]]:
        there = (self.left, self.right)
        return [there] if self.one_way else [there, (self.right, self.left)]


NO_KEYS = np.zeros(0, np.int64)
NONE = Spans(NO_KEYS, NO_KEYS)


def _followed(first: Spans, second: Spans, reach: int) -> tuple[Indexes, Indexes]:
    """Return from where to where the spans are that follow each of the first ones."""
    low = np.searchsorted(second.firsts, first.lasts, "right")
    high = np.searchsorted(second.firsts, first.lasts + (reach + 1), "right")
    # Of spans that begin together each adds what those that end before it do not reach.
    together = np.flatnonzero(first.firsts[1:] == first.firsts[:-1]) + 1
    low[together] = np.maximum(low[together], high[together - 1])
    return low, high


def _neighbours(first: Spans, second: Spans, reach: int) -> Standing:
    """Count the pairs of neighbours in each document, going by the side that has fewer spans."""
    if len(second.firsts) < len(first.firsts) and ascend(first.firsts) and ascend(first.lasts):
        low = np.searchsorted(first.lasts, second.firsts - (reach + 1), "left")
        high = np.searchsorted(first.lasts, second.firsts, "left")
        documents = second.firsts >> SHIFT
    else:
        low, high = _followed(first, second, reach)
        documents = first.firsts >> SHIFT
    counts = high - low
    some = np.flatnonzero(counts > 0)
    return Standing(documents.take(some), counts.take(some))


def ascend(keys: Keys) -> bool:
    """Tell whether keys ascend, none of them twice."""
    return bool(np.all(keys[1:] > keys[:-1]))


def per_document(keys: Keys) -> Standing:
    """Count ascending keys by document."""
    documents = keys >> SHIFT
    starts = np.flatnonzero(np.diff(documents, prepend=-1) != 0)
    return Standing(documents[starts], np.diff(starts, append=len(documents)))


def distinct(each: Sequence[Spans]) -> Spans:
    """Return all spans in order, each once."""
    firsts = np.concatenate([spans.firsts for spans in each])
    widths = np.concatenate([spans.lasts for spans in each]) - firsts
    return _sorted(firsts, widths)


def _sorted(firsts: Keys, widths: Keys) -> Spans:
    order = np.lexsort((widths, firsts))
    firsts, widths = firsts[order], widths[order]
    new = np.ones(len(firsts), bool)
    new[1:] = (firsts[1:] != firsts[:-1]) | (widths[1:] != widths[:-1])
    firsts = firsts[new]
    return Spans(firsts, firsts + widths[new])


def without_repeats(keys: Keys) -> Keys:
    """Return ascending keys each once."""
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new]


def common(one: Keys, other: Keys) -> Keys:
    """Return the keys that two ascending arrays share."""
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return one
    at = np.searchsorted(other, one)
    shared: Keys = one[other[np.minimum(at, len(other) - 1)] == one]
    return shared
