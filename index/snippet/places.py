"""Where the leaves of a query stand in one text: the characters to be marked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from index.fields import FIELDS
from index.query.ast import Near, Or, Phrase, Query, Term, Word
from index.query.matching import Leaf, fields_of, leaves
from index.snippet.graphemes import whole
from index.snippet.stretches import Characters, stretches
from index.snippet.words import At, Words


class Mark(NamedTuple):
    """Characters `text[start:end]` that the leaf of this number found."""

    start: int
    end: int
    leaf: int


class Places:
    """A query's words, phrases and neighbours, but those under a NOT, ready to be found in many texts.

    What each word of those texts is to the query is found out once and kept.
    """

    def __init__(self, query: Query) -> None:
        self._by_field: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
        for number, leaf in enumerate(dict.fromkeys(leaves(query))):
            for field in fields_of(leaf):
                if FIELDS[field].kind == "text":
                    self._by_field[field].append((number, leaf))
        looked_for = [leaf for found in self._by_field.values() for _, leaf in found]
        self._words = Words(
            (word for leaf in looked_for for word in _words(leaf)),
            placed=any(isinstance(leaf, Phrase | Near) for leaf in looked_for),
        )

    def looks_in(self, field: str) -> bool:
        """Tell whether any leaf looks in a field."""
        return field in self._by_field

    def marks(self, field: str, text: str) -> list[Mark]:
        """Return where the leaves that look in a field stand in one value of it, by their first character.

        Marks of several leaves may overlap.
        """
        looked_for = self._by_field.get(field)
        if not looked_for:
            return []
        found = self._words.find(text)
        if not found:
            return []
        marks = {
            Mark(*characters, number)
            for number, leaf in looked_for
            for characters in _characters(leaf, found)
        }
        if text.isascii():
            return sorted(marks)
        return sorted({Mark(*whole(text, start, end), leaf) for start, end, leaf in marks})


def _words(query: Query) -> Iterator[Word]:
    match query:
        case Term(word=word):
            yield word
        case Phrase(words=words):
            yield from words
        case Near(left=left, right=right):
            yield from _words(left)
            yield from _words(right)
        case Or(children=children):
            for child in children:
                yield from _words(child)
        case _:
            return


def _characters(leaf: Leaf, found: Mapping[Word, list[At]]) -> Iterable[Characters]:
    """Return the characters that a leaf is found by."""
    if isinstance(leaf, Term):
        return [(at.start, at.end) for at in found.get(leaf.word, ())]
    return {characters for parts in stretches(leaf, found).values() for characters in parts}
