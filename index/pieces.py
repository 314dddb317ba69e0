"""The words of one piece of text, a stretch without blanks, where they are not simply its letters."""

import re
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import NamedTuple

from index.folding import fold, origins, written_out
from index.scripts import MARKS, UNSPACED

LONGEST = 255
"""Characters kept of one unbroken word; the query is cut alike, so it is still found."""

_MOST_PARTS = 6
_REPEATED = 64


class Piece(NamedTuple):
    """The tokens of a piece side by side, the positions they have from 0 on, and how many those are.

    `starts` and `ends` are the characters of the folded piece that a token is made of.
    """

    words: tuple[str, ...]
    places: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    width: int


_TAIL = r"(?:\+\+|\#)?"
_LETTERS = rf"[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}])*"
_CHUNK = re.compile(rf"([{UNSPACED}][{UNSPACED}{MARKS}]*)|{_LETTERS}(?:[-'.]{_LETTERS})*{_TAIL}")
_ASCII_CHUNK = re.compile(r"()[a-z0-9]+(?:[-'.][a-z0-9]+)*" + _TAIL)
_MARK = re.compile(f"[{MARKS}]")
_CLUSTER = re.compile(rf".[{MARKS}]*", re.DOTALL)
_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_ELISION = re.compile(
    r"(?<![^-/])([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|coll|quell|quest"
    r"|d[ae]ll|all|nell|sull|d[ae]gl|agl|negl|sugl)'(?=[aeiouhy])"
)
_PART = re.compile("[^-/]+")


def piece(text: str) -> Piece:
    """Analyse one piece; pieces as short as words are remembered, for they come again."""
    return _repeated(text) if len(text) < _REPEATED else _piece(text)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the characters that each token of a piece comes from, as the piece was written."""
    return _repeated_spans(text) if len(text) < _REPEATED else _spans(text)


def _piece(text: str) -> Piece:
    found = _folded(fold(text))
    other = written_out(text)
    if other is None:
        return found
    others = _folded(fold(other))
    if found.places != others.places:
        return found  # initials (Ö.B.) are letters no more once written out
    twice = [
        row
        for row, word in zip(zip(*found[:4], strict=True), others.words, strict=True)
        for row in ((row,) if row[0] == word else (row, (word, *row[1:])))
    ]
    return _columns(twice, found.width)


def _spans(text: str) -> list[tuple[int, int]]:
    found = piece(text)
    if text.isascii():
        return list(zip(found.starts, found.ends, strict=True))
    starts, ends = origins(text)
    return [(starts[first], ends[end - 1]) for first, end in zip(found.starts, found.ends, strict=True)]


_repeated = lru_cache(maxsize=1 << 14)(_piece)
_repeated_spans = lru_cache(maxsize=1 << 12)(_spans)

_Row = tuple[str, int, int, int]


def _columns(rows: list[_Row], width: int) -> Piece:
    words, places, starts, ends = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Piece(words, places, starts, ends, width)


def _folded(folded: str) -> Piece:
    rows: list[_Row] = []
    width = 0
    for match in (_ASCII_CHUNK if folded.isascii() else _CHUNK).finditer(folded):
        at = match.start()
        if match[1]:
            found, taken = _run(match[0], at, width)
        else:
            found, taken = _chunk(match[0])
            if at or width:
                found = [(word, place + width, start + at, end + at) for word, place, start, end in found]
        rows += found
        width += taken
    return _columns(rows, width)


def _run(run: str, at: int, place: int) -> tuple[list[_Row], int]:
    """Return the overlapping pairs of a run of a script without blanks, and its last character."""
    letters: str | list[str] = run
    bounds: range | list[int] = range(at, at + len(run) + 1)
    if _MARK.search(run):
        letters = _CLUSTER.findall(run)
        bounds = list(accumulate(map(len, letters), initial=at))
    width = max(len(letters) - 1, 1)
    rows = list(
        zip(map(add, letters, letters[1:]), range(place, place + width), bounds, bounds[2:], strict=False)
    )
    rows.append((letters[-1], place + width - 1, bounds[-2], bounds[-1]))
    return rows, width


def _chunk(chunk: str) -> tuple[list[_Row], int]:
    """Return the words of letters that hyphens, apostrophes and full stops hold together."""
    letters = chunk.rstrip("+#")
    tail = chunk[len(letters) :]
    if len(letters) > LONGEST:
        letters, tail = letters[:LONGEST].rstrip("-'."), ""
    if letters.isalnum() and not tail:
        return [(letters, 0, 0, len(letters))], 1
    # Marked so that nothing moves: `/` parts at full stops, NUL and apostrophes will be dropped.
    marked = _STOP.sub("/", _INITIALS.sub(_undotted, letters)) if "." in letters else letters
    parted = _ELISION.sub(r"\1-", marked) if "'" in letters else marked
    rows: list[_Row] = []
    start = width = 0
    for segment in parted.split("/"):
        parts = [part.span() for part in _PART.finditer(parted, start, start + len(segment))]
        elided = parted is not marked and _ELISION.match(marked, start) is not None
        rows += _compound(parted, parts, width, elided=elided)
        width += len(parts)
        start += len(segment) + 1
    word, place, start, _ = rows[-1]
    if tail and len(word) == 1:  # C++ and C#: also found by the letter alone
        rows.insert(-1, (word + tail, place, start, len(chunk)))
    return rows, width


def _undotted(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "\0")


def _compound(parted: str, parts: list[tuple[int, int]], width: int, *, elided: bool) -> list[_Row]:
    """Return the parts of a hyphenated word, joined as well; what follows an elision is joined by itself."""
    rows: list[_Row] = []
    for place, (start, end) in enumerate(parts, width):
        rows.append((_word(parted[start:end]), place, start, end))
        if place - width <= elided and 1 < len(parts) + width - place <= _MOST_PARTS:
            last = parts[-1][1]
            whole = _word(parted[start:last].replace("-", ""))
            if not _is_number(whole):
                rows.append((whole, place, start, last))
    return rows


def _word(text: str) -> str:
    return text.replace("'", "").replace("\0", "")


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()
