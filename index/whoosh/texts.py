"""Texts by their number, each decoded when it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from index.evaluation.protocol import Column
from index.whoosh.sections import Section
from index.whoosh.union import united

_FEW = 8  # times as long takes one text by itself as one of all


def text_arrays(prefix: str, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of texts, named from a prefix on."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.fromiter(accumulate(map(len, encoded), initial=0), np.uint64, len(encoded) + 1)
    return {f"{prefix}.ends": ends, f"{prefix}.texts": np.frombuffer(b"".join(encoded), np.uint8)}


class Texts(Sequence[str]):
    """The texts of a file, in its order. What reads them raises StoreError when they are damaged."""

    def __init__(self, prefix: str, sections: Mapping[str, Section]) -> None:
        self._ends = sections[f"{prefix}.ends"]
        self._data = sections[f"{prefix}.texts"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        start, end = self._ends.part(number % len(self), number % len(self) + 2).tolist()
        return self._data.data(start, end).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (text.decode("utf-8", "surrogatepass") for text in self.encoded())

    def some(self, numbers: Sequence[int]) -> list[str]:
        """Return the texts of some numbers, in their order."""
        if len(numbers) * _FEW < len(self):
            return [self[number] for number in numbers]
        texts = self.encoded()
        return [texts[number].decode("utf-8", "surrogatepass") for number in numbers]

    def encoded(self) -> list[bytes]:
        """Return all texts in UTF-8, in which they sort as they do decoded."""
        data = self._data.data(0, len(self._data))
        return [data[start:end] for start, end in pairwise(self._ends.whole().tolist())]


class MergedTexts(Sequence[str]):
    """Texts given in UTF-8."""

    def __init__(self, encoded: list[bytes]) -> None:
        self._encoded = encoded

    def __len__(self) -> int:
        return len(self._encoded)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [text.decode("utf-8", "surrogatepass") for text in self._encoded[number]]
        return self._encoded[number].decode("utf-8", "surrogatepass")

    def encoded(self) -> list[bytes]:
        """Return all texts in UTF-8."""
        return self._encoded


def merged_column(columns: Sequence[Column]) -> Column:
    """Return the columns of several segments as one; that of a single one as it is."""
    if len(columns) == 1:
        return columns[0]
    distinct, places = united([_encoded(column.values) for column in columns])
    ordinals = [each.astype(np.uint32)[column.ordinals] for each, column in zip(places, columns, strict=True)]
    counts = np.concatenate([np.zeros(0, np.uint32), *(np.diff(column.starts) for column in columns)])
    starts = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=starts[1:])
    return Column(MergedTexts(distinct), starts, np.concatenate([np.zeros(0, np.uint32), *ordinals]))


def _encoded(texts: Sequence[str]) -> list[bytes]:
    if isinstance(texts, Texts | MergedTexts):
        return texts.encoded()
    return [text.encode("utf-8", "surrogatepass") for text in texts]
