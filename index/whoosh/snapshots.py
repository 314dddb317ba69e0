"""One commit of an index, as it is read."""

from collections import Counter
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
from whoosh.index import TOC, FileIndex

from index.engine import Vocabulary
from index.evaluation.protocol import Column, Mask, Numbers, Run
from index.fields import DEFAULT_FIELDS
from index.query.ast import Word
from index.whoosh.schema import NAME, STATE
from index.whoosh.segments import SegmentReader
from index.whoosh.storage import DurableStorage
from index.whoosh.texts import merged_column

_Kept = TypeVar("_Kept")
_ROOM = 1 << 27
"""Bytes of runs that are kept for the next query. Most lie in the file, where they take no memory."""

_NONE = np.zeros(0, np.uint32)
_NO_COLUMN: "tuple[list[SegmentReader], Column | None]" = ([], None)


class Part(NamedTuple):
    """A segment: its documents are numbered from `start`."""

    segment_id: str
    start: int
    deleted: frozenset[int]
    reader: SegmentReader


class Snapshot:
    """The documents of one commit, numbered from 0 through all segments: an `evaluation.protocol.Index`.

    Nothing of it needs to be closed: what it has mapped is given back with the last array that shows it.
    """

    def __init__(self, storage: DurableStorage, before: "Snapshot | None" = None) -> None:
        """Open the newest commit; segments that an earlier one has open are taken from there.

        Raises FileNotFoundError when a writer replaces it in that moment, and whatever Whoosh, pickle or
        the operating system raise for an index that is damaged, foreign or not there.
        """
        toc = TOC.read(storage, NAME)
        state = toc.schema[STATE]
        self._index = FileIndex(storage, indexname=NAME)
        self._generation: int = toc.generation
        self.stamp: str = state.stamp
        self.revision: int = state.revision
        self.newest: str | None = state.newest
        known = {part.segment_id: part.reader for part in before.parts} if before else {}
        self.parts: list[Part] = []
        self._size = 0
        for segment in toc.segments:
            name = segment.segment_id()
            reader = known.get(name) or SegmentReader(storage, segment)
            self.parts.append(Part(name, self._size, frozenset(segment.deleted_docs()), reader))
            self._size += reader.size
        self._starts = np.array([part.start for part in self.parts], np.uint32)
        self._made: dict[str, Any] = {}
        self._runs: dict[tuple[str, Word], list[Run]] = {}
        self._room = _ROOM
        self._readers = [part.reader for part in self.parts]
        # Each with the segments it covers: a commit that adds one does not join them all again. What others
        # joined keeps segments open that are merged since.
        earlier = dict(before.joined) if before else {}
        self.joined: dict[str, tuple[list[SegmentReader], Column]] = {
            name: (covered, column)
            for name, (covered, column) in earlier.items()
            if covered == self._readers[: len(covered)]
        }
        self.words: tuple[list[SegmentReader], Vocabulary | None] = ([], None)
        if before and before.words[0] == self._readers[: len(before.words[0])]:
            self.words = before.words

    def size(self) -> int:
        """Return how many documents are numbered."""
        return self._size

    def alive(self) -> Mask:
        """Return which documents are not deleted; the array must not be changed."""
        return self.once("alive", self._alive)

    def terms(self, field: str, word: Word) -> list[str]:
        """Return the terms of the field that a word stands for and that the field holds, ascending."""
        known = [part.reader.vocabulary for part in self.parts]
        found = {term for each in known for term in each.terms(each.numbers(field, word))}
        return [term.decode() for term in sorted(found)]

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool = False) -> list[str]:
        """Return terms of the field from one on, ascending; backwards those below it, descending.

        Those that only deleted documents have are among them.
        """
        known = [part.reader.vocabulary for part in self.parts]
        found = {each for one in known for each in one.neighbours(field, term, most, backwards=backwards)}
        return [each.decode() for each in sorted(found, reverse=backwards)[:most]]

    def runs(self, field: str, word: Word) -> list[Run]:
        """Return where the terms of a word stand: a run or more for each segment."""
        known = self._runs.get((field, word))
        if known is None:
            runs = (
                reader.runs(reader.vocabulary.numbers(field, word), start)
                for _, start, _, reader in self.parts
            )
            known = list(chain.from_iterable(runs))
            self._room -= sum(
                run.documents.nbytes + run.counts.nbytes + run.positions.nbytes for run in known
            )
            if self._room < 0:
                self._runs.clear()
                self._room = _ROOM
            self._runs[field, word] = known
        return known

    def between(self, field: str, low: int | None, high: int | None) -> list[Numbers]:
        """Return the documents of a number field's terms between two bounds, both included."""
        return [
            reader.documents(reader.vocabulary.between(field, low, high)) + np.uint32(start)
            for _, start, _, reader in self.parts
        ]

    def lengths(self, field: str) -> Numbers:
        """Return how many places for words each document has in a text field, by document number."""
        return self.once(f"length.{field}", lambda: self._lengths(field))

    def column(self, name: str) -> Column:
        """Return a column: `facet.subject`, `sort.title`; a sort key has at most one text a document."""
        covered, known = self.joined.get(name, _NO_COLUMN)
        added = self._readers[len(covered) :]
        if known is None:
            known = merged_column([reader.column(name) for reader in self._readers])
        elif added:
            known = merged_column([known, *(reader.column(name) for reader in added)])
        self.joined[name] = self._readers, known
        return known

    def keys(self, documents: Numbers) -> list[str]:
        """Return the keys of some documents, in their order."""
        found = [""] * len(documents)
        in_part = np.searchsorted(self._starts, documents, "right") - 1
        for number in np.unique(in_part).tolist():
            part = self.parts[number]
            places = np.flatnonzero(in_part == number)
            keys = part.reader.keys(documents[places] - np.uint32(part.start))
            for place, key in zip(places.tolist(), keys, strict=True):
                found[place] = key
        return found

    def number_of(self, key: str) -> int | None:
        """Return the document with a key, None when there is none alive."""
        for part in self.parts:
            for number in part.reader.numbers_of(key):
                if number not in part.deleted:
                    return part.start + number
        return None

    def vocabulary(self) -> Vocabulary:
        """Return the terms of the usual text fields; those of segments that are new are put to the rest."""
        covered, known = self.words
        added = self._readers[len(covered) :]
        if added or known is None:
            found = Counter(dict(zip(*known, strict=True)) if known else {})
            for reader in added:
                for terms in map(reader.vocabulary.of_field, DEFAULT_FIELDS):
                    counts = reader.frequencies(terms).tolist()
                    for term, count in zip(reader.vocabulary.terms(terms), counts, strict=True):
                        found[term.decode()] += count
            known = Vocabulary.of(found)
            self.words = self._readers, known
        return known

    def spend(self, places: int) -> None:
        """Grant it: who owns the index may do with it what takes long."""
        del places

    def once(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        """Return what was made under this name before, else make it and keep it while the commit is open."""
        if name not in self._made:
            self._made.setdefault(name, make())
        kept: _Kept = self._made[name]
        return kept

    def is_current(self) -> bool:
        """Tell whether nothing was committed since."""
        return bool(self._index.latest_generation() == self._generation)

    def _alive(self) -> Mask:
        alive = np.ones(self._size, np.bool_)
        for part in self.parts:
            alive[[part.start + number for number in part.deleted]] = False
        alive.flags.writeable = False
        return alive

    def _lengths(self, field: str) -> Numbers:
        lengths = [part.reader.lengths(field) for part in self.parts]
        return lengths[0] if len(lengths) == 1 else np.concatenate([_NONE, *lengths])
