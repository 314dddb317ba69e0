"""How close records come to a query that finds none."""

import numpy as np

from index.engine import Nearly
from index.evaluation.documents import Evaluation
from index.evaluation.protocol import Index
from index.query.ast import And, Line, Not, Query


def nearly(query: Query, index: Index) -> Nearly | None:
    """Return how many parts of an AND that finds nothing are met together at most, and by how many records.

    None for a query that finds something, for any other, and when no record meets any part. What a NOT
    excludes stays excluded.
    """
    while isinstance(query, Line):
        query = query.query
    if not isinstance(query, And):
        return None
    evaluation = Evaluation(index)
    allowed = index.alive().copy()
    met = np.zeros(index.size(), np.uint32)
    wanted = 0
    for child in query.children:
        if isinstance(child, Not):
            allowed &= ~evaluation.documents(child.child)
        else:
            met += evaluation.documents(child)
            wanted += 1
    met *= allowed
    most = int(met.max(initial=0))
    if most in {0, wanted}:
        return None
    return Nearly(most, wanted, int(np.count_nonzero(met == most)))
