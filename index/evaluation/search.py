"""One search over any index: find, order, cut the page, count."""

from collections.abc import Sequence

import numpy as np

from index.engine import Hit, Hits, SortOrder
from index.evaluation.documents import Evaluation
from index.evaluation.facets import counted
from index.evaluation.order import ORDERS, page, ranks
from index.evaluation.protocol import Index, Mask
from index.evaluation.ranges import Indexes
from index.evaluation.relevance import in_text, scores
from index.fields import FIELDS
from index.query.ast import Query


def search(
    query: Query,
    index: Index,
    *,
    start: int,
    limit: int | None,
    sort: SortOrder,
    facets: Sequence[str],
    most_values: int | None = None,
) -> Hits:
    """Find, order, cut the page, count at most `most_values` values of each facet, numbers excepted.

    Without a word to rank by, relevance is the newest first.
    """
    evaluation = Evaluation(index)
    found = evaluation.documents(query)
    documents = np.flatnonzero(found)
    end = None if limit is None else start + limit
    return Hits(
        total=len(documents),
        hits=_hits(query, found, documents, evaluation, sort, start, end) if limit != 0 else (),
        facets={facet: counted(facet, found, index, _most(facet, most_values)) for facet in facets},
    )


def _most(facet: str, most_values: int | None) -> int | None:
    """Return how many values are asked for: of numbers all, which are shown from first to last."""
    return None if FIELDS[facet].kind == "number" else most_values


def _hits(
    query: Query,
    found: Mask,
    documents: Indexes,
    evaluation: Evaluation,
    sort: SortOrder,
    start: int,
    end: int | None,
) -> tuple[Hit, ...]:
    speaking = in_text(query) if sort == "relevance" else {}
    if not speaking:
        order = ORDERS["newest" if sort == "relevance" else sort]
        _, keys = page(ranks(order, documents, evaluation.index), documents, evaluation.index, start, end)
        return tuple(map(Hit, keys))
    relevance = scores(speaking, found, documents, evaluation)
    places, keys = page(-relevance, documents, evaluation.index, start, end)
    return tuple(map(Hit, keys, relevance[places].tolist()))


def counts(queries: Sequence[Query], index: Index) -> list[int]:
    """Return how many documents match each query; parts they share are looked for once."""
    evaluation = Evaluation(index)
    return [int(np.count_nonzero(evaluation.documents(query))) for query in queries]


def keys(query: Query, index: Index) -> list[str]:
    """Return the keys of all that match, ascending."""
    found = np.flatnonzero(Evaluation(index).documents(query))
    return sorted(index.keys(found.astype(np.uint32)))
