"""What a search engine answers, over whichever commit of an index it reads."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from index.engine import Hits, Nearly, Reason, Scanned, SortOrder, Vocabulary
from index.evaluation.limited import Limited
from index.evaluation.membership import members
from index.evaluation.nearly import nearly
from index.evaluation.protocol import Commit
from index.evaluation.reasons import reasons
from index.evaluation.scanning import scan, scan_values
from index.evaluation.search import counts, keys, search
from index.query.ast import Query, Word
from index.query.cost import Budget


class CommitReader(ABC):
    """The reading half of a SearchEngine: each answer is of the commit that is there when it is asked for."""

    @abstractmethod
    def commit(self) -> Commit:
        """Return the commit to read."""

    def at_one_commit(self, budget: Budget | None = None) -> "Pinned":
        """Return what reads this commit and no later one, so that several answers agree.

        With a budget, a query that costs more raises QueryTooCostly.
        """
        return Pinned(self.commit(), budget)

    def revision(self) -> int:
        """Return the last catalogue revision this index has seen; 0 for an empty one."""
        return self.commit().revision

    def newest(self) -> str | None:
        """Return the key of the last change this index has seen: by it a catalogue knows its own index."""
        return self.commit().newest

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
        return search(
            query,
            self.commit(),
            start=start,
            limit=limit,
            sort=sort,
            facets=facets,
            most_values=most_values,
        )

    def count(self, query: Query) -> int:
        """Return how many records match."""
        return self.counts([query])[0]

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many records match each; parts they share are looked for once."""
        return counts(queries, self.commit())

    def keys(self, query: Query) -> list[str]:
        """Return the keys of all that match, ascending."""
        return keys(query, self.commit())

    def members(self, queries: Mapping[str, Query], keys: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return which of some records match each query; what each finds is kept under its name."""
        return members(queries, keys, self.commit())

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        """Return the terms of the index that a word stands for, ascending."""
        commit = self.commit()
        return sorted({term for field in fields for term in commit.terms(field, word)})

    def vocabulary(self) -> Vocabulary:
        """Return the terms of the usual text fields."""
        return self.commit().vocabulary()

    def scan(self, fields: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        """Return terms that records have in any of the fields, around one in the index's form."""
        return scan(fields, start, self.commit(), before=before, after=after)

    def scan_values(self, facets: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        """Return whole values of any of the facets, in the order of their folded forms."""
        return scan_values(facets, start, self.commit(), before=before, after=after)

    def reasons(self, query: Query, key: str) -> list[Reason]:
        """Return the parts of a query, each as one record meets it."""
        return reasons(query, key, self.commit())

    def nearly(self, query: Query) -> Nearly | None:
        """Return how close records come to a query that finds none."""
        return nearly(query, self.commit())


class Pinned(CommitReader):
    """One commit, whatever is written meanwhile; its budget is for all that is asked of it together."""

    def __init__(self, commit: Commit, budget: Budget | None = None) -> None:
        self._commit = commit if budget is None else Limited(commit, budget)

    def commit(self) -> Commit:
        """Return the commit."""
        return self._commit
