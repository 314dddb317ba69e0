"""Stretches of words: where phrases and neighbours stand in one field of one document."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

Span = tuple[int, int]
"""First and last position."""


def adjacent(words: Sequence[AbstractSet[int]]) -> list[Span]:
    """Return where words, each given by its positions, follow one another without a gap."""
    first, *rest = words
    return [
        (start, start + len(rest))
        for start in sorted(first)
        if all(start + step in places for step, places in enumerate(rest, 1))
    ]


def near(left: Sequence[Span], right: Sequence[Span], distance: int, *, ordered: bool) -> list[Span]:
    """Return the stretches from a left to a right span with at most `distance` words between.

    The two never overlap: a word is no neighbour of itself. `ordered` wants the left one first.
    """
    found = set(_followed(left, right, distance))
    if not ordered:
        found.update(_followed(right, left, distance))
    return sorted(found)


def _followed(first: Sequence[Span], second: Sequence[Span], distance: int) -> list[Span]:
    ascending = sorted(second)
    found = []
    for start, end in first:
        low = bisect_right(ascending, (end, 1 << 62))
        high = bisect_left(ascending, (end + distance + 2,))
        found += [(start, last) for _, last in ascending[low:high]]
    return found
