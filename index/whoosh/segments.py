"""A segment in its file: written once, then read as it lies there.

One file a segment, of arrays that each have checksums (see `sections`):

- `size`            how many documents
- `term.…`          the names of `Postings` (see `lexicon`); beside them its five arrays as they are
- `stem.…`          the stems of all text fields, ascending; of stem n are the terms
                    `members[families[n]:families[n + 1]]`, so that no search stems a lexicon
- `column.NAME.…`   the values of a column (see `texts`), its `starts` and `ordinals`
- `length.FIELD`    how many tokens each document has
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import Storage

from index.evaluation.protocol import Column, Numbers, Run
from index.evaluation.ranges import spread
from index.query.ast import Word
from index.stem import stem
from index.whoosh.arrays import Arrays, Offsets, Postings, offsets
from index.whoosh.lexicon import Lexicon, lexicon_arrays
from index.whoosh.names import KEY, TEXT_FIELDS, encoded, encoded_number, named
from index.whoosh.sections import read_sections, write_sections
from index.whoosh.texts import Texts, text_arrays

SEGMENT = ".seg"

_MANY = 8  # from so many terms on it is quicker to copy them to one run than to make a run of each
_RESOLVED = 1 << 10
_POSTINGS = ("starts", "places", "documents", "counts", "positions")


def write_segment(storage: Storage, segment: Segment, arrays: Arrays) -> None:
    """Write all of a segment but its deletions. Raises OSError."""
    names = arrays.postings.names
    sections = {"size": np.array([arrays.size], np.uint32)}
    sections |= lexicon_arrays("term", names)
    sections |= {name: getattr(arrays.postings, name) for name in _POSTINGS}
    sections |= _family_arrays(names)
    for name, column in arrays.columns.items():
        sections |= text_arrays(f"column.{name}", column.values)
        sections |= {f"column.{name}.starts": column.starts, f"column.{name}.ordinals": column.ordinals}
    sections |= {f"length.{field}": lengths for field, lengths in arrays.lengths.items()}
    file = segment.create_file(storage, SEGMENT)
    try:
        write_sections(file, sections)
    finally:
        file.close()


def _family_arrays(names: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the terms of each stem of the text fields, ascending."""
    numbers, tokens = _text_terms(names)
    distinct = list(dict.fromkeys(tokens))
    # All at once, as lines: one by one, decoding and encoding take longer than stemming.
    lines = b"\n".join(distinct).decode().split("\n")
    stems = "\n".join(map(stem, lines)).encode().split(b"\n")[: len(distinct)]
    families = sorted(set(stems))
    rank_of = dict(zip(families, range(len(families)), strict=True))
    ranks = {token: rank_of[its_stem] for token, its_stem in zip(distinct, stems, strict=True)}
    family = np.fromiter(map(ranks.__getitem__, tokens), np.uint32, len(tokens))
    return {
        **lexicon_arrays("stem", families),
        "families": offsets(np.bincount(family, minlength=len(families))),
        "members": numbers[np.argsort(family, kind="stable")],
    }


def _text_terms(names: Sequence[bytes]) -> tuple[Numbers, list[bytes]]:
    """Return the numbers of the terms of text fields, ascending, and these without their fields."""
    numbers: list[Numbers] = [np.zeros(0, np.uint32)]
    tokens: list[bytes] = []
    for field in sorted(TEXT_FIELDS):
        first, last = (bisect_left(names, named(field, end)) for end in (b"", b"\xff"))
        numbers.append(np.arange(first, last, dtype=np.uint32))
        tokens += [name[len(field) + 1 :] for name in names[first:last]]
    return np.concatenate(numbers), tokens


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
        self._terms = Lexicon("term", self._sections)
        self._stems = Lexicon("stem", self._sections)
        self._starts, self._places, self._documents, self._counts, self._positions = (
            self._sections[name] for name in _POSTINGS
        )
        (self.size,) = self._sections["size"].whole().tolist()
        self._fields: dict[str, range] = {}
        self._resolved: dict[tuple[str, Word], Sequence[int]] = {}

    def arrays(self) -> Arrays:
        """Return the whole segment as it was written, all of it compared with its checksums."""
        columns = {name: self.column(name) for name in self._of("column.", ".ordinals")}
        lengths = {field: self.lengths(field) for field in self._of("length.", "")}
        postings = Postings(self._terms.all(), *(self._sections[name].whole() for name in _POSTINGS))
        return Arrays(self.size, postings, columns, lengths)

    def numbers(self, field: str, word: Word) -> Sequence[int]:
        """Return the numbers of the terms of a field that a word stands for, ascending."""
        known = self._resolved.get((field, word))
        if known is None:
            if len(self._resolved) >= _RESOLVED:
                self._resolved.clear()
            known = self._resolved[field, word] = self._resolve(field, word)
        return known

    def _resolve(self, field: str, word: Word) -> Sequence[int]:
        match word.match:
            case "exact":
                found = self._terms.number_of(named(field, encoded(word.text)))
                return () if found is None else (found,)
            case "stem":
                family, of_field = self._family(stem(word.text)), self._of_field(field)
                return family[bisect_left(family, of_field.start) : bisect_left(family, of_field.stop)]
            case "wildcard":
                return self._matching(field, word.text)

    def terms(self, numbers: Iterable[int]) -> list[str]:
        """Return terms without their fields."""
        return [self._terms[number].partition(b"\0")[2].decode() for number in numbers]

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

    def between(self, field: str, low: int | None, high: int | None) -> Numbers:
        """Return the documents of a number field's terms between two bounds, a term after the other."""
        first = b"" if low is None else encoded_number(low)
        last = b"\xff" if high is None else encoded_number(high)
        terms = self._terms.span(named(field, first), named(field, last + b"\xff"))
        if not terms:
            return self._documents.part(0, 0)
        (start,) = self._starts.part(terms.start, terms.start + 1).tolist()
        (end,) = self._starts.part(terms.stop, terms.stop + 1).tolist()
        return self._documents.part(start, end)

    def vocabulary(self, field: str) -> Iterator[tuple[bytes, int]]:
        """Yield the terms of a field, each with in how many documents it stands."""
        terms = self._of_field(field)
        counts = np.diff(self._starts.part(terms.start, terms.stop + 1)).tolist()
        names = self._terms.lines(terms).split(b"\n")
        for name, count in zip(names, counts, strict=False):
            yield name.partition(b"\0")[2], count

    def column(self, name: str) -> Column:
        """Return a column, of no texts when no document has one."""
        if f"column.{name}.ordinals" not in self._sections:
            return Column((), np.zeros(self.size + 1, np.uint32), np.zeros(0, np.uint32))
        starts, ordinals = (
            self._sections[f"column.{name}.{part}"].whole() for part in ("starts", "ordinals")
        )
        return Column(Texts(f"column.{name}", self._sections), starts, ordinals)

    def lengths(self, field: str) -> Numbers:
        """Return how many tokens each document has in a text field."""
        section = self._sections.get(f"length.{field}")
        return np.zeros(self.size, np.uint32) if section is None else section.whole()

    def keys(self, documents: Numbers) -> list[str]:
        """Return the keys of some documents, in their order."""
        values, starts, ordinals = self.column(KEY)
        numbers: list[int] = ordinals[starts[documents]].tolist()
        return values.some(numbers) if isinstance(values, Texts) else []

    def _of_field(self, field: str) -> range:
        known = self._fields.get(field)
        if known is None:
            known = self._fields[field] = self._terms.span(named(field, b""), named(field, b"\xff"))
        return known

    def _family(self, of_stem: str) -> list[int]:
        found = self._stems.number_of(encoded(of_stem))
        if found is None:
            return []
        start, end = self._sections["families"].part(found, found + 2).tolist()
        members: list[int] = self._sections["members"].part(start, end).tolist()
        return members

    def _matching(self, field: str, pattern: str) -> Sequence[int]:
        """Return the terms that fit a pattern of `*` (any characters) and `?` (any one)."""
        head = re.split(r"[*?]", pattern, maxsplit=1)[0]
        name = named(field, encoded(head))
        terms = self._terms.span(name, name + b"\xff")
        if pattern == f"{head}*":
            return terms
        lines = self._terms.lines(terms)
        ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n"))
        # A third of the time of trying them all: only those that have the longest piece of it.
        piece = max(re.split(rb"[*?]+", b"\0%s\n" % encoded(pattern)), key=len)
        with_piece = [found.start() for found in re.finditer(re.escape(piece), lines)]
        wild = {"*": ".*", "?": "."}
        body = "".join(wild.get(letter) or re.escape(letter) for letter in encoded(pattern).decode())
        fits = re.compile(rf"{field}\0{body}", re.DOTALL).fullmatch
        tried = np.unique(np.searchsorted(ends, with_piece))
        starts = np.append(0, ends + 1)[tried].tolist()
        places = zip(tried.tolist(), starts, ends[tried].tolist(), strict=True)
        return [terms.start + line for line, start, end in places if fits(lines[start:end].decode())]

    def _of(self, prefix: str, suffix: str) -> list[str]:
        return [
            name[len(prefix) : len(name) - len(suffix)]
            for name in self._sections
            if name.startswith(prefix) and name.endswith(suffix)
        ]


def _ends(offsets: Offsets) -> tuple[int, int]:
    return int(offsets[0]), int(offsets[-1])
