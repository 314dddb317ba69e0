"""Facet values in the order in which they are shown: subjects as a tree, years as a histogram."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from index.display import LEVEL
from index.engine import FacetValue, Reader
from index.folding import fold
from index.query.ast import And, Query, Range, Value

MOST_BINS = 40
EVER = range(-10_000, 10_000)

_STEPS = (1, 10, 100, 1000)

Recount = Callable[[Sequence[tuple[int, int]], Sequence[int]], Sequence[int]]
"""Of spans of years, and how often their years occur, how many records each span has."""


class Branch(NamedTuple):
    """One subject of a tree, `level` deep, 0 the widest.

    `value` is the whole path, as the facet has it and `subject:="…"` asks for it. `records` is None for a
    subject that is only known by those under it, because the values given were cut.
    """

    level: int
    caption: str
    value: str
    records: int | None


def subject_tree(values: Iterable[FacetValue]) -> list[Branch]:
    """Return subjects, each before those under it; of one level those with most records first."""
    root = _Node()
    for value in values:
        captions = value.value.split(LEVEL)
        node = root
        for n, caption in enumerate(captions, 1):
            node = node.under.setdefault(fold(caption), _Node(LEVEL.join(captions[:n])))
        # The form a subject is shown in may differ from the one those under it show.
        node.value, node.records = value.value, value.count
    return list(root.branches(0))


def within(branches: Sequence[Branch]) -> Iterator[tuple[Branch, Sequence[Branch]]]:
    """Yield the widest of some branches of a tree, in its order, each with those under it."""
    starts = [n for n, branch in enumerate(branches) if branch.level == branches[0].level]
    for start, end in pairwise([*starts, len(branches)]):
        yield branches[start], branches[start + 1 : end]


@dataclass
class _Node:
    value: str = ""
    records: int | None = None
    under: dict[str, "_Node"] = field(default_factory=dict)

    def most(self) -> int:
        """Return how many records it has at least."""
        known = (node.most() for node in self.under.values())
        return max(known, default=0) if self.records is None else self.records

    def branches(self, level: int) -> Iterator[Branch]:
        for node in sorted(self.under.values(), key=lambda node: (-node.most(), node.value)):
            yield Branch(level, node.value.split(LEVEL)[-1], node.value, node.records)
            yield from node.branches(level + 1)


class Bin(NamedTuple):
    """Some years, both included, how many records they have, and how many of `width` cells show that."""

    first: int
    last: int
    records: int
    length: int

    @property
    def label(self) -> str:
        """Return the years as text."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def histogram(
    years: Iterable[FacetValue],
    *,
    width: int,
    most: int = MOST_BINS,
    within: range = EVER,
    recount: Recount | None = None,
) -> list[Bin]:
    """Return the years from the first to the last `within` those given, those without records too.

    More than `most` of them are put together by decades, centuries or millennia; there `recount` tells what
    the sum of the years cannot: a record may have two. A bar is never empty when there are records.
    """
    counts = {int(year.value): year.count for year in years if int(year.value) in within}
    if not counts:
        return []
    step = _step(min(counts), max(counts), most)
    starts = range(min(counts) // step * step, max(counts) + 1, step)
    spans = [(max(start, within[0]), min(start + step - 1, within[-1])) for start in starts]
    records: Sequence[int] = [sum(counts.get(year, 0) for year in range(a, b + 1)) for a, b in spans]
    if recount and step > 1:
        records = recount(spans, records)
    lengths = _lengths(records, width)
    return [Bin(*span, count, length) for span, count, length in zip(spans, records, lengths, strict=True)]


def recounting(query: Query, engine: Reader) -> Recount:
    """Return what counts the records that a query finds, each once in a span of years."""

    def recount(spans: Sequence[tuple[int, int]], counted: Sequence[int]) -> Sequence[int]:
        if sum(counted) == engine.count(And((query, Value("has", "year")))):
            return counted
        return engine.counts([And((query, Range("year", *span))) for span in spans])

    return recount


def _step(first: int, last: int, most: int) -> int:
    return next((step for step in _STEPS if last // step - first // step < most), _STEPS[-1])


def _lengths(records: Sequence[int], width: int) -> list[int]:
    highest = max(records)
    return [max(1, round(count * width / highest)) if count else 0 for count in records]
