"""Measures of ranked lists, against values worked out by hand."""

from math import log2

import pytest
from judged.measures import average_precision, chance, ndcg, recall

GRADES = {"a": 3, "b": 2, "c": 0, "d": 1, "e": -1}


def test_gain_is_discounted_by_rank() -> None:
    ideal = 3 + 2 / log2(3) + 1 / 2

    assert ndcg(["a", "b", "d"], GRADES, 10) == pytest.approx(1)
    assert ndcg(["b", "x", "a"], GRADES, 10) == pytest.approx((2 + 3 / 2) / ideal)
    assert ndcg(["x", "e", "c"], GRADES, 10) == 0
    assert ndcg(["x", "a"], GRADES, 1) == 0
    assert ndcg(["a"], GRADES, 1) == pytest.approx(1)
    assert ndcg(["a"], {"a": 0}, 10) == 0


def test_precision_is_taken_at_each_relevant_document() -> None:
    assert average_precision(["a", "x", "b", "d"], GRADES) == pytest.approx((1 / 1 + 2 / 3 + 3 / 4) / 3)
    assert average_precision(["x", "a"], GRADES) == pytest.approx(1 / 2 / 3)
    assert average_precision([], GRADES) == 0


def test_recall_counts_what_is_among_the_first() -> None:
    assert recall(["a", "x", "b"], GRADES, 2) == pytest.approx(1 / 3)
    assert recall(["a", "x", "b"], GRADES, 3) == pytest.approx(2 / 3)


def test_chance_of_a_difference() -> None:
    # Ten questions that all gain the same: only the two of 1,024 ways that agree in sign are as great.
    assert chance([1.0] * 10, [0.0] * 10) == pytest.approx(2 / 1024, abs=0.002)
    assert chance([0.3, 0.5], [0.3, 0.5]) == 1
