"""Which of a few records are among those that standing queries find."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.evaluation.documents import Evaluation
from index.evaluation.protocol import Index
from index.query.ast import Query


def members(queries: Mapping[str, Query], keys: Sequence[str], index: Index) -> dict[str, frozenset[str]]:
    """Return by the name of each query those of the keys that it finds.

    A query is evaluated once in a commit, its documents are kept as a bit each.
    """
    if not queries:
        return {}
    held = {key: number for key in keys if (number := index.number_of(key)) is not None}
    evaluation = Evaluation(index)

    def found(query: Query) -> NDArray[np.uint8]:
        return np.packbits(evaluation.documents(query), bitorder="little")

    return {
        name: _among(held, index.once(f"members {name}", partial(found, query)))
        for name, query in queries.items()
    }


def _among(held: Mapping[str, int], found: NDArray[np.uint8]) -> frozenset[str]:
    return frozenset(key for key, number in held.items() if found[number >> 3] >> (number & 7) & 1)
