"""A segment in its file: written once, then read as it lies there.

One file a segment, of arrays that each have checksums (see `sections`):

- `size`            how many documents
- `term.…`, `stem.…`, `families`, `members`   the terms (see `vocabulary`)
- `starts`, `places`, `documents`, `counts`, `positions`   where they stand, as in `Postings`
- `column.NAME.…`   the values of a column (see `texts`), its `starts` and `ordinals`
- `length.FIELD`    how many places for words each document has
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import Storage

from index.evaluation.protocol import Column, Numbers, Run
from index.evaluation.ranges import spread
from index.query.ast import Word
from index.whoosh.arrays import Arrays, Offsets, Postings
from index.whoosh.names import KEY
from index.whoosh.sections import read_sections, write_sections
from index.whoosh.texts import Texts, text_arrays
from index.whoosh.vocabulary import Vocabulary, vocabulary_arrays

SEGMENT = ".seg"

_MANY = 8  # from so many terms on it is quicker to copy them to one run than to make a run of each
_POSTINGS = ("starts", "places", "documents", "counts", "positions")


def write_segment(storage: Storage, segment: Segment, arrays: Arrays) -> None:
    """Write all of a segment but its deletions. Raises OSError."""
    sections: dict[str, NDArray[Any]] = {"size": np.array([arrays.size], np.uint32)}
    sections |= vocabulary_arrays(arrays.postings.names)
    sections |= {name: getattr(arrays.postings, name) for name in _POSTINGS}
    for name, column in arrays.columns.items():
        sections |= text_arrays(f"column.{name}", column.values)
        sections |= {f"column.{name}.starts": column.starts, f"column.{name}.ordinals": column.ordinals}
    sections |= {f"length.{field}": lengths for field, lengths in arrays.lengths.items()}
    file = segment.create_file(storage, SEGMENT)
    try:
        write_sections(file, sections)
    finally:
        file.close()


class SegmentReader:
    """A segment in memory's reach. All that reads it raises StoreError where it is damaged."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        """Open the file of a segment; it may be deleted after that.

        Raises FileNotFoundError, and ValueError when it is not whole.
        """
        file = segment.open_file(storage, SEGMENT)
        try:
            self._sections = read_sections(file, segment.make_filename(SEGMENT))
        finally:
            file.close()
        self.vocabulary = Vocabulary(self._sections)
        self._starts, self._places, self._documents, self._counts, self._positions = (
            self._sections[name] for name in _POSTINGS
        )
        (self.size,) = self._sections["size"].whole().tolist()

    def arrays(self) -> Arrays:
        """Return the whole segment as it was written, all of it compared with its checksums."""
        columns = {name: self.column(name) for name in self._named("column.", ".ordinals")}
        lengths = {field: self.lengths(field) for field in self._named("length.", "")}
        postings = Postings(self.vocabulary.names(), *(self._sections[name].whole() for name in _POSTINGS))
        return Arrays(self.size, postings, columns, lengths)

    def runs(self, numbers: Sequence[int], shift: int = 0) -> Iterator[Run]:
        """Yield where terms stand, with so much added to the numbers of documents.

        Many are one run, a term after the other: as they lie there when consecutive, else copied.
        """
        if not isinstance(numbers, range) and len(numbers) > _MANY:
            yield self._gathered(np.array(numbers, np.intp), shift)
            return
        stretches = [numbers] if isinstance(numbers, range) else [range(each, each + 1) for each in numbers]
        for terms in filter(None, stretches):
            start, end = _ends(self._starts.part(terms.start, terms.stop + 1))
            place, last = _ends(self._places.part(terms.start, terms.stop + 1))
            documents = self._documents.part(start, end)
            yield Run(
                documents + np.uint32(shift) if shift else documents,
                self._counts.part(start, end),
                self._positions.part(place, last),
            )

    def _gathered(self, numbers: NDArray[np.intp], shift: int) -> Run:
        first, last = int(numbers[0]), int(numbers[-1])
        rows, places = (
            section.part(first, last + 2)[[numbers - first, numbers - first + 1]].astype(np.intp)
            for section in (self._starts, self._places)
        )
        (start, end), (place, stop) = (rows[0, 0], rows[1, -1]), (places[0, 0], places[1, -1])
        at = spread(rows[0] - start, rows[1] - rows[0])
        return Run(
            self._documents.part(start, end)[at] + np.uint32(shift),
            self._counts.part(start, end)[at],
            self._positions.part(place, stop)[spread(places[0] - place, places[1] - places[0])],
        )

    def numbers_of(self, key: str) -> list[int]:
        """Return the documents with a key: one, or more where earlier ones are deleted."""
        terms = self.vocabulary.numbers(KEY, Word(key, "exact"))
        return [number for term in terms for number in self.documents(range(term, term + 1)).tolist()]

    def documents(self, terms: range) -> Numbers:
        """Return the documents of consecutive terms, a term after the other."""
        start, end = _ends(self._starts.part(terms.start, terms.stop + 1))
        return self._documents.part(start, end)

    def frequencies(self, terms: range) -> Numbers:
        """Return in how many documents each of consecutive terms stands."""
        return np.diff(self._starts.part(terms.start, terms.stop + 1))

    def column(self, name: str) -> Column:
        """Return a column, of no texts when no document has one."""
        if f"column.{name}.ordinals" not in self._sections:
            return Column((), np.zeros(self.size + 1, np.uint32), np.zeros(0, np.uint32))
        starts, ordinals = (
            self._sections[f"column.{name}.{part}"].whole() for part in ("starts", "ordinals")
        )
        return Column(Texts(f"column.{name}", self._sections), starts, ordinals)

    def lengths(self, field: str) -> Numbers:
        """Return how many places for words each document has in a text field."""
        section = self._sections.get(f"length.{field}")
        return np.zeros(self.size, np.uint32) if section is None else section.whole()

    def keys(self, documents: Numbers) -> list[str]:
        """Return the keys of some documents, in their order."""
        values, starts, ordinals = self.column(KEY)
        numbers: list[int] = ordinals[starts[documents]].tolist()
        return values.some(numbers) if isinstance(values, Texts) else []

    def _named(self, prefix: str, suffix: str) -> list[str]:
        return [
            name[len(prefix) : len(name) - len(suffix)]
            for name in self._sections
            if name.startswith(prefix) and name.endswith(suffix)
        ]


def _ends(offsets: Offsets) -> tuple[int, int]:
    return int(offsets[0]), int(offsets[-1])
