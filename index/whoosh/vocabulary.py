"""The terms of a segment, found by what a query asks for: words, stems, patterns, bounds.

A stem stands for terms of all text fields at once: so no search stems a lexicon, and a word is looked up once
however many fields it is looked for in.
"""

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.evaluation.protocol import Numbers
from index.query.ast import Word
from index.stem import stem
from index.whoosh.arrays import offsets
from index.whoosh.lexicon import Lexicon, lexicon_arrays
from index.whoosh.names import TEXT_FIELDS, encoded, encoded_number, named
from index.whoosh.sections import Section


def vocabulary_arrays(names: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the terms of a segment, which ascend.

    `term.…` are the terms, `stem.…` the stems of those of text fields. The terms of stem n are
    `members[families[n]:families[n + 1]]`, ascending.
    """
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
        **lexicon_arrays("term", names),
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


class Vocabulary:
    """Terms by their numbers, which ascend with their names."""

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self._names = Lexicon("term", sections)
        self._stems = Lexicon("stem", sections)
        self._families, self._members = sections["families"], sections["members"]
        self._fields: dict[str, range] = {}

    def names(self) -> list[bytes]:
        """Return the names of all terms."""
        return self._names.all()

    def terms(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Yield terms without their fields."""
        return (name.partition(b"\0")[2] for name in self._names.some(numbers))

    def numbers(self, field: str, word: Word) -> Sequence[int]:
        """Return the numbers of the terms of a field that a word stands for, ascending."""
        match word.match:
            case "exact":
                found = self._names.number_of(named(field, encoded(word.text)))
                return () if found is None else (found,)
            case "stem":
                return self._of_stem(field, word.text)
            case "wildcard":
                return self._matching(field, word.text)

    def neighbours(self, field: str, term: str, most: int, *, backwards: bool) -> list[bytes]:
        """Return terms of a field without it, ascending from one on, or descending below it."""
        every = self.of_field(field)
        place = self._names.first(named(field, encoded(term)))
        if backwards:
            return list(self.terms(range(max(every.start, place - most), place)))[::-1]
        return list(self.terms(range(place, min(every.stop, place + most))))

    def between(self, field: str, low: int | None, high: int | None) -> range:
        """Return the terms of a number field between two bounds, both included."""
        first = b"" if low is None else encoded_number(low)
        last = b"\xff" if high is None else encoded_number(high)
        return self._names.span(named(field, first), named(field, last + b"\xff"))

    def of_field(self, field: str) -> range:
        """Return all terms of a field."""
        known = self._fields.get(field)
        if known is None:
            known = self._fields[field] = self._names.span(named(field, b""), named(field, b"\xff"))
        return known

    def _of_stem(self, field: str, text: str) -> list[int]:
        """Return the terms that have the stem of a text."""
        number = self._stems.number_of(encoded(stem(text)))
        if number is None:
            return []
        start, end = self._families.part(number, number + 2).tolist()
        family: list[int] = self._members.part(start, end).tolist()
        terms = self.of_field(field)
        return family[bisect_left(family, terms.start) : bisect_left(family, terms.stop)]

    def _matching(self, field: str, pattern: str) -> Sequence[int]:
        """Return the terms that fit a pattern of `*` (any characters) and `?` (any one)."""
        head = re.split(r"[*?]", pattern, maxsplit=1)[0]
        name = named(field, encoded(head))
        terms = self._names.span(name, name + b"\xff")
        if pattern == f"{head}*":
            return terms
        # Its expression tries each star once; many of ".*" would try all ways to part a long term.
        glob = encoded(pattern).decode().replace("[", "[[]")
        fits = re.compile(fnmatch.translate(f"{field}\0{glob}")).match
        names = self._names.lines(terms).decode().split("\n")
        return [number for number, name in zip(terms, names, strict=False) if fits(name)]
