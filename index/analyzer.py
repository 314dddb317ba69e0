"""One analyser for records and queries: text in, folded words with positions out.

- A word is letters, their marks and digits. Case, accents and compatibility forms are folded (Unicode
  NFKC_Casefold, UAX #15 and #31, then marks that are accents removed): `Łódź` is `lodz`, `H₂O` is `h2o`.
- An apostrophe within a word is dropped: `O’Brien` is `obrien`, `don't` is `dont`. French, Italian and
  Catalan elisions are parted like hyphens, so that `l'école` is found by `école`.
- A hyphenated word is its parts at successive positions, and joined at the first: `peer-support` is
  `peer`, `support` and `peersupport`.
- Umlauts and their Nordic like are also written out beside the folded word: `Löwe` is `lowe` and `loewe`,
  since one cataloguer types `ö` and the next, or the name itself, `oe`.
- Full stops between single letters are dropped (`U.S.A.` is `usa`), those between digits kept (`0.05`).
- Scripts written without blanks (Han, kana, Hangul, Thai, Lao, Khmer, Burmese) become overlapping pairs
  of characters; the last character of a run also stands alone, so that each character begins a token.
- There is no stop list and no stemming here: both would lose titles such as "The Who" or "IT".
"""

import re
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

from index.pieces import LONGEST, Piece, piece, spans
from index.scripts import is_unspaced

__all__ = [
    "LONGEST",
    "Located",
    "Token",
    "Tokens",
    "analyze",
    "is_unspaced",
    "joined",
    "located",
    "tokens",
    "words",
]


class Token(NamedTuple):
    """A folded word and its place, counted from 0, within the text."""

    text: str
    position: int


class Tokens(NamedTuple):
    """The tokens of one value, side by side; equal tokens are equal values.

    `positions` ascend, several tokens may stand at one; they are a range from 0 when each has its own.
    """

    words: tuple[str, ...]
    positions: Sequence[int]


class Located(NamedTuple):
    """The tokens of one value with the characters `text[start:end]` that each comes from, side by side.

    A part of a hyphenated word comes from that part, the joined form from the whole word.
    """

    words: tuple[str, ...]
    positions: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]


def _table() -> bytes:
    """Return what each byte of UTF-8 becomes: lower case, and a blank for what is of no word."""
    kept = dict(zip(b"-'.+#`", b"-'.+#'", strict=True))
    return bytes(
        byte if byte > 0x7F else kept.get(byte) or (ord(chr(byte).lower()) if chr(byte).isalnum() else 0x20)
        for byte in range(0x100)
    )


_PLAIN = _table()
_PIECE = re.compile(r"\S+")


def tokens(text: str) -> Tokens:
    """Return the tokens of one value; of several at a position the word as written comes first."""
    found = cleaned(text).split()
    odd = _odd(found, text)
    if not odd:
        return Tokens(tuple(found), range(len(found)))
    words, positions = _woven(found, odd, [piece(found[n]) for n in odd])
    return Tokens(tuple(words), positions)


def located(text: str) -> Located:
    """Return the tokens of one value, as `tokens` does, with the characters they come from."""
    clean = cleaned(text)
    found = clean.split()
    starts = [match.start() for match in _PIECE.finditer(clean)]
    ends = list(map(add, starts, map(len, found)))
    odd = _odd(found, text)
    if not odd:
        return Located(tuple(found), range(len(found)), starts, ends)
    words, positions = _woven(found, odd, [piece(found[n]) for n in odd])
    for n in reversed(odd):
        at = starts[n]
        inside = spans(found[n])
        starts[n : n + 1] = [at + start for start, _ in inside]
        ends[n : n + 1] = [at + end for _, end in inside]
    return Located(tuple(words), positions, starts, ends)


def cleaned(text: str) -> str:
    """Return text, character for character, with ASCII letters in lower case, its other signs mostly blanks.

    Folding a text piece by piece is folding it whole: nothing composes across a blank.
    """
    known = text.encode("utf-8", "surrogatepass").translate(_PLAIN)
    # Full stops and hyphens that hold nothing together; what they are beside is then the plainer.
    known = known.replace(b". ", b"  ").replace(b" -", b"  ").replace(b"- ", b"  ")
    return known.rstrip(b".").decode("utf-8", "surrogatepass")


def _odd(found: list[str], text: str) -> list[int]:
    """Return which pieces are more or less than one word of ASCII letters and digits."""
    if len(text) > LONGEST and max(map(len, found), default=0) > LONGEST:
        return [n for n, one in enumerate(found) if len(one) > LONGEST or not _is_plain(one)]
    if text.isascii():
        return [n for n, one in enumerate(found) if not one.isalnum()]
    return [n for n, one in enumerate(found) if not _is_plain(one)]


def _is_plain(one: str) -> bool:
    return one.isascii() and one.isalnum()


def _woven(found: list[str], odd: list[int], pieces: list[Piece]) -> tuple[list[str], Sequence[int]]:
    """Put the tokens of odd pieces among the plain words."""
    words: list[str] = []
    width = len(found) - len(odd)
    done = 0
    for n, known in zip(odd, pieces, strict=True):
        words += found[done:n]
        words += known.words
        width += known.width
        done = n + 1
    words += found[done:]
    if len(words) == width:  # positions leave no gap: each token has its own
        return words, range(width)
    return words, tuple(_positions(len(found), odd, pieces))


def _positions(count: int, odd: list[int], pieces: list[Piece]) -> list[int]:
    positions: list[int] = []
    done = position = 0
    for n, known in zip(odd, pieces, strict=True):
        here = position + n - done
        positions += range(position, here)
        positions += [here + place for place in known.places]
        position = here + known.width
        done = n + 1
    positions += range(position, position + count - done)
    return positions


def analyze(text: str) -> list[Token]:
    """Return the tokens of one value one by one."""
    return list(map(Token, *tokens(text)))


def words(text: str) -> list[str]:
    """Return one token for each position: what a phrase of this text looks for."""
    found: dict[int, str] = {}
    for token in analyze(text):
        found.setdefault(token.position, token.text)
    return list(found.values())


def joined(text: str) -> str | None:
    """Return the joined form of one hyphenated or elided word, None when the text is anything else."""
    parts = words(text)
    whole = "".join(parts)
    return whole if len(parts) > 1 and Token(whole, 0) in analyze(text) else None
