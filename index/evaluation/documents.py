"""Which documents a query finds: its one meaning, over any inverted index."""

from collections.abc import Sequence

import numpy as np

from index.evaluation.facets import having
from index.evaluation.places import Places
from index.evaluation.postings import Postings, joined
from index.evaluation.protocol import Index, Mask
from index.evaluation.spans import Standing
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.matching import Leaf, fields_of

_ROOM = 1 << 28
"""Bytes of arrays that one evaluation keeps; what finds no room is looked for again."""


class _Room:
    """The memory that one evaluation may still keep."""

    def __init__(self) -> None:
        self._left = _ROOM

    def takes(self, size: int) -> bool:
        """Tell whether so many bytes find room, and take it."""
        if size > self._left:
            return False
        self._left -= size
        return True


class _Lookup:
    """Where words stand, each looked up once.

    Apart from the evaluation, which would else be its own reference: what it keeps, and the files it has
    mapped, are then given back with it and not at some later collection of garbage.
    """

    def __init__(self, index: Index, room: _Room) -> None:
        self._index = index
        self._room = room
        self._known: dict[tuple[str, Word], Postings] = {}

    def postings(self, field: str, word: Word) -> Postings:
        known = self._known.get((field, word))
        if known is None:
            known = joined(self._index.runs(field, word))
            if self._room.takes(known.documents.nbytes + known.counts.nbytes):
                self._known[field, word] = known
        return known


class Evaluation:
    """What the parts of queries find over one index, each looked for once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._room = _Room()
        self._lookup = _Lookup(index, self._room)
        self._places = Places(index.size(), self._lookup.postings, index.spend)
        self._leaves: dict[Query, Mask] = {}
        # By identity: a line comes as the same object again, and hashing a long query is not for nothing.
        self._joined: dict[int, tuple[Query, Mask]] = {}

    def documents(self, query: Query) -> Mask:
        """Return which documents match, all of them alive; the array must not be changed."""
        match query:
            case Line(query=inner):
                return self.documents(inner)
            case All():
                return self.index.alive()
            case And() | Or() | Not():
                known = self._joined.get(id(query))
                if known is not None:
                    return known[1]
                mask = self._join(query)
                if self._room.takes(mask.nbytes):
                    self._joined[id(query)] = query, mask
                return mask
            case _:
                found = self._leaves.get(query)
                if found is None:
                    found = self._look_up(query)
                    found &= self.index.alive()
                    if self._room.takes(found.nbytes):
                        self._leaves[query] = found
                return found

    def postings(self, field: str, word: Word) -> Postings:
        """Return where the terms of a word stand."""
        return self._lookup.postings(field, word)

    def standing(self, field: str, leaf: Leaf) -> Sequence[Standing]:
        """Return how often a leaf stands in a text field, as parts to be added up; deleted ones included."""
        if isinstance(leaf, Term):
            return [Standing(*self.postings(field, leaf.word)[:2])]
        return self._places.standing(field, leaf)

    def _join(self, query: And | Or | Not) -> Mask:
        match query:
            case Not(child=child):
                return self.index.alive() & ~self.documents(child)
            case Or(children=children):
                found = np.zeros(self.index.size(), bool)
                for child in children:
                    found |= self.documents(child)
                return found
            case And(children=children):
                found = self.index.alive().copy()
                for child in sorted(children, key=_cost):
                    if isinstance(child, Not):
                        found &= ~self.documents(child.child)
                    else:
                        found &= self.documents(child)
                    if not found.any():
                        break
                return found

    def _look_up(self, query: Query) -> Mask:
        found = np.zeros(self.index.size(), bool)
        match query:
            case Term(fields=fields, word=word):
                for field in fields:
                    found[self.postings(field, word).documents] = True
            case Phrase() | Near():
                for field in fields_of(query):
                    found[self._places.documents(field, query)] = True
            case Range(field=field, low=low, high=high):
                for documents in self.index.between(field, low, high):
                    found[documents] = True
            case Value(facet=facet, folded=folded):
                found[having(facet, folded, self.index)] = True
            case _:
                raise AssertionError(query)
        return found


def _cost(query: Query) -> int:
    """Rank what is found quickly before what is not, so that the rest of an AND may be spared."""
    return _COSTS.get(type(query), 1)


_COSTS = {Term: 0, Value: 0, Range: 0, All: 0, Phrase: 2, Near: 3}
