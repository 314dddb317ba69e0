"""One search, over any inverted index that also knows keys, sort keys and facets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from index.engine import FacetValue, Hit, Hits, SortOrder
from index.evaluate import Evaluation
from index.postings import Postings
from index.query.ast import Query
from index.rank import ORDERS, by_score, by_sort_key, is_ranked, scores


class Searchable(Postings, Protocol):
    """An inverted index with what is shown of its documents; sequences are by document number."""

    def keys(self) -> Sequence[str]:
        """Return the key of each document."""

    def sort_values(self, sort_key: str) -> Sequence[str]:
        """Return what each document is sorted by, empty where that is unknown."""

    def facet_counts(self, facet: str, found: Iterable[int]) -> Counter[str]:
        """Count the values of a facet over some documents."""


def search(
    query: Query, index: Searchable, *, start: int, limit: int | None, sort: SortOrder, facets: Sequence[str]
) -> Hits:
    """Find, order, cut the page, count; without a word to rank by, relevance is the newest first."""
    evaluation = Evaluation(index)
    found = evaluation.documents(query)
    end = None if limit is None else start + limit
    relevance: dict[int, float] = {}
    page: list[int] = []
    if limit != 0:
        keys = index.keys()
        if sort == "relevance" and is_ranked(query):
            relevance = scores(query, found, evaluation, index)
            page = by_score(found, relevance, keys)[start:end]
        else:
            order = ORDERS["newest" if sort == "relevance" else sort]
            values = index.sort_values(order.sort_key)
            page = by_sort_key(found, values, keys, descending=order.descending)[start:end]
    return Hits(
        total=len(found),
        hits=tuple(Hit(keys[document], relevance.get(document, 0.0)) for document in page),
        facets={facet: _by_count(index.facet_counts(facet, found)) for facet in facets},
    )


def _by_count(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered)
