"""Where phrases and neighbours stand in the texts of an index."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.evaluation.postings import Postings
from index.evaluation.protocol import VALUE_GAP, Mask
from index.evaluation.ranges import chosen, repeated
from index.evaluation.spans import (
    MOST,
    NO_KEYS,
    NONE,
    SHIFT,
    Keys,
    Sides,
    Spans,
    Standing,
    ascend,
    common,
    distinct,
    per_document,
    without_repeats,
)
from index.query.ast import Near, Or, Phrase, Query, Term, Word

_SPAN = 8
"""Places that cost as much as one span: it is put in order."""


class Places:
    """Looks for phrases and neighbours in the runs of words."""

    def __init__(
        self, size: int, postings: Callable[[str, Word], Postings], spend: Callable[[int], None]
    ) -> None:
        self._size = size
        self._postings = postings
        self._spend = spend
        self._standing: dict[tuple[str, Phrase | Near], Sequence[Standing]] = {}

    def documents(self, field: str, leaf: Phrase | Near) -> Keys:
        """Return the documents in whose field a leaf stands; some may come more than once."""
        found = self._find(field, leaf, counting=False)
        return np.concatenate([NO_KEYS, *(each.documents for each in found)])

    def standing(self, field: str, leaf: Phrase | Near) -> Sequence[Standing]:
        """Return how many spans a leaf has in the field, as parts to be added up."""
        return self._find(field, leaf, counting=True)

    def _find(self, field: str, leaf: Phrase | Near, *, counting: bool) -> Sequence[Standing]:
        """Return where a leaf stands; without counting, it may stand fewer times than it says."""
        known = self._standing.get((field, leaf))
        if known is not None:
            return known
        found: list[Standing] = []
        counted = True
        for wanted in self._blocks(field, leaf, self._holding(field, leaf)):
            if isinstance(leaf, Phrase):
                found.append(per_document(self._spans(field, leaf, wanted).firsts))
                continue
            sides = self._sides(field, leaf, wanted)
            if counting and not sides.are_apart():
                found += [per_document(spans.firsts) for spans in self._joined(sides)]
            else:
                found += sides.neighbours()
                counted = counted and (counting or sides.are_apart())
        if counted:
            self._standing[field, leaf] = found
        return found

    def _blocks(self, field: str, leaf: Phrase | Near, wanted: Mask) -> Iterator[Mask]:
        """Part documents so that what a NEAR within a NEAR may find in some of them fits into memory."""
        documents = np.flatnonzero(wanted)
        if not len(documents):
            return
        inner = [] if isinstance(leaf, Phrase) else [leaf.left, leaf.right]
        if not any(map(_has_near, inner)):
            yield wanted
            return
        most = np.maximum(*(self._most_spans(field, side).take(documents) for side in inner))
        block = np.cumsum(most) // MOST
        for part in np.split(documents, np.flatnonzero(block[1:] != block[:-1]) + 1):
            found = np.zeros(self._size, bool)
            found[part] = True
            yield found

    def _most_spans(self, field: str, query: Query) -> NDArray[np.float64]:
        """Return how many spans a query can have at most in each document."""
        match query:
            case Term(word=word) | Phrase(words=(word, *_)):
                documents, counts, _ = self._postings(field, word)
                return np.bincount(documents, counts, self._size).astype(np.float64, copy=False)
            case Or(children=children):
                return reduce(np.add, (self._most_spans(field, child) for child in children))
            case Near(left=left, right=right):
                return self._most_spans(field, left) * self._most_spans(field, right)
            case _:
                raise _no_text(query)

    def _sides(self, field: str, near: Near, wanted: Mask) -> Sides:
        left, right = (self._spans(field, side, wanted) for side in (near.left, near.right))
        one_way = near.ordered or near.left == near.right
        return Sides(left, right, min(near.distance, VALUE_GAP - 1), one_way)

    def _joined(self, sides: Sides) -> Iterator[Spans]:
        for spans in sides.joined():
            self._spend(_SPAN * len(spans.firsts))
            yield spans

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
                return distinct([self._spans(field, child, wanted) for child in children])
            case Near():
                found = list(self._joined(self._sides(field, query, wanted)))
                return Spans(*map(np.concatenate, zip(*found, strict=True))) if found else NONE
            case _:
                raise _no_text(query)

    def _keys(self, field: str, word: Word, wanted: Mask) -> Keys:
        """Return where a word stands in the documents wanted."""
        postings = self._postings(field, word)
        documents, counts, _ = postings
        self._spend(len(documents))
        places = None
        kept = np.flatnonzero(wanted.take(documents))
        if len(kept) < len(documents):
            places = chosen(counts, kept)
            documents, counts = documents.take(kept), counts.take(kept)
        self._spend(int(counts.sum()))
        keys = repeated(documents.astype(np.int64) << SHIFT, counts)
        keys += postings.positions_at(places)
        if ascend(keys):
            return keys
        keys.sort(kind="stable")  # stretches that ascend are merged, not sorted
        return without_repeats(keys)

    def _side_by_side(self, field: str, words: tuple[Word, ...], wanted: Mask) -> Keys:
        """Return where words follow one another: the rarest first, the others only where those before are."""
        sizes = [sum(map(len, self._postings(field, word).positions)) for word in words]
        found: Keys | None = None
        for step in sorted(range(len(words)), key=sizes.__getitem__):
            keys = self._keys(field, words[step], wanted) - step
            found = keys if found is None else common(found, keys)
            if not len(found):
                break
            wanted = np.zeros(self._size, bool)
            wanted[found >> SHIFT] = True
        return NO_KEYS if found is None else found


def _has_near(query: Query) -> bool:
    match query:
        case Or(children=children):
            return any(map(_has_near, children))
        case _:
            return isinstance(query, Near)


def _no_text(query: Query) -> TypeError:
    return TypeError(f"{type(query).__name__} has no place in a text")
