"""What a search engine is to us: one protocol, and the values that go through it."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, Self, TypeVar, get_args, runtime_checkable

from index.document import Document
from index.query.ast import Query, Word
from index.query.cost import Budget

_Item = TypeVar("_Item")

SortOrder = Literal["relevance", "newest", "oldest", "title", "author", "journal", "added"]
SORTS: tuple[SortOrder, ...] = get_args(SortOrder)


@dataclass(frozen=True, slots=True)
class Change:
    """One catalogue change: the record's new document, or None when it is gone."""

    key: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found; `score` is 0 unless sorted by relevance."""

    key: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and in how many of all the hits it occurs."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits; `total` and facet counts are over the whole result, not the page."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scanned:
    """Terms or values around a place in their order: those below it, and those from it on, both ascending."""

    before: tuple[FacetValue, ...] = ()
    after: tuple[FacetValue, ...] = ()


class Vocabulary(NamedTuple):
    """The terms of the usual text fields, the shortest first, with how many documents have each, at most."""

    terms: Sequence[str]
    documents: Sequence[int]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Return terms, given with their documents, in their order."""
        terms = sorted(sorted(counts), key=len)
        return cls(terms, list(map(counts.__getitem__, terms)))


@dataclass(frozen=True, slots=True)
class Nearly:
    """How close records come to a query that finds none: `records` meet `met` of its `wanted` parts."""

    met: int
    wanted: int
    records: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a query, seen from one record.

    `level` is how deep the part is nested, `met` whether the record matches it, `records` how many do,
    `where` the words found, by field, and `score` what the part adds to the relevance.
    """

    level: int
    text: str
    met: bool
    records: int
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    score: float = 0.0


class Reader(Protocol):
    """What answers queries.

    Laws, held by one contract suite over every engine: counts are exact; |A OR B| = |A| + |B| − |A AND B|;
    equal ranks are ordered by key, so that pages never overlap.
    """

    def revision(self) -> int:
        """Return the last catalogue revision this index has seen; 0 for an empty one."""

    def newest(self) -> str | None:
        """Return the key of the last change this index has seen: by it a catalogue knows its own index."""

    def search(
        self,
        query: Query,
        *,
        start: int = 0,
        limit: int | None = 20,
        sort: SortOrder = "relevance",
        facets: Sequence[str] = (),
        most_values: int | None = None,
    ) -> Hits:
        """Find; `limit` None means all, `most_values` None all values of each facet, as of numbers always."""

    def count(self, query: Query) -> int:
        """Return how many records match."""

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many records match each; parts they share are looked for once."""

    def keys(self, query: Query) -> list[str]:
        """Return the keys of all that match, ascending."""

    def members(self, queries: Mapping[str, Query], keys: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return which of some records match each query.

        What a query finds is kept under its name while the commit is open, so that other records cost no
        more than a look: for queries that are few and asked about again and again.
        """

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        """Return the terms of the index that a word stands for, ascending."""

    def vocabulary(self) -> Vocabulary:
        """Return the terms of the usual text fields."""

    def scan(self, fields: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        """Return terms that records have in any of the fields, around one in the index's form."""

    def scan_values(self, facets: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        """Return whole values of any of the facets, in the order of their folded forms."""

    def reasons(self, query: Query, key: str) -> list[Reason]:
        """Return the parts of a query, each as one record meets it."""

    def nearly(self, query: Query) -> Nearly | None:
        """Return how close records come to a query that finds none."""


class SearchEngine(Reader, Protocol):
    """An index of the catalogue that can be thrown away and made again."""

    def at_one_commit(self, budget: Budget | None = None) -> Reader:
        """Return what reads this commit and no later one; with a budget it may raise QueryTooCostly."""

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        """Put the changes in, durably and whole, and remember the revision."""

    def clear(self) -> None:
        """Empty the index."""

    def close(self) -> None:
        """Release files and locks."""


@runtime_checkable
class BulkEngine(Protocol):
    """An engine that can take many changes with several processes."""

    def apply_all(
        self, batches: Iterable[tuple[Sequence[_Item], int]], read: Callable[[_Item], Change]
    ) -> Generator[int]:
        """Put batches in, each whole and with the revision it ends at; yield how many items each had.

        `read` makes a change of an item; it is a function of a module, for other processes to find it.
        """
