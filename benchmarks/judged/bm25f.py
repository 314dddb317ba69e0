"""BM25F in a page of numpy, to try settings of it: nothing of the engine is in here.

With the engine's settings it ranks as the engine does; a test says so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np

from index.document import Document
from index.evaluation.relevance import K1, B
from index.fields import DEFAULT_FIELDS, FIELDS
from index.stem import stem
from judged.engines import DEPTH, Rankings


class Setting(NamedTuple):
    """`streams`: the fields that share one length, each field in one of them; `weights`: by field."""

    streams: tuple[tuple[str, ...], ...]
    weights: Mapping[str, float]
    k1: float = K1
    b: float = B
    stems: bool = True


def shipped(**other: float) -> Setting:
    """Return the setting the index is shipped with, some fields weighted otherwise."""
    streams: dict[str, tuple[str, ...]] = {}
    for field in DEFAULT_FIELDS:
        name = FIELDS[field].stream or field
        streams[name] = (*streams.get(name, ()), field)
    weights = {field: FIELDS[field].weight for field in DEFAULT_FIELDS} | other
    return Setting(tuple(streams.values()), weights)


class Texts:
    """Documents as counts of words by field."""

    def __init__(self, documents: Sequence[Document], *, stems: bool = True) -> None:
        form = stem if stems else str
        self._keys = [document.key for document in documents]
        self._lengths = {field: np.zeros(len(documents)) for field in DEFAULT_FIELDS}
        counts: dict[str, dict[str, list[tuple[int, int]]]] = {field: {} for field in DEFAULT_FIELDS}
        for number, document in enumerate(documents):
            for field in DEFAULT_FIELDS:
                values = document.text.get(field, ())
                words = [word for value in values for word in value.words]
                self._lengths[field][number] = sum(len({*value.positions}) for value in values)
                for word, times in Counter(map(form, words)).items():
                    counts[field].setdefault(word, []).append((number, times))
        self._counts = {
            field: {word: np.array(found).T for word, found in words.items()}
            for field, words in counts.items()
        }
        self._form = form

    def rank(self, words: Sequence[str], setting: Setting) -> list[str]:
        """Return the keys of documents that have any of the words, the best first.

        Words of one stem count as often as they are asked for, as leaves of a query do.
        """
        size = len(self._keys)
        total = np.zeros(size)
        for word, asked in Counter(map(self._form, words)).items():
            weight = np.zeros(size)
            for stream in setting.streams:
                weight += self._frequency(word, stream, setting) / self._norm(stream, setting)
            matching = np.count_nonzero(weight)
            idf = log(1 + (size - matching + 0.5) / (matching + 0.5))
            total += asked * idf * weight / (setting.k1 + weight)
        found = sorted(
            np.flatnonzero(total).tolist(), key=lambda number: (-round(total[number], 9), self._keys[number])
        )
        return [self._keys[number] for number in found[:DEPTH]]

    def _frequency(self, word: str, stream: Sequence[str], setting: Setting) -> np.ndarray:
        frequency = np.zeros(len(self._keys))
        for field in stream:
            if word in self._counts[field]:
                numbers, times = self._counts[field][word]
                frequency[numbers] += setting.weights[field] * times
        return frequency

    def _norm(self, stream: Sequence[str], setting: Setting) -> np.ndarray:
        lengths = sum(
            (setting.weights[field] * self._lengths[field] for field in stream), np.zeros(len(self._keys))
        )
        mean = lengths[lengths > 0].mean() if lengths.any() else 1.0
        return (1 - setting.b) + setting.b * lengths / mean


def rankings(texts: Texts, questions: Mapping[str, Sequence[str]], setting: Setting) -> Rankings:
    """Rank for every question, given as its words."""
    return {key: texts.rank(words, setting) for key, words in questions.items()}
