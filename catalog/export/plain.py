"""Text as one clean line, which is what every citation format takes."""

import re
import unicodedata
from typing import Final

_BLANKS: Final = re.compile(r"[^\S\u00a0\u202f]+")
_JOINERS: Final = "\u200c\u200d"
_LATIN_TO: Final = 0x5FF
_INVISIBLE: Final = ("Cc", "Cf", "Cs")


def clean(value: str) -> str:
    """Return the text as one NFC line without control, soft-hyphen, direction and zero-width characters."""
    if value.isascii() and value.isprintable():
        return value.strip() if "  " not in value else " ".join(value.split())
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", value))
    invisible = {c for c in set(text) if not c.isprintable() and _is_invisible(c)}
    if invisible:
        kept: list[str] = []
        for character in text:
            if character not in invisible or (kept and _joins(character, kept[-1])):
                kept.append(character)
        text = " ".join(part for part in unicodedata.normalize("NFC", "".join(kept)).split(" ") if part)
    return text.strip("\u00a0\u202f ")


def _is_invisible(character: str) -> bool:
    """Tell control, format and surrogate characters, and noncharacters, from letters new to Python."""
    code = ord(character)
    noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return noncharacter or unicodedata.category(character) in _INVISIBLE


def _joins(character: str, before: str) -> bool:
    """Tell a joiner behind a letter, which is part of Persian and of Indic words, and of emoji."""
    return character in _JOINERS and ord(before) > _LATIN_TO and not before.isspace()
