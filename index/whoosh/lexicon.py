"""Names in ascending order, found by a search in memory and one look into the file.

Names lie one after the other, each in a line, 64 to a page. The first names of all pages are kept as a
list: Python's `bisect` finds the page among a million names in half a microsecond, `bytes.find` the name.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh.sections import Section

_PAGE = 64


def lexicon_arrays(prefix: str, names: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays of ascending names without line breaks, named from a prefix on."""
    pages = [b"\n".join(names[start : start + _PAGE]) + b"\n" for start in range(0, len(names), _PAGE)]
    heads = b"".join(name + b"\n" for name in names[::_PAGE])
    return {
        f"{prefix}.lines": np.frombuffer(b"".join(pages), np.uint8),
        f"{prefix}.heads": np.frombuffer(heads, np.uint8),
        f"{prefix}.pages": np.fromiter(accumulate(map(len, pages), initial=0), np.uint64, len(pages) + 1),
    }


class Lexicon:
    """Names numbered from 0 in ascending order."""

    def __init__(self, prefix: str, sections: Mapping[str, Section]) -> None:
        self._lines = sections[f"{prefix}.lines"]
        self._head_lines = sections[f"{prefix}.heads"]
        self._page_starts = sections[f"{prefix}.pages"]
        self._heads: list[bytes] | None = None
        self._pages: list[int] = []

    def number_of(self, name: bytes) -> int | None:
        """Return the number of a name, None when it is not there."""
        page = bisect_right(self._load(), name) - 1
        if page < 0:
            return None
        lines = b"\n" + self._page(page)
        place = lines.find(b"\n%s\n" % name)
        return None if place < 0 else page * _PAGE + lines.count(b"\n", 0, place)

    def first(self, name: bytes) -> int:
        """Return the number of the first name not below one."""
        page = max(bisect_left(self._load(), name) - 1, 0)
        return page * _PAGE + bisect_left(self._names(page), name)

    def span(self, low: bytes, high: bytes) -> range:
        """Return the numbers of the names not below low and below high."""
        start = self.first(low)
        return range(start, max(start, self.first(high)))

    def some(self, numbers: Sequence[int]) -> Iterable[bytes]:
        """Return the names of ascending numbers."""
        if isinstance(numbers, range):
            return self.lines(numbers).split(b"\n")[:-1]
        return self._ascending(numbers)

    def _ascending(self, numbers: Iterable[int]) -> Iterator[bytes]:
        self._load()
        here, names = -1, []
        for number in numbers:
            page, line = divmod(number, _PAGE)
            if page != here:
                here, names = page, self._names(page)
            yield names[line]

    def lines(self, numbers: range) -> bytes:
        """Return consecutive names, with a line break after each."""
        return self._lines.data(self._place(numbers.start), self._place(numbers.stop))

    def all(self) -> list[bytes]:
        """Return all names."""
        return self._lines.data(0, len(self._lines)).split(b"\n")[:-1]

    def _load(self) -> list[bytes]:
        if self._heads is None:
            self._pages = self._page_starts.whole().tolist()
            self._heads = self._head_lines.data(0, len(self._head_lines)).split(b"\n")[:-1]
        return self._heads

    def _place(self, number: int) -> int:
        """Return where the line of a name begins."""
        self._load()
        page, line = divmod(number, _PAGE)
        return self._pages[page] + (sum(map(len, self._names(page)[:line])) + line if line else 0)

    def _page(self, page: int) -> bytes:
        return self._lines.data(self._pages[page], self._pages[page + 1])

    def _names(self, page: int) -> list[bytes]:
        if page + 1 >= len(self._pages):
            return []
        return self._page(page).split(b"\n")[:-1]
