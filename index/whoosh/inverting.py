"""From documents to the arrays of a segment: words become numbers, and the numbers are sorted."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Tokens
from index.document import Document
from index.evaluation.protocol import VALUE_GAP, Column, Numbers
from index.whoosh.arrays import Arrays, Postings, offsets
from index.whoosh.names import KEY, encoded, encoded_number, named
from index.whoosh.union import ranked

_LAST_START = (1 << 32) - (1 << 24)  # positions are unsigned 32-bit integers

_Places = NDArray[np.intp]


def invert(documents: Iterable[Document]) -> Arrays:
    """Return the arrays of documents, numbered in the order they come.

    In Python a word costs one look-up in a dictionary and nothing else: that is what makes a batch fast.
    """
    texts: dict[str, _Texts] = defaultdict(_Texts)
    values: dict[str, _Values] = defaultdict(_Values)
    columns: dict[str, _Values] = defaultdict(_Values)
    keys = columns[KEY]
    size = 0
    for document in documents:
        keys.add(size, (document.key,))
        for field, tokens in document.text.items():
            texts[field].add(size, tokens)
        for field, known in document.values.items():
            values[field].add(size, known)
        for field, numbers in document.numbers.items():
            values[field].add(size, [encoded_number(number).decode() for number in numbers])
        for facet, shown in document.facets.items():
            columns[f"facet.{facet}"].add(size, shown)
        for sort_key, text in document.sort.items():
            columns[f"sort.{sort_key}"].add(size, (text,))
        size += 1
    fields: dict[str, _Values | _Texts] = {**texts, **values, KEY: keys}
    return Arrays(
        size,
        _joined({field: found.postings() for field, found in fields.items() if found.owners}),
        {name: found.column(size) for name, found in columns.items() if found.owners},
        {field: found.lengths(size) for field, found in texts.items() if found.owners},
    )


class _Field(NamedTuple):
    """The postings of one field: as `Postings`, with how many each term has instead of where they start."""

    terms: list[bytes]
    sizes: _Places
    spaces: _Places
    documents: Numbers
    counts: Numbers
    positions: Numbers


_NOTHING = _Field([], *np.zeros((2, 0), np.intp), *np.zeros((3, 0), np.uint32))


class _Values:
    """Whole values of documents; `owners` have one or more."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._values: list[int] = []
        self.owners: list[int] = []
        self._sizes: list[int] = []

    def add(self, document: int, values: Sequence[str]) -> None:
        """Add the values of the next document that has any."""
        if values:
            self._values.extend(map(self._numbers.__getitem__, values))
            self.owners.append(document)
            self._sizes.append(len(values))

    def postings(self) -> _Field:
        """Return where the values are; one that a document has twice counts once."""
        terms, ranks = ranked(_terms(self._numbers))
        order, values = _sorted(ranks[_numbers(self._values)])
        owners = np.repeat(_numbers(self.owners), self._sizes)[order]
        first = _changes(values, owners)
        sizes = np.bincount(values[first], minlength=len(terms))
        counts = np.ones(len(first), np.uint32)
        return _Field(terms, sizes, np.zeros_like(sizes), owners[first], counts, counts[:0])

    def column(self, size: int) -> Column:
        """Return the values as a column of `size` documents."""
        texts, ranks = ranked([*map(_written, self._numbers)])
        starts = np.zeros(size + 1, np.uint32)
        starts[1:][self.owners] = self._sizes
        return Column(
            texts, np.cumsum(starts, dtype=np.uint32), ranks[_numbers(self._values)].astype(np.uint32)
        )


class _Texts:
    """Words of documents with their places; `owners` are the documents of the values with words."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._words: list[int] = []
        self._positions: list[int] = []
        self.owners: list[int] = []
        self._starts: list[int] = []
        self._sizes: list[int] = []
        self._widths: list[int] = []

    def add(self, document: int, values: Iterable[Tokens]) -> None:
        """Add the values of the next document that has any, so far apart that no phrase spans two."""
        start = 0
        for words, positions in values:
            if words:
                self._words.extend(map(self._numbers.__getitem__, words))
                self._positions.extend(positions)
                self.owners.append(document)
                self._starts.append(start)
                self._sizes.append(len(words))
                self._widths.append(positions[-1] + 1)
                start = min(start + positions[-1] + VALUE_GAP, _LAST_START)

    def postings(self) -> _Field:
        """Return where the words are."""
        terms, ranks = ranked(_terms(self._numbers))
        order, words = _sorted(ranks[_numbers(self._words)])
        owners = np.repeat(_numbers(self.owners), self._sizes)[order]
        positions = np.repeat(_numbers(self._starts), self._sizes) + _numbers(self._positions)
        first = _changes(words, owners)
        return _Field(
            terms,
            np.bincount(words[first], minlength=len(terms)),
            np.bincount(words, minlength=len(terms)),
            owners[first],
            np.diff(first, append=len(words)).astype(np.uint32),
            positions[order],
        )

    def lengths(self, size: int) -> Numbers:
        """Return how long each of `size` documents is: forms of a word at one place are one word."""
        return np.bincount(_numbers(self.owners), _numbers(self._widths), size).astype(np.uint32)


def _joined(fields: Mapping[str, _Field]) -> Postings:
    """Put fields one after the other, in the order of their names with the NUL behind them."""
    ordered = sorted(fields.items(), key=lambda item: named(item[0], b""))
    parts = [part for _, part in ordered] or [_NOTHING]
    return Postings(
        [name for field, part in ordered for name in map(named(field, b"").__add__, part.terms)],
        offsets(np.concatenate([part.sizes for part in parts])),
        offsets(np.concatenate([part.spaces for part in parts])),
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.positions for part in parts]),
    )


def _terms(texts: Collection[str]) -> list[bytes]:
    """Return what `encoded` gives for each text: all at once where, as nearly always, none has breaks."""
    joined = "\n".join(texts)
    if not texts or "\0" in joined or joined.count("\n") >= len(texts):
        return [*map(encoded, texts)]
    return joined.encode("utf-8", "replace").split(b"\n")


def _sorted(ranks: _Places) -> tuple[_Places, _Places]:
    """Return the order in which ranks ascend, equal ones as they came, and the ranks in that order.

    Sorted together with their places as single numbers, for which numpy has vector instructions: a stable
    `argsort` takes four times as long.
    """
    packed = ranks << 32 | np.arange(len(ranks))
    packed.sort()
    return packed & 0xFFFFFFFF, packed >> 32


def _changes(terms: _Places, documents: Numbers) -> _Places:
    """Return where the term or the document is another than before."""
    changed = np.ones(len(terms), np.bool_)
    changed[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    return np.flatnonzero(changed)


def _numbers(found: list[int]) -> Numbers:
    # By way of an `array`: numpy takes three times as long to read a list.
    return np.frombuffer(array("I", found), np.uint32) if found else np.zeros(0, np.uint32)


def _written(text: str) -> str:
    """Return a text as UTF-8 can hold it."""
    return text.encode("utf-8", "replace").decode()
