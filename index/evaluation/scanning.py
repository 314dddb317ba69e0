"""Terms of fields, or values of facets, around a place in their order, and how many records have each."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from index.engine import FacetValue, Scanned
from index.evaluation.documents import Evaluation
from index.evaluation.facets import filed
from index.evaluation.protocol import Index
from index.folding import fold
from index.query.ast import Or, Term, Value, Word


def scan(fields: Sequence[str], start: str, index: Index, *, before: int, after: int) -> Scanned:
    """Return terms that documents have in any of the fields, around one in the index's form."""
    evaluation = Evaluation(index)
    below = islice(_terms(fields, start, evaluation, before, backwards=True), before)
    above = islice(_terms(fields, start, evaluation, after, backwards=False), after)
    return Scanned(tuple(below)[::-1], tuple(above))


def _terms(
    fields: Sequence[str], start: str, evaluation: Evaluation, most: int, *, backwards: bool
) -> Iterator[FacetValue]:
    """Yield the terms in one direction; those that only deleted documents have are passed over."""
    last: str | None = None
    while most:
        # The last term of the stretch before is where this one begins.
        held = [
            evaluation.index.neighbours(field, last or start, most + 1, backwards=backwards)
            for field in fields
        ]
        found = sorted({term for terms in held for term in terms} - {last}, reverse=backwards)[:most]
        if not found:
            return
        for term in found:
            query = Term(tuple(fields), Word(term, "exact"))
            if count := int(np.count_nonzero(evaluation.documents(query))):
                yield FacetValue(term, count)
        last = found[-1]


def scan_values(facets: Sequence[str], start: str, index: Index, *, before: int, after: int) -> Scanned:
    """Return whole values of any of the facets, in the order of their folded forms."""
    evaluation = Evaluation(index)
    below: dict[str, FacetValue] = {}
    above: dict[str, FacetValue] = {}
    place = fold(start)
    for facet in facets:
        known = filed(facet, index)
        values = index.column(f"facet.{facet}").values
        here = bisect_left(known.folded, place)
        for each in range(max(here - before, 0), min(here + after, len(known.folded))):
            found = below if each < here else above
            folded = known.folded[each]
            if folded in found:
                either = Or(tuple(Value(name, folded) for name in facets))
                count = int(np.count_nonzero(evaluation.documents(either)))
                found[folded] = FacetValue(found[folded].value, count)
            else:
                found[folded] = FacetValue(values[int(known.shown[each])], int(known.totals[each]))
    first = len(below) - min(before, len(below))
    return Scanned(
        tuple(below[folded] for folded in sorted(below)[first:]),
        tuple(above[folded] for folded in sorted(above)[:after]),
    )
