"""Phrases and neighbours within one text."""

import pytest

from index.spans import Span, adjacent, near


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([{0, 5}, {1, 7}], [(0, 1)]),
        ([{1}, {0}], []),
        ([{0, 1}, {1, 2}, {2, 3}], [(0, 2), (1, 3)]),
        ([{0, 1, 2}, {0, 1, 2}], [(0, 1), (1, 2)]),
        ([{3}, set()], []),
    ],
)
def test_adjacent(words: list[set[int]], found: list[Span]) -> None:
    assert adjacent(words) == found


@pytest.mark.parametrize(
    ("left", "right", "distance", "ordered", "found"),
    [
        ([(0, 0)], [(1, 1)], 0, True, [(0, 1)]),
        ([(0, 0)], [(2, 2)], 0, False, []),
        ([(0, 0)], [(2, 2)], 1, False, [(0, 2)]),
        ([(2, 2)], [(0, 0)], 1, True, []),
        ([(2, 2)], [(0, 0)], 1, False, [(0, 2)]),
        ([(3, 3)], [(3, 3)], 9, False, []),  # a word is no neighbour of itself
        ([(3, 5)], [(4, 4)], 9, False, []),
        ([(0, 0), (8, 8)], [(4, 5)], 2, False, [(4, 8)]),
        ([(0, 0), (8, 8)], [(4, 5)], 3, False, [(0, 5), (4, 8)]),
        ([(0, 0)], [(2, 2), (1, 4)], 1, True, [(0, 2), (0, 4)]),
    ],
)
def test_near(left: list[Span], right: list[Span], distance: int, ordered: bool, found: list[Span]) -> None:  # noqa: FBT001 a case
    assert near(left, right, distance, ordered=ordered) == found
