"""Which segments are merged when: few segments, and each document rewritten a few times in its life."""

from collections.abc import Sequence
from typing import NamedTuple

FEW = 4
"""Segments that could be merged and are not."""

LARGEST = 12_000_000
"""Weight of the largest merged segment, some 28,000 records with abstracts: memory of a merge goes by it."""

AT_LEAST = 4_500_000
"""Weight that is merged after a commit however small: half a second of work."""

PER_ADDED = 8
"""Weight that may be merged after a larger commit, for each weight it added."""


class Load(NamedTuple):
    """The weight of a segment's documents: those alive, and those deleted."""

    alive: int
    deleted: int


def due(loads: Sequence[Load], added: int) -> list[int]:
    """Return the numbers of the segments to merge into one after a commit that added some weight; often none.

    One that is mostly deleted is written anew by itself. Else, when there are more than a few, the smallest
    ones: as many as are not larger than those before them together, so that equals are merged with equals
    (100 records a day are written four times in a year). One too large for what may be merged now waits for a
    larger commit.
    """
    most = min(LARGEST, max(AT_LEAST, PER_ADDED * added))
    ascending = sorted(range(len(loads)), key=lambda number: loads[number].alive)
    for number in ascending:
        if loads[number].deleted > loads[number].alive and loads[number].alive <= most:
            return [number]
    small = [number for number in ascending if 2 * loads[number].alive <= most]
    if len(small) <= FEW:
        return []
    found, total = small[:2], sum(loads[number].alive for number in small[:2])
    for number in small[2:]:
        if loads[number].alive > min(total, most - total):
            break
        found.append(number)
        total += loads[number].alive
    return found
