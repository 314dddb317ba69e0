"""A segment as arrays: what documents are inverted into, what segments are merged from, what files hold."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.evaluation.protocol import Column, Numbers

Offsets = NDArray[np.uint64]


class Postings(NamedTuple):
    """Where every term of a segment stands, one term after the other.

    `names` are `field NUL term` in UTF-8, ascending. Term n stands in `documents[starts[n]:starts[n + 1]]`,
    ascending, as often as `counts` says there, at `positions[places[n]:places[n + 1]]`.
    """

    names: Sequence[bytes]
    starts: Offsets
    places: Offsets
    documents: Numbers
    counts: Numbers
    positions: Numbers


class Arrays(NamedTuple):
    """All of a segment but its deletions; documents are numbered from 0 to `size` - 1.

    `columns` has `key`, `facet.…` and `sort.…`; `lengths` each text field's places for words.
    """

    size: int
    postings: Postings
    columns: Mapping[str, Column]
    lengths: Mapping[str, Numbers]


def offsets(sizes: NDArray[Any]) -> Offsets:
    """Return where parts of some sizes start that lie one after the other, and where the last ends."""
    starts = np.zeros(len(sizes) + 1, np.uint64)
    np.cumsum(sizes, out=starts[1:], dtype=np.uint64)
    return starts
