"""Why a record matches a query, or why not: part by part."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.engine import Reason
from index.evaluation.documents import Evaluation
from index.evaluation.protocol import Index
from index.evaluation.relevance import added, in_text
from index.folding import fold
from index.query.ast import Near, Not, Or, Phrase, Query, Term, Value, Word
from index.query.parts import Part, parts


def reasons(query: Query, key: str, index: Index) -> list[Reason]:
    """Return what each part of a query, as `parts` has them, says of the record with a key.

    What a part adds to the relevance is what the leaves in it add: those of a NOT nothing, and the words of
    a NEAR nothing by themselves. Without such a record there are no reasons.
    """
    number = index.number_of(key)
    return [] if number is None else list(_Record(number, index).reasons(list(parts(query))))


class _Record:
    """One document, as parts of queries see it."""

    def __init__(self, number: int, index: Index) -> None:
        self._number = number
        self._index = index
        self._evaluation = Evaluation(index)
        self._only = np.zeros(index.size(), bool)
        self._only[number] = True
        self._scores: dict[Query, float] = {}

    def reasons(self, every: Sequence[Part]) -> Iterator[Reason]:
        silent = len(every)  # deeper than this nothing counts in ranking by itself
        for part, following in pairwise([*every, Part(0, "", every[0].query)]):
            if part.level <= silent:
                silent = len(every)
            found = self._evaluation.documents(part.query)
            met = bool(found[self._number])
            yield Reason(
                part.level,
                part.text,
                met,
                records=int(np.count_nonzero(found)),
                where=dict(self._where(part.query)) if met and following.level <= part.level else {},
                score=self._score(part.query) if part.level <= silent else 0.0,
            )
            if isinstance(part.query, Near | Not):
                silent = min(silent, part.level)

    def _score(self, query: Query) -> float:
        total = 0.0
        for leaf, times in in_text(query).items():
            if leaf not in self._scores:
                self._scores[leaf] = float(added(leaf, self._only, self._evaluation)[1].sum())
            total += times * self._scores[leaf]
        return total

    def _where(self, leaf: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each field where a leaf stands, with the words found there."""
        match leaf:
            case Value(facet=facet, folded=folded):
                column = self._index.column(f"facet.{facet}")
                here = column.ordinals[column.starts[self._number] : column.starts[self._number + 1]]
                shown = [column.values[ordinal] for ordinal in sorted(here.tolist())]
                yield facet, tuple(value for value in shown if fold(value) == folded)
            case Term(fields=fields, word=word):
                for field in fields:
                    if found := self._terms(field, word):
                        yield field, tuple(found)
            case Phrase(fields=fields, words=words):
                for field in fields:
                    if self._evaluation.documents(Phrase((field,), words))[self._number]:
                        yield field, self._side_by_side(field, words)
            case Or(children=children):
                yield from _merged(found for child in children for found in self._where(child))

    def _side_by_side(self, field: str, words: tuple[Word, ...]) -> tuple[str, ...]:
        """Return the terms that stand for the words of a phrase where it is met."""
        found: list[str] = []
        for step, word in enumerate(words):
            terms = self._terms(field, word)
            for term in terms:
                exactly = (*words[:step], Word(term, "exact"), *words[step + 1 :])
                if len(terms) == 1 or self._evaluation.documents(Phrase((field,), exactly))[self._number]:
                    found.append(term)
        return tuple(dict.fromkeys(found))

    def _terms(self, field: str, word: Word) -> list[str]:
        if not self._stands(field, word):
            return []
        return [term for term in self._index.terms(field, word) if self._stands(field, Word(term, "exact"))]

    def _stands(self, field: str, word: Word) -> bool:
        return self._number in self._evaluation.postings(field, word).documents


def _merged(each: Iterable[tuple[str, tuple[str, ...]]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    merged: dict[str, tuple[str, ...]] = {}
    for field, found in each:
        merged[field] = tuple(dict.fromkeys((*merged.get(field, ()), *found)))
    return merged.items()
