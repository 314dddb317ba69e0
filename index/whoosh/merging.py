"""Several segments as one, without their deleted documents: arrays into arrays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, compress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.evaluation.protocol import Column, Mask, Numbers
from index.whoosh.arrays import Arrays, Offsets, Postings, offsets
from index.whoosh.texts import merged_column
from index.whoosh.union import united

_Places = NDArray[np.intp]


class _Part(NamedTuple):
    """What goes into a segment: which documents stay, and the number each of them gets."""

    arrays: Arrays
    alive: Mask
    numbers: Numbers


def merge(segments: Sequence[tuple[Arrays, Collection[int]]]) -> Arrays:
    """Return the documents of segments in their order, without those deleted.

    It is what `invert` gives for these documents. In Python each term costs a look-up; the rest is numpy's.
    """
    parts: list[_Part] = []
    size = 0
    for arrays, deleted in segments:
        alive = np.ones(arrays.size, np.bool_)
        alive[list(deleted)] = False
        numbers = size + np.cumsum(alive, dtype=np.uint32) - np.uint32(1)
        size += int(np.count_nonzero(alive))
        parts.append(_Part(arrays, alive, numbers))
    columns = {name: _column(parts, name) for name in _any(part.arrays.columns for part in parts)}
    lengths = {field: _lengths(parts, field) for field in _any(part.arrays.lengths for part in parts)}
    return Arrays(
        size,
        _postings(parts),
        {name: column for name, column in columns.items() if column.values},
        {field: found for field, found in lengths.items() if found.any()},
    )


class _Source(NamedTuple):
    """Postings of a part that stay: of each term its place in the whole, and how much there is of it."""

    ranks: _Places
    sizes: _Places
    spaces: _Places
    documents: Numbers
    counts: Numbers
    positions: Numbers


def _postings(parts: Sequence[_Part]) -> Postings:
    names, ranks = united([part.arrays.postings.names for part in parts])
    sources = [_source(part, place) for part, place in zip(parts, ranks, strict=True)]
    sizes = np.zeros(len(names), np.intp)
    spaces = np.zeros(len(names), np.intp)
    for source in sources:
        sizes[source.ranks] += source.sizes
        spaces[source.ranks] += source.spaces
    starts, places = offsets(sizes), offsets(spaces)
    documents, counts = np.empty((2, starts[-1]), np.uint32)
    positions = np.empty(places[-1], np.uint32)
    next_start, next_place = starts[:-1].copy(), places[:-1].copy()
    for source in sources:
        targets = _targets(next_start, source.ranks, source.sizes)
        documents[targets] = source.documents
        counts[targets] = source.counts
        positions[_targets(next_place, source.ranks, source.spaces)] = source.positions
    used = sizes > 0
    return Postings(
        list(compress(names, used.tolist())),
        offsets(sizes[used]),
        offsets(spaces[used]),
        documents,
        counts,
        positions,
    )


def _source(part: _Part, ranks: _Places) -> _Source:
    _, starts, places, documents, counts, positions = part.arrays.postings
    sizes, spaces = np.diff(starts).astype(np.intp), np.diff(places).astype(np.intp)
    if part.alive.all():
        return _Source(ranks, sizes, spaces, part.numbers[documents], counts, positions)
    kept = part.alive[documents]
    widths = np.where(np.repeat(spaces > 0, sizes), counts, 0)
    return _Source(
        ranks,
        _sums(kept, starts),
        _sums(kept * widths, starts),
        part.numbers[documents[kept]],
        counts[kept],
        positions[np.repeat(kept, widths)],
    )


def _sums(found: NDArray[Any], starts: Offsets) -> _Places:
    """Return the sums of stretches that start at some places; the last place is where the last ends."""
    return np.diff(offsets(found)[starts]).astype(np.intp)


def _targets(free: Offsets, ranks: _Places, sizes: _Places) -> _Places:
    """Return where the items of a part go, whose terms have so many, and mark these places as taken."""
    starts = offsets(sizes)
    moves = free[ranks].astype(np.intp) - starts[:-1].astype(np.intp)
    free[ranks] += sizes.astype(np.uint64)
    return np.arange(starts[-1], dtype=np.intp) + np.repeat(moves, sizes)


def _any(found: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return dict.fromkeys(chain.from_iterable(found))


def _lengths(parts: Sequence[_Part], field: str) -> Numbers:
    return np.concatenate(
        [
            part.arrays.lengths[field][part.alive]
            if field in part.arrays.lengths
            else np.zeros(np.count_nonzero(part.alive), np.uint32)
            for part in parts
        ]
    )


def _column(parts: Sequence[_Part], name: str) -> Column:
    return merged_column([_left(part.arrays.columns.get(name), part.alive) for part in parts])


def _left(column: Column | None, alive: Mask) -> Column:
    """Return a column of the documents that stay, and of their values."""
    if column is None:
        return Column((), np.zeros(np.count_nonzero(alive) + 1, np.uint32), np.zeros(0, np.uint32))
    if alive.all():
        return column
    sizes = np.diff(column.starts)
    used, ordinals = np.unique(column.ordinals[np.repeat(alive, sizes)], return_inverse=True)
    starts = offsets(sizes[alive]).astype(np.uint32)
    return Column([column.values[number] for number in used.tolist()], starts, ordinals.astype(np.uint32))
