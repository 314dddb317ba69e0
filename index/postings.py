"""What an inverted index must be able to tell for a query to be evaluated over it."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from index.query.ast import Word

VALUE_GAP = 1 << 14
"""Positions left free between two values of a field: farther than any NEAR reaches."""


class Run(NamedTuple):
    """Where one term stands in one field, for a stretch of documents.

    `documents` ascend and are alive; `counts` says how often the term stands in each; `positions` are all
    those places one document after the other, ascending within each, and empty for fields without.
    """

    documents: Sequence[int]
    counts: Sequence[int]
    positions: Sequence[int]


class Postings(Protocol):
    """An inverted index. Documents are numbered from 0; numbers of deleted ones never appear."""

    def documents(self) -> AbstractSet[int]:
        """Return every document."""

    def terms(self, field: str, word: Word) -> Iterable[str]:
        """Return the terms of the field that a word stands for; those it does not hold may be among them."""

    def numbers(self, field: str, low: int | None, high: int | None) -> Iterable[str]:
        """Return the terms of a number field between two bounds, both included."""

    def valued(self, facet: str, folded: str) -> AbstractSet[int]:
        """Return the documents that a facet counts under a value, given folded."""

    def runs(self, field: str, term: str) -> Iterable[Run]:
        """Return where a term stands; nothing when the field does not hold it."""

    def lengths(self, field: str) -> Sequence[int]:
        """Return how many tokens each document has in a text field, by document number."""

    def mean_length(self, field: str) -> float:
        """Return the mean of those lengths over the documents that have the field, 0 when none has."""
