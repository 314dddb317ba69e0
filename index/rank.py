"""In which order hits are shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log
from typing import NamedTuple

from index.engine import SortOrder
from index.evaluate import Evaluation, Leaf, fields_of, leaves
from index.fields import FIELDS
from index.postings import Postings
from index.query.ast import Query

K1 = 1.2
B = 0.75


class Order(NamedTuple):
    """The sort key of a document that an order goes by, and its direction; unknown is last in both."""

    sort_key: str
    descending: bool = False


ORDERS: Mapping[SortOrder, Order] = {
    "newest": Order("date", descending=True),
    "oldest": Order("date"),
    "title": Order("title"),
    "author": Order("author"),
    "journal": Order("journal"),
    "added": Order("added", descending=True),
}
"""Every order but relevance."""


def scores(
    query: Query, found: AbstractSet[int], evaluation: Evaluation, postings: Postings
) -> dict[int, float]:
    """Return the relevance of the documents found, 0 left out.

    BM25F (Robertson, Zaragoza, Taylor 2004, doi:10.1145/1031171.1031181): a term's frequencies in the fields
    are weighted, made comparable by the field's length, added up, and only then saturated. Lucene's idf.
    A phrase or NEAR counts as a term of its own.
    """
    total = len(postings.documents())
    result: dict[int, float] = {}
    for leaf in dict.fromkeys(leaves(query)):
        weighted = _weighted(leaf, evaluation, postings)
        idf = log(1 + (total - len(weighted) + 0.5) / (len(weighted) + 0.5))
        for document in weighted.keys() & found:
            weight = weighted[document]
            result[document] = result.get(document, 0.0) + idf * weight / (K1 + weight)
    return result


def is_ranked(query: Query) -> bool:
    """Tell whether any word of a text speaks for a hit: without one, relevance has nothing to go by."""
    return any(FIELDS[field].kind == "text" for leaf in leaves(query) for field in fields_of(leaf))


def _weighted(leaf: Leaf, evaluation: Evaluation, postings: Postings) -> dict[int, float]:
    result: dict[int, float] = {}
    for field in fields_of(leaf):
        if FIELDS[field].kind != "text":
            continue
        frequencies = evaluation.frequencies(leaf, field)
        if not frequencies:
            continue
        weight = FIELDS[field].weight or 1.0
        lengths = postings.lengths(field)
        per_token = B / postings.mean_length(field)
        for document, frequency in frequencies.items():
            share = weight * frequency / (1 - B + per_token * lengths[document])
            result[document] = result.get(document, 0.0) + share
    return result


def by_score(found: Iterable[int], relevance: Mapping[int, float], keys: Sequence[str]) -> list[int]:
    """Return documents with the best score first; equal ones by key."""
    return _sorted(found, lambda document: relevance.get(document, 0.0), keys, descending=True)


def by_sort_key(
    found: Iterable[int], values: Sequence[str], keys: Sequence[str], *, descending: bool
) -> list[int]:
    """Return documents in the order of their sort keys, those without one last; equal ones by key."""
    documents = list(found)
    known = [document for document in documents if values[document]]
    unknown = [document for document in documents if not values[document]]
    return [
        *_sorted(known, values.__getitem__, keys, descending=descending),
        *sorted(unknown, key=keys.__getitem__),
    ]


def _sorted(
    found: Iterable[int], value: Callable[[int], float | str], keys: Sequence[str], *, descending: bool
) -> list[int]:
    """Sort twice: a sort is stable, in either direction, so that equal values stay in the order of keys."""
    documents = sorted(found, key=keys.__getitem__)
    documents.sort(key=value, reverse=descending)
    return documents
