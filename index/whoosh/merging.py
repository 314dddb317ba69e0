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

    It is what `invert` gives for these documents. In Python terms are matched; the rest is numpy's.
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


def _postings(parts: Sequence[_Part]) -> Postings:
    names, ranks = united([part.arrays.postings.names for part in parts])
    amounts = [_amounts(part) for part in parts]
    sizes, spaces = np.zeros((2, len(names)), np.intp)
    for places, (some, room) in zip(ranks, amounts, strict=True):
        sizes[places] += some
        spaces[places] += room
    free, free_places = offsets(sizes), offsets(spaces)
    documents, counts = np.empty((2, free[-1]), np.uint32)
    positions = np.empty(free_places[-1], np.uint32)
    for part, places, (some, room) in zip(parts, ranks, amounts, strict=True):
        moving = _moving(part)
        targets = _targets(free, places, some)
        documents[targets], counts[targets] = moving.documents, moving.counts
        positions[_targets(free_places, places, room)] = moving.positions
    used = sizes > 0
    kept = list(compress(names, used.tolist()))
    return Postings(kept, offsets(sizes[used]), offsets(spaces[used]), documents, counts, positions)


def _amounts(part: _Part) -> tuple[_Places, _Places]:
    """Return in how many documents that stay each term of a part stands, and at how many positions."""
    _, starts, places, documents, counts, _ = part.arrays.postings
    sizes, spaces = np.diff(starts).astype(np.intp), np.diff(places).astype(np.intp)
    if part.alive.all():
        return sizes, spaces
    kept = part.alive[documents]
    return _sums(kept, starts), np.where(spaces, _sums(kept * counts, starts), 0)


class _Moving(NamedTuple):
    """Postings of a part that stay, by their new document numbers."""

    documents: Numbers
    counts: Numbers
    positions: Numbers


def _moving(part: _Part) -> _Moving:
    _, starts, places, documents, counts, positions = part.arrays.postings
    if part.alive.all():
        return _Moving(part.numbers[documents], counts, positions)
    kept = part.alive[documents]
    placed = np.repeat(np.diff(places) > 0, np.diff(starts).astype(np.intp))
    stay = np.repeat(kept[placed], counts[placed])
    return _Moving(part.numbers[documents[kept]], counts[kept], positions[stay])


def _sums(found: NDArray[Any], starts: Offsets) -> _Places:
    """Return the sums of stretches that start at some places; the last place is where the last ends."""
    return np.diff(offsets(found)[starts]).astype(np.intp)


def _targets(free: Offsets, ranks: _Places, sizes: _Places) -> _Places:
    """Return where the items of a part go, whose terms have so many, and mark these places as taken."""
    starts = offsets(sizes)
    targets = np.repeat(free[ranks].astype(np.intp) - starts[:-1].astype(np.intp), sizes)
    targets += np.arange(len(targets))
    free[ranks] += sizes.astype(np.uint64)
    return targets


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
