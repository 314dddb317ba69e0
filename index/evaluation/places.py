"""Where phrases and neighbours stand: spans of words, on keys `document << 32 | position`.

A span is a first and a last key. They are sorted and distinct, so that the words that follow one are a slice,
found by bisection; no document is looked at by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.evaluation.postings import Postings
from index.evaluation.protocol import VALUE_GAP, Mask
from index.evaluation.ranges import Indexes, chosen, repeated, spread
from index.query.ast import Near, Or, Phrase, Query, Term, Word

Keys = NDArray[np.int64]

_SHIFT = 32
_MOST = 1 << 21
"""Spans made at a time, so that no query and no text can fill the memory."""


class Standing(NamedTuple):
    """How often something stands in each of some documents; a document may come more than once."""

    documents: NDArray[np.integer]
    counts: NDArray[np.integer]


class Spans(NamedTuple):
    """Stretches of words, ascending by first and then by last key; each once."""

    firsts: Keys
    lasts: Keys


class _Sides(NamedTuple):
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
            return _ascend(self.right.lasts)
        both_ways = _ascend(self.left.lasts) and _ascend(self.right.lasts)
        return both_ways and not len(_common(self.left.firsts, self.right.firsts))

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
        block = np.cumsum(sizes[order]) // _MOST
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


class Places:
    """Looks for phrases and neighbours in the runs of words."""

    def __init__(self, size: int, postings: Callable[[str, Word], Postings]) -> None:
        self._size = size
        self._postings = postings
        self._standing: dict[tuple[str, Phrase | Near], Sequence[Standing]] = {}

    def documents(self, field: str, leaf: Phrase | Near) -> Keys:
        """Return the documents in whose field a leaf stands; some may come more than once."""
        found = self._counted(field, leaf)
        if isinstance(found, _Sides):
            found = found.neighbours()
        return np.concatenate([_NO_KEYS, *(each.documents for each in found)])

    def standing(self, field: str, leaf: Phrase | Near) -> Sequence[Standing]:
        """Return how many spans a leaf has in the field, as parts to be added up."""
        found = self._counted(field, leaf)
        if isinstance(found, _Sides):
            found = [_per_document(spans.firsts) for spans in found.joined()]
            self._standing[field, leaf] = found
        return found

    def _counted(self, field: str, leaf: Phrase | Near) -> Sequence[Standing] | _Sides:
        """Count a leaf's spans without making them; where two may come to be the same, give its sides."""
        found = self._standing.get((field, leaf))
        if found is None:
            wanted = self._holding(field, leaf)
            if not wanted.any():
                found = []
            elif isinstance(leaf, Phrase):
                found = [_per_document(self._spans(field, leaf, wanted).firsts)]
            else:
                sides = self._sides(field, leaf, wanted)
                if not sides.are_apart():
                    return sides
                found = sides.neighbours()
            self._standing[field, leaf] = found
        return found

    def _sides(self, field: str, near: Near, wanted: Mask) -> _Sides:
        left, right = (self._spans(field, side, wanted) for side in (near.left, near.right))
        one_way = near.ordered or near.left == near.right
        return _Sides(left, right, min(near.distance, VALUE_GAP - 1), one_way)

    def _holding(self, field: str, query: Query) -> Mask:
        """Return the documents whose field holds all the words: among them are those that match."""
        match query:
            case Term(word=word):
                return self._holding_word(field, word)
            case Phrase(words=(first, *others)):
                found = self._holding_word(field, first)
                for word in others:
                    if not found.any():
                        break
                    found &= self._holding_word(field, word)
            case Or(children=(first, *others)):
                found = self._holding(field, first)
                for child in others:
                    found |= self._holding(field, child)
            case Near(left=left, right=right):
                found = self._holding(field, left)
                if found.any():
                    found &= self._holding(field, right)
            case _:
                raise _no_text(query)
        return found

    def _holding_word(self, field: str, word: Word) -> Mask:
        found = np.zeros(self._size, bool)
        found[self._postings(field, word).documents] = True
        return found

    def _spans(self, field: str, query: Query, wanted: Mask) -> Spans:
        match query:
            case Term(word=word):
                keys = self._keys(field, word, wanted)
                return Spans(keys, keys)
            case Phrase(words=words):
                firsts = self._side_by_side(field, words, wanted)
                return Spans(firsts, firsts + (len(words) - 1))
            case Or(children=children):
                return _distinct([self._spans(field, child, wanted) for child in children])
            case Near():
                found = list(self._sides(field, query, wanted).joined())
                return Spans(*map(np.concatenate, zip(*found, strict=True))) if found else _NONE
            case _:
                raise _no_text(query)

    def _keys(self, field: str, word: Word, wanted: Mask) -> Keys:
        """Return where a word stands in the documents wanted."""
        postings = self._postings(field, word)
        documents, counts, _ = postings
        places = None
        kept = np.flatnonzero(wanted.take(documents))
        if len(kept) < len(documents):
            places = chosen(counts, kept)
            documents, counts = documents.take(kept), counts.take(kept)
        keys = repeated(documents.astype(np.int64) << _SHIFT, counts)
        keys += postings.positions_at(places)
        if _ascend(keys):
            return keys
        keys.sort(kind="stable")  # stretches that ascend are merged, not sorted
        return _without_repeats(keys)

    def _side_by_side(self, field: str, words: tuple[Word, ...], wanted: Mask) -> Keys:
        """Return where words follow one another: the rarest first, the others only where those before are."""
        sizes = [sum(map(len, self._postings(field, word).positions)) for word in words]
        found: Keys | None = None
        for step in sorted(range(len(words)), key=sizes.__getitem__):
            keys = self._keys(field, words[step], wanted) - step
            found = keys if found is None else _common(found, keys)
            if not len(found):
                break
            wanted = np.zeros(self._size, bool)
            wanted[found >> _SHIFT] = True
        return _NO_KEYS if found is None else found


_NO_KEYS = np.zeros(0, np.int64)
_NONE = Spans(_NO_KEYS, _NO_KEYS)


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
    if len(second.firsts) < len(first.firsts) and _ascend(first.firsts) and _ascend(first.lasts):
        low = np.searchsorted(first.lasts, second.firsts - (reach + 1), "left")
        high = np.searchsorted(first.lasts, second.firsts, "left")
        documents = second.firsts >> _SHIFT
    else:
        low, high = _followed(first, second, reach)
        documents = first.firsts >> _SHIFT
    counts = high - low
    some = np.flatnonzero(counts > 0)
    return Standing(documents.take(some), counts.take(some))


def _ascend(keys: Keys) -> bool:
    return bool(np.all(keys[1:] > keys[:-1]))


def _per_document(keys: Keys) -> Standing:
    """Count ascending keys by document."""
    documents = keys >> _SHIFT
    starts = np.flatnonzero(np.diff(documents, prepend=-1))
    return Standing(documents[starts], np.diff(starts, append=len(documents)))


def _distinct(each: Sequence[Spans]) -> Spans:
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


def _without_repeats(keys: Keys) -> Keys:
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new]


def _common(one: Keys, other: Keys) -> Keys:
    """Return the keys that two ascending arrays share."""
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return one
    at = np.searchsorted(other, one)
    shared: Keys = one[other[np.minimum(at, len(other) - 1)] == one]
    return shared


def _no_text(query: Query) -> TypeError:
    return TypeError(f"{type(query).__name__} has no place in a text")
