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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.folding import fold, written_out

LONGEST = 255
"""Characters kept of one unbroken word; the query is cut alike, so it is still found."""

_MOST_PARTS = 6


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


# Scripts that put no blank between words; Hangul puts one between phrases only (UAX #29 table 1).
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1100-\u11ff"
    "\u1780-\u17d3\u17dc\u17dd\u3005-\u3007\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c"
    "\uaa60-\uaa7f\uac00-\ud7fb\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Vowel signs and other marks that are part of the letter (Brahmic scripts, Thaana, N'Ko, …): `\w` has none.
_MARKS = (
    "\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u0900-\u0963\u0971-\u0df3\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84"
    "\u0f86\u0f87\u0f8d-\u0fbc\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d"
    "\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u1712-\u1715\u1732-\u1734\u1752\u1753\u1772\u1773"
    "\u17b4-\u17d3\u17dd\u1885\u1886\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b04\u1b34-\u1b44"
    "\u1b6b-\u1b73\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1cf9"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua802-\ua827\ua880\ua881"
    "\ua8b4-\ua8c5\ua8e0-\ua8f1\ua926-\ua92d\ua947-\ua953\ua980-\ua983\ua9b3-\ua9c0\ua9e5\uaa29-\uaa4d"
    "\uaa7b-\uaa7d\uaab0-\uaac1\uaaeb-\uaaf6\uabe3-\uabed\U00010a01-\U00010a3f\U00011000-\U00011046"
    "\U00011080-\U000110ba\U00011100-\U00011134\U00011180-\U000111c0\U0001122c-\U00011237"
    "\U00011300-\U00011374\U00011435-\U00011446\U000114b0-\U000114c3\U000115af-\U000115c0"
    "\U00011630-\U00011640\U000116ab-\U000116b7\U0001e000-\U0001e02a\U0001e130-\U0001e136"
)
_TAIL = r"(?:\+\+|\#)?"
_ASCII_CHUNK = re.compile(r"[a-z0-9]+(?:[-'.][a-z0-9]+)*" + _TAIL)
_LETTERS = rf"[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}])*"
_CHUNK = re.compile(rf"([{_UNSPACED}][{_UNSPACED}{_MARKS}]*)|{_LETTERS}(?:[-'.]{_LETTERS})*{_TAIL}")
_RUN = re.compile(rf"[{_UNSPACED}]")
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)
_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_ELISION = re.compile(
    r"(?<![^-])([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|coll|quell|quest"
    r"|d[ae]ll|all|nell|sull|d[ae]gl|agl|negl|sugl)'(?=[aeiouhy])"
)


def tokens(text: str) -> Tokens:
    """Return the tokens of one value; of several at a position the word as written comes first."""
    found = analyze(text)
    positions = tuple(token.position for token in found)
    trivial = range(len(found))
    return Tokens(tuple(token.text for token in found), trivial if positions == (*trivial,) else positions)


def analyze(text: str) -> list[Token]:
    """Return the tokens of one value one by one."""
    tokens = _tokens(fold(text))
    other = written_out(text)
    if other is None:
        return tokens
    others = _tokens(fold(other))
    if [token.position for token in tokens] != [token.position for token in others]:
        return tokens  # initials (Ö.B.) are letters no more once written out
    pairs = zip(tokens, others, strict=True)
    return [token for one, two in pairs for token in ((one,) if one == two else (one, two))]


def _tokens(folded: str) -> list[Token]:
    if folded.isascii():
        return _place(_ASCII_CHUNK.findall(folded))
    return _place([match[0] for match in _CHUNK.finditer(folded)])


def _place(chunks: list[str]) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    for chunk in chunks:
        if chunk.isascii() and chunk.isalnum():
            tokens.append(Token(chunk[:LONGEST], position))
            position += 1
            continue
        parts, width = _unspaced(chunk) if is_unspaced(chunk) else _parts(chunk[:LONGEST])
        tokens += [Token(part, position + offset) for part, offset in parts]
        position += width
    return tokens


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


def is_unspaced(token: str) -> bool:
    """Tell whether a token is of a script written without blanks: a pair of characters, or one."""
    return not token.isascii() and _RUN.match(token) is not None


def _unspaced(run: str) -> tuple[list[tuple[str, int]], int]:
    letters = _CLUSTER.findall(run)
    pairs = [(letters[n] + letters[n + 1], n) for n in range(len(letters) - 1)]
    return [*pairs, (letters[-1], max(len(pairs) - 1, 0))], max(len(pairs), 1)


@lru_cache(maxsize=1 << 14)
def _parts(chunk: str) -> tuple[tuple[tuple[str, int], ...], int]:
    """Return the words of one chunk with their offsets, and how many positions it takes."""
    letters = chunk.rstrip("+#")
    tail = chunk[len(letters) :]
    letters = _INITIALS.sub(lambda match: match[0].replace(".", ""), letters)
    found: list[tuple[str, int]] = []
    width = 0
    for segment in _STOP.split(letters):
        parts = _ELISION.sub(r"\1-", segment).replace("'", "").split("-")
        found += [
            (text, width + offset) for text, offset in _compound(parts, elided=bool(_ELISION.match(segment)))
        ]
        width += len(parts)
    last, offset = found[-1]
    if tail and len(last) == 1:  # C++ and C#: also found by the letter alone
        found[-1:] = [(last + tail, offset), (last, offset)]
    return tuple(found), width


def _compound(parts: list[str], *, elided: bool) -> Iterator[tuple[str, int]]:
    for offset, part in enumerate(parts):
        yield part, offset
        rest = parts[offset:]
        whole = "".join(rest)
        if (
            (offset == 0 or (offset == 1 and elided))
            and 1 < len(rest) <= _MOST_PARTS
            and not _is_number(whole)
        ):
            yield whole, offset


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()
