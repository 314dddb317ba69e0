"""Stretches of an array, one after the other."""

import numpy as np
from numpy.typing import NDArray

from index.evaluation.protocol import Mask, Numbers

Indexes = NDArray[np.intp]


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> Indexes:
    """Return the indexes of stretches: for each `start`, `start + 1` … up to `count` of them."""
    ends = np.cumsum(counts, dtype=np.intp)
    if not len(ends):
        return ends
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1])


def rows(starts: Numbers, documents: Indexes) -> Indexes:
    """Return where in a column's ordinals those of some documents are."""
    first = starts[documents].astype(np.intp)
    return spread(first, starts[documents + 1] - first)


def chosen(counts: Numbers, keep: Mask) -> Mask | Indexes:
    """Return what picks, of stretches side by side, those to be kept."""
    if np.count_nonzero(keep) * 4 > len(keep):
        return np.repeat(keep, counts)
    ends = np.cumsum(counts, dtype=np.intp)[keep]
    kept = counts[keep]
    return spread(ends - kept, kept)
