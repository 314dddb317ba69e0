"""Which tokens of a text are words of a query, and where they stand in it."""

import fnmatch
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from index.analyzer import cleaned
from index.pieces import LONGEST, Piece, piece, spans
from index.query.ast import Word
from index.stem import stem


class At(NamedTuple):
    """A token: its position among the others, and the characters `text[start:end]` it comes from."""

    position: int
    start: int
    end: int


class Words:
    """The words of a query, to be found in many texts.

    A text is looked at piece by piece, between blanks, as the analyser does; what a piece has of the query
    is found out once and kept. Tokens that no word wants are never made: it is the same as picking from
    `analyzer.located`, in a fifth of the time.
    """

    def __init__(self, words: Iterable[Word], *, placed: bool = True) -> None:
        """Take the words; `placed` False spares the positions, which then merely ascend as the tokens do."""
        self._match = _Match(dict.fromkeys(words))
        self._placed = placed
        self._seen: set[str] = set()
        self._wanted: dict[str, list[tuple[Word, At]]] = {}
        self._wider: dict[str, int] = {}

    def find(self, text: str) -> Mapping[Word, list[At]]:
        """Return the tokens that each word stands for, where it has any."""
        clean = cleaned(text)
        pieces = clean.split()
        if not self._seen.issuperset(pieces):
            self._learn(set(pieces) - self._seen)
        wanted = self._wanted.keys() & pieces
        if not wanted:
            return {}
        found: dict[Word, list[At]] = {}
        positions = self._positions(pieces, wanted) if self._placed else {}
        for one in wanted:
            starts = list(_starts(clean, one))
            for position, start in zip(positions.get(one, starts), starts, strict=True):
                for word, at in self._wanted[one]:
                    here = At(position + at.position, start + at.start, start + at.end)
                    found.setdefault(word, []).append(here)
        return found

    def _positions(self, pieces: list[str], wanted: set[str]) -> Mapping[str, list[int]]:
        """Return the positions at which wanted pieces begin."""
        places: dict[str, list[int]] = {one: [] for one in wanted}
        numbered: Iterable[tuple[int, str]] = enumerate(pieces)
        if not self._wider.keys().isdisjoint(pieces):
            widths = (1 + self._wider.get(one, 0) for one in pieces)
            numbered = zip(accumulate(widths, initial=0), pieces, strict=False)
        for place, one in numbered:
            if one in wanted:
                places[one].append(place)
        return places

    def _learn(self, pieces: set[str]) -> None:
        """Find out what new pieces have of the query, and which take more or less than one position."""
        self._seen |= pieces
        may_begin = self._match.may_begin
        for one in pieces:
            if one.isalnum() and one.isascii() and len(one) <= LONGEST:
                if may_begin(one[0]):
                    self._keep(one, [(word, At(0, 0, len(one))) for word in self._match.words(one)])
            else:
                self._learn_odd(one, piece(one))

    def _learn_odd(self, one: str, known: Piece) -> None:
        if known.width != 1:
            self._wider[one] = known.width - 1
        if any(map(self._match.words, known.words)):
            inside = zip(known.words, known.places, spans(one), strict=True)
            self._keep(
                one,
                [
                    (word, At(place, start, end))
                    for token, place, (start, end) in inside
                    for word in self._match.words(token)
                ],
            )

    def _keep(self, one: str, inside: list[tuple[Word, At]]) -> None:
        if inside:
            self._wanted[one] = inside


def _starts(text: str, one: str) -> Iterator[int]:
    """Yield where a piece stands between blanks."""
    at = text.find(one)
    while at >= 0:
        end = at + len(one)
        if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(one, at + 1)


class _Match:
    """Tells which words of a query a token is."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._exact: dict[str, list[Word]] = defaultdict(list)
        self._stems: dict[str, list[Word]] = defaultdict(list)
        self._patterns: list[tuple[Callable[[str], re.Match[str] | None], Word]] = []
        initials: set[str] = set()
        for word in words:
            initials.add(word.text[0])  # stemming changes ends of words, never the first letter
            match word.match:
                case "exact":
                    self._exact[word.text].append(word)
                case "stem":
                    self._stems[stem(word.text)].append(word)
                case "wildcard":
                    # Tokens hold no bracket, the one sign more that fnmatch knows.
                    self._patterns.append((re.compile(fnmatch.translate(word.text)).match, word))
        # Tells whether a token that begins with a letter can be any of the words.
        self.may_begin: Callable[[str], bool] = bool if initials & {"*", "?"} else initials.__contains__

    def words(self, token: str) -> list[Word]:
        """Return the words that a token is."""
        if not self.may_begin(token[0]):
            return []
        found = [*self._exact.get(token, ())]
        if self._stems:
            found += self._stems.get(stem(token), ())
        return found + [word for fits, word in self._patterns if fits(token)]
