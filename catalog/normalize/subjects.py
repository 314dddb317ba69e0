"""Subjects from the classification (LCC, as DOAJ uses it) and keywords from authors, kept apart."""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from catalog.codes import table
from catalog.normalize.classes import class_table, fold
from catalog.normalize.text import plain
from catalog.record import Subject


@lru_cache(maxsize=4096)
def lcc_subject(code: str | None = None, term: str | None = None) -> Subject | None:
    """Build an LCC subject from a code, a caption or both, with the path from the class table.

    The table's caption replaces the source's spelling of it. A caption that two classes share
    ("By period") gets no code; what the table does not know is kept as given. None when both are empty.
    """
    code = "".join((code or "").split()) or None
    term = plain(term)
    known = class_table()
    if code and (found := known.by_code.get(code) or known.by_code.get(code.upper())):
        return found
    if code is None and term:
        codes = known.by_caption.get(fold(term), ())
        if len(codes) == 1:
            return known.by_code[codes[0]]
    if code is None and term is None:
        return None
    return Subject(term=term, scheme="lcc", code=code)


@lru_cache(maxsize=4096)
def lcc_codes(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of the classes along a path of captions, the widest first."""
    known = class_table().by_path
    steps = (path[:length] for length in range(1, len(path) + 1))
    return tuple(known[step] for step in steps if step in known)


def lcc_pair(label: str, code: str) -> bool:
    """Tell whether the table gives this caption, or its spelling before 2017, to this code."""
    return code.strip() in class_table().by_caption.get(fold(label), ())


@lru_cache(maxsize=4096)
def set_spec_subject(set_spec: str) -> Subject | None:
    """Decode a DOAJ setSpec: URL-safe base64 of `LCC:<caption>` with `~` for `=`; None for another's set.

    Source: portality/crosswalks/oaipmh.py `make_set_spec` of https://github.com/DOAJ/doaj. `DOAJ:<caption>`
    was DOAJ's own scheme until about 2016.
    """
    body = set_spec.strip().replace("~", "=").rstrip("=")
    try:
        name = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    scheme, colon, caption = name.partition(":")
    if not colon or not caption.strip():
        return None
    if scheme == "LCC":
        return lcc_subject(term=caption)
    return Subject(term=plain(caption), scheme="doaj") if scheme == "DOAJ" else None


@cache
def _announced() -> re.Pattern[str]:
    words = "|".join(table("keywords")["announced"])
    return re.compile(rf"^(?:{words})\s*[:：.\-–—]\s*", re.IGNORECASE)


_ALWAYS = re.compile(r"\s*[;；؛•●▪■◦‣\n\r|]+\s*")
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+")
_BETWEEN = re.compile(r",\s+(?![^()\[\]]*[)\]])")
_TIGHT = re.compile(r",(?![^()\[\]]*[)\]])")
_FOREIGN_COMMA = re.compile(r"\s*[，、،]\s*")
_LEADING = re.compile(r"^(?:[\s,;:·\-–—*_/\\]|\.(?=\W))+")
_TRAILING = " ,;:.·-–—*_/\\"
_KEEPS_DOT = re.compile(
    r"(?:^|[\s.(])(?:\w|[A-Za-z]+\.\w+|spp?|var|subsp|ssp|cf|etc|al|inc|ltd|co|corp|jr|sr|st)\.$",
    re.IGNORECASE,
)


def keywords(values: Iterable[str | None]) -> tuple[str, ...]:
    """Clean the author's keywords: crammed lists split, repeats removed whatever their case, order kept.

    Always split at `;`, bullets and line ends, and at `1. … 2. …`. At commas outside
    brackets only when the one value holds three short parts or more, or one of several five: "Smoking,
    prevention" stays.
    """
    given = [value for value in values if value and value.strip()]
    pieces: list[str] = []
    for value in given:
        # Line ends separate keywords, and `plain` turns them into blanks.
        for line in _ALWAYS.split(value) if "&" not in value else _decoded(value):
            pieces.extend(_unnumbered(line))
    if len(pieces) == 1:
        pieces = _at_commas(_without_label(plain(pieces[0]) or ""), fewest=3)
    else:
        pieces = [part for piece in pieces for part in _at_commas(piece, fewest=5)]
    kept: dict[str, str] = {}
    for piece in pieces:
        word = _keyword(piece)
        if word:
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


def _decoded(value: str) -> Iterable[str]:
    """Split after decoding, so that the `;` of `&amp;` separates nothing."""
    return (part for line in value.splitlines() for part in _ALWAYS.split(plain(line) or ""))


def _without_label(value: str) -> str:
    return _announced().sub("", value) if ":" in value or "：" in value or not value.isascii() else value


def _unnumbered(line: str) -> list[str]:
    """Split `1. x 2. y` where the numbers really count up from 1."""
    if "1" not in line:
        return [line]
    parts = _NUMBER.split(line)
    numbers = parts[1::2]
    if parts[0].strip() or len(numbers) < 2 or numbers != [str(n + 1) for n in range(len(numbers))]:
        return [line]
    return parts[2::2]


def _at_commas(value: str, *, fewest: int) -> list[str]:
    """Split a list that is plainly one: at least so many parts, all of them short."""
    if value.count(",") + 1 < fewest:
        foreign = [] if value.isascii() else _FOREIGN_COMMA.split(value)
        return foreign if len(foreign) > fewest - 2 else [value]
    parts = _BETWEEN.split(value)
    if len(parts) == 1:
        parts = _TIGHT.split(value)
        if min(map(len, parts)) < 3:
            return [value]  # 1,2-dichloroethane; N,N-dimethyl…
    if len(parts) < fewest or not all(0 < len(part) <= 60 and len(part.split()) <= 6 for part in parts):
        return [value]
    last = parts[-1]
    return [*parts[:-1], last[4:] if last[:4].lower() == "and " else last]


def _keyword(piece: str) -> str | None:
    text = plain(piece)
    if text is None:
        return None
    text = _without_label(text)
    bare = (text if text[:1].isalnum() else _LEADING.sub("", text)).rstrip(_TRAILING)
    if bare and text.rstrip(",;: ").endswith(".") and _KEEPS_DOT.search(f"{bare}."):
        bare += "."
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = bare[1:-1].strip()
    return bare if any(letter.isalnum() for letter in bare) else None
