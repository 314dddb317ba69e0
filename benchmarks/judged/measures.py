"""Measures of a ranked list, as trec_eval defines them (https://github.com/usnistgov/trec_eval).

Documents without a judgement are not relevant. A question for which an engine finds nothing counts as 0.
"""

import random
from collections.abc import Mapping, Sequence
from itertools import islice
from math import log2
from statistics import mean
from typing import NamedTuple

Grades = Mapping[str, int]


class Scores(NamedTuple):
    """One question's, or their means."""

    ndcg: float
    average_precision: float
    recall: float


def scores(ranking: Sequence[str], grades: Grades) -> Scores:
    """Return nDCG@10, average precision of the whole ranking, and recall@100."""
    return Scores(ndcg(ranking, grades, 10), average_precision(ranking, grades), recall(ranking, grades, 100))


def ndcg(ranking: Sequence[str], grades: Grades, cut: int) -> float:
    """Return the discounted gain of the first `cut`, as a share of the best there could be.

    The gain is the grade and the discount log2(rank + 1), as in trec_eval's m_ndcg_cut.c (Järvelin and
    Kekäläinen 2002, doi:10.1145/582415.582418); a negative grade gains nothing.
    """
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    ideal = _discounted(best[:cut])
    return _discounted([max(0, grades.get(key, 0)) for key in ranking[:cut]]) / ideal if ideal else 0.0


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """Return the mean of the precision at each relevant document, 0 for those not found (m_map.c)."""
    relevant = sum(grade > 0 for grade in grades.values())
    found, total = 0, 0.0
    for rank, key in enumerate(ranking, 1):
        if grades.get(key, 0) > 0:
            found += 1
            total += found / rank
    return total / relevant if relevant else 0.0


def recall(ranking: Sequence[str], grades: Grades, cut: int) -> float:
    """Return the share of the relevant documents among the first `cut` (m_recall.c)."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant.intersection(islice(ranking, cut))) / len(relevant) if relevant else 0.0


def means(each: Sequence[Scores]) -> Scores:
    """Return the mean of each measure over questions, all of equal weight."""
    return Scores(*map(mean, zip(*each, strict=True)))


def chance(first: Sequence[float], second: Sequence[float], *, trials: int = 10_000) -> float:
    """Return how likely a difference of means as great as this is by chance alone, two-sided.

    A paired randomisation test (Smucker, Allan and Carterette 2007, doi:10.1145/1321440.1321528): with the
    two systems exchanged at random question by question, how often do the means differ as much?
    """
    differences = [one - other for one, other in zip(first, second, strict=True) if one != other]
    observed = abs(sum(differences)) - 1e-12
    toss = random.Random(1)
    as_great = 0
    for _ in range(trials):
        signs = toss.getrandbits(len(differences) or 1)
        total = sum(one if signs >> place & 1 else -one for place, one in enumerate(differences))
        as_great += abs(total) >= observed
    return (as_great + 1) / (trials + 1)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
