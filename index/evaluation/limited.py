"""An index that stops answering when a query has cost enough."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TypeVar

from catalog.errors import QueryTooCostly
from index.engine import Vocabulary
from index.evaluation.protocol import Column, Commit, Mask, Numbers, Run
from index.query.ast import Word
from index.query.cost import Budget

_Kept = TypeVar("_Kept")

_LESS = "write out the words behind * and ?, or search for parts of it one after the other"


class Limited:
    """A commit for one request: every look into it is counted, and the clock is read before.

    A single look is never broken off; the longest, a pattern over all words, takes a fraction of a second.
    """

    def __init__(self, commit: Commit, budget: Budget) -> None:
        self._commit = commit
        self._budget = budget
        self._places = 0
        self._end = monotonic() + budget.seconds
        self.revision = commit.revision
        self.newest = commit.newest

    def size(self) -> int:
        """Return how many documents are numbered."""
        return self._commit.size()

    def alive(self) -> Mask:
        """Return which documents are not deleted."""
        return self._commit.alive()

    def terms(self, field: str, word: Word) -> Sequence[str]:
        """Return the terms that a word stands for. Raises QueryTooCostly."""
        self._look_at_clock()
        return self._commit.terms(field, word)

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool = False) -> Sequence[str]:
        """Return terms of the field from one on, or those below it. Raises QueryTooCostly."""
        self._look_at_clock()
        return self._commit.neighbours(field, term, most, backwards=backwards)

    def runs(self, field: str, word: Word) -> Sequence[Run]:
        """Return where the terms of a word stand. Raises QueryTooCostly."""
        self._look_at_clock()
        runs = self._commit.runs(field, word)
        self.spend(sum(len(run.documents) for run in runs))
        return runs

    def between(self, field: str, low: int | None, high: int | None) -> Sequence[Numbers]:
        """Return the documents of a number field's terms between two bounds. Raises QueryTooCostly."""
        self._look_at_clock()
        return self._commit.between(field, low, high)

    def lengths(self, field: str) -> Numbers:
        """Return how many places for words each document has in a text field."""
        return self._commit.lengths(field)

    def column(self, name: str) -> Column:
        """Return a column. Raises QueryTooCostly."""
        self._look_at_clock()
        return self._commit.column(name)

    def keys(self, documents: Numbers) -> list[str]:
        """Return the keys of some documents, in their order."""
        return self._commit.keys(documents)

    def number_of(self, key: str) -> int | None:
        """Return the document with a key, None when there is none alive."""
        return self._commit.number_of(key)

    def vocabulary(self) -> Vocabulary:
        """Return the terms of the usual text fields. Raises QueryTooCostly."""
        self._look_at_clock()
        return self._commit.vocabulary()

    def once(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        """Return what was made under this name before, else make it and keep it."""
        return self._commit.once(name, make)

    def _look_at_clock(self) -> None:
        if monotonic() > self._end:
            raise QueryTooCostly(f"the search took longer than {self._budget.seconds:g} seconds", hint=_LESS)

    def spend(self, places: int) -> None:
        """Take note of how many places are worked on. Raises QueryTooCostly."""
        self._look_at_clock()
        self._places += places
        if self._places > self._budget.places:
            raise QueryTooCostly("the query stands for too many words of the index", hint=_LESS)
