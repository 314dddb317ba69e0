"""An inverted index of plain dicts in memory, and a search engine over it by the evaluator.

It shares the evaluator with the real engine and nothing else: where only one of the two disagrees with the
oracle, the fault is in what the files say.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, TypeVar

import numpy as np

from index.document import Document
from index.engine import Change, Vocabulary
from index.evaluation.protocol import VALUE_GAP, Column, Commit, Mask, Numbers, Run
from index.evaluation.reading import CommitReader
from index.fields import DEFAULT_FIELDS
from index.query.ast import Word
from index.stem import stem

_Kept = TypeVar("_Kept")
_Places = dict[str, dict[int, list[int]]]  # term -> document -> positions


def _numbers(items: Iterable[int]) -> Numbers:
    return np.fromiter(items, np.uint32)


def _run(terms: Iterable[Mapping[int, Sequence[int]]]) -> Run:
    places = [item for documents in terms for item in documents.items()]
    return Run(
        _numbers(document for document, _ in places),
        _numbers(max(len(positions), 1) for _, positions in places),
        _numbers(position for _, positions in places for position in positions),
    )


class MemoryIndex:
    """An Index over segments, each a list of documents of which some are marked as deleted."""

    def __init__(
        self,
        segments: Sequence[Sequence[tuple[Document, bool]]],
        revision: int = 0,
        newest: str | None = None,
    ) -> None:
        self.revision = revision
        self.newest = newest
        starts = accumulate(map(len, segments), initial=0)
        self._segments = [list(enumerate(part, start)) for start, part in zip(starts, segments, strict=False)]
        self._documents = [document for part in segments for document, _ in part]
        self._alive = np.array([alive for part in segments for _, alive in part], bool)
        self._places = [self._inverted(part) for part in self._segments]
        self._kept: dict[str, Any] = {}

    @staticmethod
    def _inverted(part: list[tuple[int, tuple[Document, bool]]]) -> Mapping[str, _Places]:
        found: dict[str, _Places] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for number, (document, _) in part:
            for field, texts in document.text.items():
                start = 0
                for tokens in texts:
                    for word, position in zip(*tokens, strict=True):
                        found[field][word][number].append(start + position)
                    start += (tokens.positions[-1] if tokens.words else 0) + VALUE_GAP
            for field, values in document.values.items():
                for value in values:
                    found[field][value][number] = []
        return found

    def size(self) -> int:
        return len(self._documents)

    def alive(self) -> Mask:
        return self._alive

    def terms(self, field: str, word: Word) -> Sequence[str]:
        held = sorted({term for part in self._places for term in part.get(field, ())})
        if word.match == "exact":
            return [term for term in held if term == word.text]
        if word.match == "stem":
            return [term for term in held if stem(term) == stem(word.text)]
        wild = {"*": ".*", "?": "."}
        pattern = "".join(wild.get(letter) or re.escape(letter) for letter in word.text)
        return [term for term in held if re.fullmatch(pattern, term, re.DOTALL)]

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool = False) -> Sequence[str]:
        held = sorted({known for part in self._places for known in part.get(field, ())}, reverse=backwards)
        return [known for known in held if (known < term) == backwards][:most]

    def runs(self, field: str, word: Word) -> Sequence[Run]:
        found = []
        terms = self.terms(field, word)
        for part in self._places:
            held = [places for term in terms if (places := part.get(field, {}).get(term))]
            if word.match == "wildcard":  # as one: its terms are often neighbours
                found.append(_run(held))
            else:
                found += [_run([places]) for places in held]
        return found

    def between(self, field: str, low: int | None, high: int | None) -> Sequence[Numbers]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, document in enumerate(self._documents):
            for known in document.numbers.get(field, ()):
                if (low is None or low <= known) and (high is None or known <= high):
                    found[known].append(number)
        return [_numbers(documents) for documents in found.values()]

    def lengths(self, field: str) -> Numbers:
        return _numbers(sum(v.positions[-1] + 1 for v in d.text.get(field, ())) for d in self._documents)

    def column(self, name: str) -> Column:
        return self.once(f"column {name}", lambda: self._column(name))

    def _column(self, name: str) -> Column:
        kind, _, which = name.partition(".")
        lists = [
            document.facets.get(which, ())
            if kind == "facet"
            else tuple(filter(None, [document.sort.get(which)]))
            for document in self._documents
        ]
        distinct = sorted(set(chain.from_iterable(lists)))
        ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
        return Column(
            distinct,
            _numbers(accumulate(map(len, lists), initial=0)),
            _numbers(ordinals[value] for each in lists for value in each),
        )

    def keys(self, documents: Numbers) -> list[str]:
        return [self._documents[number].key for number in documents]

    def number_of(self, key: str) -> int | None:
        return next(
            (n for n, d in enumerate(self._documents) if d.key == key and self._alive[n]),
            None,
        )

    def vocabulary(self) -> Vocabulary:
        found: Counter[str] = Counter()
        for part in self._places:
            for field in DEFAULT_FIELDS:
                for term, places in part.get(field, {}).items():
                    found[term] += len(places)
        return Vocabulary.of(found)

    def spend(self, places: int) -> None:
        """Grant it."""

    def once(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[no-any-return]  # what was kept under the name


class MemoryEngine(CommitReader):
    """A SearchEngine: each batch of changes becomes a segment, what they replace stays as deleted."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._segments: list[list[tuple[Document, bool]]] = []
        self._index = MemoryIndex([])

    def commit(self) -> Commit:
        return self._index

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        new: dict[str, Document | None] = {}
        newest = self._index.newest
        for change in changes:
            newest = change.key
            new[change.key] = change.document
        for part in self._segments:
            part[:] = [(document, alive and document.key not in new) for document, alive in part]
        self._segments.append([(document, True) for document in new.values() if document])
        self._index = MemoryIndex(self._segments, revision, newest)

    def close(self) -> None:
        pass
