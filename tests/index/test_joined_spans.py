"""Spans of two sides of a NEAR: joined and counted as trying every pair does it."""

from random import Random

import numpy as np
import pytest

from index.evaluation.spans import Sides, Spans

Pairs = set[tuple[int, int]]


def some_spans(rng: Random) -> Pairs:
    firsts = [rng.randrange(12) for _ in range(rng.randint(0, 8))]
    return {(first, first + rng.choice((0, 0, 1, 3))) for first in firsts}


def arrays(pairs: Pairs) -> Spans:
    ordered = sorted(pairs)
    return Spans(
        np.array([first for first, _ in ordered], np.int64), np.array([last for _, last in ordered], np.int64)
    )


def followed(first: Pairs, second: Pairs, reach: int) -> Pairs:
    return {(a, d) for a, b in first for c, d in second if b < c <= b + 1 + reach}


@pytest.mark.parametrize("seed", range(1500))
def test_as_every_pair(seed: int) -> None:
    rng = Random(seed)
    left, right, reach, one_way = some_spans(rng), some_spans(rng), rng.randrange(6), rng.random() < 0.5
    expected = followed(left, right, reach) | (set() if one_way else followed(right, left, reach))
    sides = Sides(arrays(left), arrays(right), reach, one_way)
    joined = [pair for each in sides.joined() for pair in zip(*map(np.ndarray.tolist, each), strict=True)]
    assert joined == sorted(expected)
    counted = sum(int(each.counts.sum()) for each in sides.neighbours())
    assert bool(counted) == bool(expected)
    if sides.are_apart():
        assert counted == len(expected)
