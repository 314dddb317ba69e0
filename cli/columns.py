"""Text measured in terminal columns: wide East Asian letters take two, combining marks none."""

import re
import unicodedata
from collections.abc import Iterator

_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))
_WIDE = (  # Hangul, kana, Han and full-width forms, as UAX #11 has them
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_CLOSING = "、。，．：；！？」』）】〉》〕］｝ー々"  # begin no line: JIS X 4051
# What a line is broken behind: a word, or, where there are no blanks between words, each letter.
_PIECE = re.compile(rf"\s+|[^\s{_WIDE}]+[{_CLOSING}]*|[{_WIDE}][{_CLOSING}]*")


def columns(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(letter) in _NO_WIDTH
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def cut(text: str, width: int) -> str:
    """Return a text that fits; one that was cut ends in `…`."""
    if columns(text) <= width:
        return text
    room = width - 1
    for end, letter in enumerate(text):
        room -= columns(letter)
        if room < 0:
            return text[:end].rstrip() + "…"
    return text


def wrap(text: str, width: int, *, most: int | None = None) -> list[str]:
    """Return the lines of a text; of more than `most` the last is cut. Addresses are never broken."""
    lines = list(_lines(text, width))
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], cut(f"{lines[most - 1]} …", width)]
    return lines


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _PIECE.findall(text):
        taken = columns(piece)
        if line and not piece.isspace() and used + taken > width:
            yield line.rstrip()
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + taken
    if line:
        yield line.rstrip()
