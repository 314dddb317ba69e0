"""The commit of an index in which there is nothing yet."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from index.engine import Vocabulary
from index.evaluation.protocol import Column, Mask, Numbers, Run
from index.query.ast import Word

_Kept = TypeVar("_Kept")


class Nothing:
    """A Commit without documents."""

    revision: int = 0
    newest: str | None = None

    def size(self) -> int:
        """Return 0."""
        return 0

    def alive(self) -> Mask:
        """Return an empty mask."""
        return np.zeros(0, np.bool_)

    def terms(self, field: str, word: Word) -> Sequence[str]:
        """Return no term."""
        del field, word
        return ()

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool = False) -> Sequence[str]:
        """Return no term."""
        del field, term, most, backwards
        return ()

    def runs(self, field: str, word: Word) -> Sequence[Run]:
        """Return no run."""
        del field, word
        return ()

    def between(self, field: str, low: int | None, high: int | None) -> Sequence[Numbers]:
        """Return no documents."""
        del field, low, high
        return ()

    def lengths(self, field: str) -> Numbers:
        """Return no length."""
        del field
        return np.zeros(0, np.uint32)

    def column(self, name: str) -> Column:
        """Return a column of no documents."""
        del name
        return Column((), np.zeros(1, np.uint32), np.zeros(0, np.uint32))

    def keys(self, documents: Numbers) -> list[str]:
        """Return no key."""
        del documents
        return []

    def number_of(self, key: str) -> int | None:
        """Return None."""
        del key
        return None

    def vocabulary(self) -> Vocabulary:
        """Return no term."""
        return Vocabulary((), ())

    def spend(self, places: int) -> None:
        """Grant it."""
        del places

    def once(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        """Make it: there is nothing to keep."""
        del name
        return make()
