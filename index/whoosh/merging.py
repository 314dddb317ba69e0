"""Which segments are written anew, and how."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from index.whoosh.runs import bundled

if TYPE_CHECKING:
    from index.whoosh.terms import TermReader

_FACTOR = 8
_SMALLEST = 64
_LARGEST = 20_000


class MergeReader(SegmentReader):
    """A segment whose postings go into another one a run at a time: a third of the time of one by one."""

    def indexed_field_names(self) -> Iterable[str]:
        """Return the fields beside those of the schema: none."""
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return 0: lengths are columns of ours; Whoosh would look for a file of its own each time."""
        del docnum, fieldname
        return default

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield the runs of the documents alive, each as one posting."""
        segment = self.segment()
        deleted = frozenset(segment.deleted_docs())
        alive = (number not in deleted for number in range(segment.doc_count_all()))
        ranks = [0, *accumulate(alive)]
        terms: TermReader = self.codec().terms_reader(self.storage(), segment)
        for field, term, run in terms.runs():
            kept = run.without(deleted)
            if kept.documents:
                yield field, term, *bundled(kept, ranks)
        terms.close()


def merge(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merge segments as a Whoosh merge policy; return those that stay.

    Eight of about one size become one, up to 20,000 documents: so a document is written at most five times,
    and there are at most 8 small segments of each size besides the large ones. One of which half is
    deleted is written anew.
    """
    levels = defaultdict(list)
    for segment in segments:
        levels[_level(segment)].append(segment)
    merged: set[str] = set()
    for level, members in levels.items():
        if level is None or (len(members) >= _FACTOR and level >= 0):
            merged.update(segment.segment_id() for segment in members)
    for segment in segments:
        if segment.segment_id() in merged and segment.doc_count():
            reader = MergeReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if segment.segment_id() not in merged]


def _level(segment: Segment) -> int | None:
    """Return the size class, None for a segment to be written anew, -1 for one too large to merge."""
    alive = segment.doc_count()
    if 2 * alive < segment.doc_count_all():
        return None
    if alive >= _LARGEST:
        return -1
    level = 0
    while alive > _SMALLEST * _FACTOR**level:
        level += 1
    return level
