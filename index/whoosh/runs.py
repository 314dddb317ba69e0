"""Where one term stands in a segment, as three arrays: documents, counts, positions."""

import sys
from array import array
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, compress
from typing import NamedTuple

ITEM = array("I").itemsize


class SegmentRun(NamedTuple):
    """What `index.postings.Run` is, by the segment's own document numbers; deleted ones may be in it."""

    documents: "array[int]"
    counts: "array[int]"
    positions: "array[int]"

    def without(self, deleted: AbstractSet[int]) -> "SegmentRun":
        """Return the run of the other documents."""
        if deleted.isdisjoint(self.documents):
            return self
        alive = [document not in deleted for document in self.documents]
        spread = chain.from_iterable(
            [is_alive] * count for is_alive, count in zip(alive, self.counts, strict=True)
        )
        return SegmentRun(
            array("I", compress(self.documents, alive)),
            array("I", compress(self.counts, alive)),
            array("I", compress(self.positions, spread)),
        )

    def encoded(self) -> bytes:
        """Return the arrays one after the other."""
        return b"".join(part.tobytes() for part in self)


def decoded(data: bytes, documents: int) -> SegmentRun:
    """Read a run of so many documents. Raises ValueError when the data cannot be one."""
    whole = array("I", data)
    if len(whole) < 2 * documents:
        raise ValueError("the postings end before their end")
    return SegmentRun(whole[:documents], whole[documents : 2 * documents], whole[2 * documents :])


def encoded_positions(positions: Sequence[int]) -> bytes:
    """Return the positions of one term in one document as a run holds them."""
    if len(positions) == 1:  # two out of three, and an array takes four times as long
        return positions[0].to_bytes(ITEM, sys.byteorder)
    return array("I", positions).tobytes()


def joined(items: Iterable[tuple[int, float, bytes]]) -> SegmentRun:
    """Return one run of ascending items: a document, how often the term is there, its positions.

    An item of weight 0 is a whole run on its way from one segment into another: the document is its first
    one's new number, and its own numbers count from there (see `bundled`).
    """
    run = SegmentRun(array("I"), array("I"), array("I"))
    for document, weight, data in items:
        if weight:
            run.documents.append(document)
            run.counts.append(int(weight))
            run.positions.frombytes(data)
            continue
        size = int.from_bytes(data[:ITEM], sys.byteorder)
        part = decoded(data[ITEM:], size)
        run.documents.extend([document + number for number in part.documents])
        run.counts.extend(part.counts)
        run.positions.extend(part.positions)
    return run


def bundled(run: SegmentRun, numbers: Sequence[int]) -> tuple[int, float, bytes]:
    """Return a run as one item for `joined`; `numbers` gives each document's rank among those that stay."""
    first = numbers[run.documents[0]]
    offsets = array("I", [numbers[document] - first for document in run.documents])
    size = len(offsets).to_bytes(ITEM, sys.byteorder)
    return run.documents[0], 0.0, size + run._replace(documents=offsets).encoded()
