"""How well documents answer a query.

BM25F (Robertson, Zaragoza, Taylor 2004, doi:10.1145/1031171.1031181): a leaf's frequencies in the fields are
weighted, made comparable by length, added up, and only then saturated. Lucene's idf. A phrase or NEAR counts
as a term of its own, and as often as the query asks for it (Okapi's query frequency, k3 without bound:
what a long question says again is what it is about). Fields of one stream are as one text: they share one
length, weighted as they are.

Robertson and Zaragoza found b from 0.5 to 0.8 and k1 from 1.2 to 2 good nearly everywhere (2009,
doi:10.1561/1500000019); these two are from the middle, and b from its lower half, as where many
records have no abstract length tells more of the source than of the topic.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from index.evaluation.documents import Evaluation
from index.evaluation.protocol import Index, Mask
from index.evaluation.ranges import Indexes
from index.evaluation.spans import Standing
from index.fields import FIELDS
from index.query.ast import Query
from index.query.matching import Leaf, fields_of, leaves

K1 = 1.5
B = 0.6

Scores = NDArray[np.float64]


def in_text(query: Query) -> Mapping[Leaf, int]:
    """Return the leaves that have a relevance, and how often each is asked for; none: nothing to rank by."""
    return Counter(leaf for leaf in leaves(query) if _text_fields(leaf))


def _text_fields(leaf: Leaf) -> list[str]:
    return [field for field in fields_of(leaf) if FIELDS[field].kind == "text"]


def scores(leaves: Mapping[Leaf, int], found: Mask, documents: Indexes, evaluation: Evaluation) -> Scores:
    """Return the relevance of the documents found, which are given both ways."""
    places = np.empty(len(found), np.intp)
    places[documents] = np.arange(len(documents))
    total = np.zeros(len(documents))
    for leaf, times in leaves.items():
        here, weight = added(leaf, found, evaluation)
        total[places.take(here)] += times * weight
    return total


def added(leaf: Leaf, found: Mask, evaluation: Evaluation) -> tuple[Indexes, Scores]:
    """Return the documents found that a leaf matches in a text, and what it adds to their relevance."""
    fields = _text_fields(leaf)
    matching = _matching(leaf, fields, evaluation)
    many = np.count_nonzero(matching)
    wanted = matching & found
    documents = np.flatnonzero(wanted)
    weight = np.zeros(len(documents))
    if len(documents):
        rows = np.empty(len(wanted), np.intp)
        rows[documents] = np.arange(len(documents))
        for stream in _streams(fields):
            each = [
                (field, *_frequencies(evaluation.standing(field, leaf), wanted, rows, len(documents)))
                for field in stream
            ]
            here, frequency = _weighted(each, len(documents))
            if len(here):
                weight[here] += frequency / _norm(stream, documents.take(here), evaluation.index)
    alive = np.count_nonzero(evaluation.index.alive())
    return documents, log(1 + (alive - many + 0.5) / (many + 0.5)) * weight / (K1 + weight)


def _matching(leaf: Leaf, fields: Sequence[str], evaluation: Evaluation) -> Mask:
    if len(fields) == len(fields_of(leaf)):
        return evaluation.documents(leaf)
    found = np.zeros(evaluation.index.size(), bool)
    for field in fields:
        for each in evaluation.standing(field, leaf):
            found[each.documents] = True
    return found & evaluation.index.alive()


def _streams(fields: Iterable[str]) -> list[tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field in dict.fromkeys(fields):
        stream = FIELDS[field].stream or field
        found[stream] = (*found.get(stream, ()), field)
    return list(found.values())


def _frequencies(
    standing: Sequence[Standing], wanted: Mask, rows: Indexes, size: int
) -> tuple[Indexes, Scores]:
    """Return in which rows a leaf stands and how often.

    Whole numbers are added up before anything is weighted: so equal documents get equal scores to the bit.
    """
    if not standing:
        return np.zeros(0, np.intp), np.zeros(0)
    documents, counts = standing[0]
    if len(standing) > 1:
        documents = np.concatenate([each.documents for each in standing])
        counts = np.concatenate([each.counts for each in standing])
    kept = np.flatnonzero(wanted.take(documents))
    here, counts = rows.take(documents.take(kept)), counts.take(kept)
    if (here[1:] > here[:-1]).all():
        return here, counts.astype(np.float64)
    if len(here) * 16 < size:
        here, places = np.unique(here, return_inverse=True)
        return here, _sums(places, counts)
    times = _sums(here, counts, size)
    here = np.flatnonzero(times != 0)
    return here, times.take(here)


def _sums(places: Indexes, counts: NDArray[np.integer], size: int = 0) -> Scores:
    return np.bincount(places, counts, size).astype(np.float64, copy=False)


def _weighted(each: Sequence[tuple[str, Indexes, Scores]], size: int) -> tuple[Indexes, Scores]:
    """Add up the weighted frequencies of the fields of a stream."""
    if len(each) == 1:
        field, here, times = each[0]
        return here, _weight(field) * times
    total = np.zeros(size)
    for field, here, times in each:
        total[here] += _weight(field) * times
    here = np.flatnonzero(total != 0)
    return here, total.take(here)


def _norm(stream: tuple[str, ...], documents: Indexes, index: Index) -> Scores:
    """Return by what frequencies in a stream are divided: its length beside the mean of all that have it."""
    mean = index.once(f"mean length {' '.join(stream)}", lambda: _mean(stream, index))
    return (1 - B) + (B / mean) * _length(stream, documents, index)


def _mean(stream: tuple[str, ...], index: Index) -> float:
    lengths = _length(stream, np.flatnonzero(index.alive()), index)
    return float(lengths[lengths > 0].mean())


def _length(stream: tuple[str, ...], documents: Indexes, index: Index) -> Scores:
    total = np.zeros(len(documents))
    for field in stream:
        total += _weight(field) * index.lengths(field).take(documents)
    return total


def _weight(field: str) -> float:
    return FIELDS[field].weight or 1.0
