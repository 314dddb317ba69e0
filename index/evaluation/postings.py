"""All runs of a word as one: an array costs as much to look at as some thousand numbers in it."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from index.evaluation.protocol import Numbers, Run
from index.evaluation.ranges import Indexes


class Postings(NamedTuple):
    """What `Run` has, of all terms and segments; positions are left in as many arrays as they came in."""

    documents: Numbers
    counts: Numbers
    positions: Sequence[Numbers]

    def positions_at(self, places: Indexes | None) -> Numbers:
        """Return the positions at ascending places, counted through all arrays, or all of them."""
        if places is None:
            return self.positions[0] if len(self.positions) == 1 else np.concatenate(self.positions)
        bounds = list(accumulate(map(len, self.positions), initial=0))
        cuts = [0, *np.searchsorted(places, bounds[1:]).tolist()]
        found = [
            part.take(places[start:end] - offset)
            for part, offset, (start, end) in zip(self.positions, bounds, pairwise(cuts), strict=False)
            if start < end
        ]
        return found[0] if len(found) == 1 else np.concatenate([_NONE, *found])


def joined(runs: Sequence[Run]) -> Postings:
    """Return runs as one."""
    if len(runs) == 1:
        return Postings(runs[0].documents, runs[0].counts, [runs[0].positions])
    return Postings(
        np.concatenate([_NONE, *(run.documents for run in runs)]),
        np.concatenate([_NONE, *(run.counts for run in runs)]),
        [_NONE, *(run.positions for run in runs)],
    )


_NONE = np.zeros(0, np.uint32)
