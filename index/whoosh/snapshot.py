"""One commit of an index, as it is read."""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any, NamedTuple

from whoosh.codec.base import PerDocumentReader, Segment
from whoosh.columns import Column
from whoosh.index import TOC, FileIndex

from catalog.errors import StoreError
from index.fields import DEFAULT_FIELDS
from index.folding import fold
from index.postings import Run
from index.query.ast import Word
from index.stem import stem
from index.whoosh.columns import CountColumn, TextColumn
from index.whoosh.rows import BETWEEN
from index.whoosh.schema import KEY, NAME, STATE, facet_column, length_column, sort_column
from index.whoosh.storage import DurableStorage
from index.whoosh.terms import TermReader, encoded, encoded_number


class Part(NamedTuple):
    """A segment: its documents are numbered from `start`."""

    start: int
    size: int
    deleted: frozenset[int]
    terms: TermReader
    columns: PerDocumentReader


class Snapshot:
    """The documents of one commit, numbered from 0 through all segments."""

    def __init__(self, storage: DurableStorage) -> None:
        """Open the newest commit.

        Raises FileNotFoundError when a writer replaces it in that moment, and whatever Whoosh, pickle or
        the operating system raise for an index that is damaged, foreign or not there.
        """
        toc = TOC.read(storage, NAME)
        state = toc.schema[STATE]
        self._index = FileIndex(storage, indexname=NAME)
        self._generation: int = toc.generation
        self._columns: dict[str, Sequence[Any]] = {}
        self._means: dict[str, float] = {}
        self.stamp: str = state.stamp
        self.revision: int = state.revision
        self.newest: str | None = state.newest
        self.parts: list[Part] = []
        self._all: AbstractSet[int] | None = None
        try:
            storage.check(segment.segment_id() for segment in toc.segments)
            self._open(storage, toc.segments)
        except BaseException:
            self.close()
            raise

    def _open(self, storage: DurableStorage, segments: Iterable[Segment]) -> None:
        start = 0
        for segment in segments:
            codec = segment.codec()
            part = Part(
                start,
                segment.doc_count_all(),
                frozenset(segment.deleted_docs()),
                codec.terms_reader(storage, segment),
                codec.per_document_reader(storage, segment),
            )
            self.parts.append(part)
            start += part.size

    def documents(self) -> AbstractSet[int]:
        """Return every document."""
        if self._all is None:
            gone = {part.start + number for part in self.parts for number in part.deleted}
            self._all = frozenset(range(sum(part.size for part in self.parts))) - gone
        return self._all

    def terms(self, field: str, word: Word) -> Iterable[str]:
        """Return the terms of the field that a word stands for."""
        match word.match:
            case "exact":
                return [word.text]
            case "stem":
                family = stem(word.text)
                return dict.fromkeys(chain.from_iterable(part.terms.tokens(family) for part in self.parts))
            case "wildcard":
                found = (part.terms.matching(field, word.text) for part in self.parts)
                return dict.fromkeys(chain.from_iterable(found))

    def numbers(self, field: str, low: int | None, high: int | None) -> Iterable[str]:
        """Return the terms of a number field between two bounds, both included."""
        first = b"" if low is None else encoded_number(low)
        last = b"\xff" if high is None else encoded_number(high)
        found = (part.terms.between(field, first, last) for part in self.parts)
        return dict.fromkeys(chain.from_iterable(found))

    def valued(self, facet: str, folded: str) -> AbstractSet[int]:
        """Return the documents that a facet counts under a value, given folded."""
        shown = self._texts(facet_column(facet))
        return {
            document
            for document in self.documents()
            if shown[document] and folded in map(fold, shown[document].split(BETWEEN))
        }

    def runs(self, field: str, term: str) -> Iterator[Run]:
        """Yield where a term stands, one run for each segment that holds it."""
        name = encoded(term)
        for part in self.parts:
            known = part.terms.run(field, name)
            if known is None:
                continue
            documents, counts, positions = known.without(part.deleted)
            if part.start:
                documents = array("I", [document + part.start for document in documents])
            yield Run(documents, counts, positions)

    def lengths(self, field: str) -> Sequence[int]:
        """Return how many tokens each document has in a text field."""
        return self._column(length_column(field), CountColumn(), 0)

    def mean_length(self, field: str) -> float:
        """Return the mean of those lengths over the documents that have the field."""
        if field not in self._means:
            lengths = self.lengths(field)
            known = [lengths[document] for document in self.documents() if lengths[document]]
            self._means[field] = sum(known) / len(known) if known else 0.0
        return self._means[field]

    def keys(self) -> Sequence[str]:
        """Return the key of each document."""
        return self._texts(f"{KEY}s")

    def sort_values(self, sort_key: str) -> Sequence[str]:
        """Return what each document is sorted by, empty where that is unknown."""
        return self._texts(sort_column(sort_key))

    def facet_counts(self, facet: str, found: Iterable[int]) -> Counter[str]:
        """Count the values of a facet over some documents."""
        values = self._texts(facet_column(facet))
        lists = Counter(map(values.__getitem__, found))
        counts: Counter[str] = Counter()
        for joined, times in lists.items():
            for value in joined.split(BETWEEN) if joined else ():
                counts[value] += times
        return counts

    def numbers_of(self, key: str) -> list[int]:
        """Return the documents with a key: one or none."""
        return [document for run in self.runs(KEY, key) for document in run.documents]

    def vocabulary(self) -> list[tuple[str, int]]:
        """Return the terms of the usual text fields, each with in how many documents at most it stands."""
        found: Counter[str] = Counter()
        for part in self.parts:
            for field, term, run in part.terms.runs():
                if field in DEFAULT_FIELDS:
                    found[term.decode()] += len(run.documents)
        return sorted(found.items())

    def is_current(self) -> bool:
        """Tell whether nothing was committed since."""
        return bool(self._index.latest_generation() == self._generation)

    def _texts(self, column: str) -> Sequence[str]:
        return self._column(column, TextColumn(), "")

    def _column(self, name: str, column: Column, missing: str | int) -> Sequence[Any]:
        if name not in self._columns:
            try:
                lists = [
                    part.columns.column_reader(name, column).load()
                    if part.columns.has_column(name)
                    else [missing] * part.size
                    for part in self.parts
                ]
            except (ValueError, EOFError, struct.error) as damage:
                raise StoreError(
                    f"the index is damaged, its column {name}: {damage}",
                    hint="`peerlit reindex` makes it again",
                ) from damage
            self._columns[name] = lists[0] if len(lists) == 1 else list(chain.from_iterable(lists))
        return self._columns[name]

    def close(self) -> None:
        """Close the files."""
        for part in self.parts:
            part.terms.close()
            part.columns.close()
