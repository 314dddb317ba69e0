"""What an inverted index must be able to tell for a query to be evaluated over it: arrays, no walking."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.engine import Vocabulary
from index.query.ast import Word

Numbers = NDArray[np.uint32]
Mask = NDArray[np.bool_]

VALUE_GAP = 1 << 14
"""Positions left free between two values of a field: farther than any NEAR reaches."""

_Kept = TypeVar("_Kept")


class Run(NamedTuple):
    """Where one term stands in one field, for a stretch of documents, or several terms one after the other.

    `documents` ascend from one term to the next; deleted ones may be among them. `counts` says how often the
    term stands in each; `positions` are all those places one document after the other, ascending within each,
    and empty for fields without.
    """

    documents: Numbers
    counts: Numbers
    positions: Numbers


class Column(NamedTuple):
    """Texts of documents: those of document d are `values[o] for o in ordinals[starts[d]:starts[d + 1]]`.

    `values` are distinct and ascend by code point, so that ordinals compare as their texts do; each is
    decoded when it is asked for. `starts` has one number more than there are documents.
    """

    values: Sequence[str]
    starts: Numbers
    ordinals: Numbers


class Index(Protocol):
    """One commit of an inverted index. Documents are numbered from 0, deleted ones included."""

    def size(self) -> int:
        """Return how many documents are numbered."""

    def alive(self) -> Mask:
        """Return which documents are not deleted; the array must not be changed."""

    def terms(self, field: str, word: Word) -> Sequence[str]:
        """Return the terms of the field that a word stands for and that the field holds, ascending."""

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool = False) -> Sequence[str]:
        """Return terms of the field from one on, ascending; backwards those below it, descending.

        Those that only deleted documents have are among them.
        """

    def runs(self, field: str, word: Word) -> Sequence[Run]:
        """Return where the terms of a word stand: a run or more for each segment."""

    def between(self, field: str, low: int | None, high: int | None) -> Sequence[Numbers]:
        """Return the documents of a number field's terms between two bounds, both included."""

    def lengths(self, field: str) -> Numbers:
        """Return how many places for words each document has in a text field, by document number."""

    def column(self, name: str) -> Column:
        """Return a column: `facet.subject`, `sort.title`; a sort key has at most one text a document."""

    def keys(self, documents: Numbers) -> list[str]:
        """Return the keys of some documents, in their order."""

    def number_of(self, key: str) -> int | None:
        """Return the document with a key, None when there is none alive."""

    def vocabulary(self) -> Vocabulary:
        """Return the terms of the usual text fields."""

    def spend(self, places: int) -> None:
        """Take note of how many places are worked on beside those of the runs."""

    def once(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        """Return what was made under this name before, else make it and keep it while the commit is open."""


class Commit(Index, Protocol):
    """An Index that knows which catalogue revision it has seen, and the key of the last change."""

    revision: int
    newest: str | None
