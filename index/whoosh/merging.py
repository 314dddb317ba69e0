"""Which segments are written anew, and how."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from index.whoosh.terms import TermReader, encoded_positions

_FACTOR = 8
_SMALLEST = 64
_LARGEST = 20_000


class MergeReader(SegmentReader):
    """A segment whose postings are copied run by run."""

    def indexed_field_names(self) -> Iterable[str]:
        """Return the fields beside those of the schema: none."""
        return ()

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield the postings of the documents alive."""
        segment = self.segment()
        deleted = frozenset(segment.deleted_docs())
        terms: TermReader = self.codec().terms_reader(self.storage(), segment)
        for field, term, run in terms.runs():
            start = 0
            for document, count in zip(run.documents, run.counts, strict=True):
                end = start + count
                if document not in deleted:
                    positions = encoded_positions(run.positions[start:end])
                    yield field, term, document, float(count), positions
                start = end
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
