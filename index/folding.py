"""Letters that are the same to a reader, made the same.

Unicode's NFKC_Casefold (UAX #15, #31) does most of it; what has no decomposition there is in a table here.
"""

import re
import unicodedata
from functools import lru_cache

# Accents, points and variation selectors: a reader leaves them out, or types them in another order.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0898-\u08ff"
    "\u180b-\u180d\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]+"
)


def _table() -> dict[int, str | None]:
    """Return what has no decomposition in Unicode but is, to a reader, the same letter or sign."""
    table: dict[int, str | None] = dict.fromkeys(map(ord, "‐‑‒–−֊־᠆"), "-")
    table |= dict.fromkeys(map(ord, "‘’‛´`′\u05f3\u05f4"), "'")
    # Modifier letters write ayn, hamza, okina and soft signs in romanisation; the middle dot is Catalan l·l.
    table |= dict.fromkeys(
        (*range(0x2B9, 0x2E0), *range(0x2E5, 0x300), 0xB7, 0x387, 0x640, 0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF)
    )
    table |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
    table |= dict.fromkeys((0x2120, 0x2122), " ")  # ℠ ™ would become letters
    letters = (
        "łl ŁL øo ØO đd ĐD ðd ÐD þth ÞTH æae ÆAE œoe ŒOE ıi ħh ĦH ŧt ŦT ĸk ŋng ŊNG ƒf ɓb ɗd ƙk ƴy ɖd əe ƏE"
    )
    table |= {ord(pair[0]): pair[1:] for pair in letters.split()}
    arabic = "ەه ىي یي ېي کك ةه ۀه ہه ھه ٱا"
    table |= {ord(pair[0]): pair[1:] for pair in arabic.split()}
    for zero in (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
                 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810):  # fmt: skip
        table |= {zero + digit: str(digit) for digit in range(10)}
    return table


_SAME = _table()
_IN_SAME = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]")
_UMLAUT = re.compile("[äöüåøǿÄÖÜÅØǾ\u212b\u0308\u030a]")
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ǿ": "oe"}
    | {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "\u212b": "AA", "Ø": "OE", "Ǿ": "OE"}
)


def fold(text: str) -> str:
    """Return text with case, accents, ligatures, width and invisible characters folded away."""
    if text.isascii():
        return text.lower().replace("`", "'")
    # Word by word, since most are ASCII and the others come again; nothing composes across a blank.
    return " ".join([fold(word) if word.isascii() else _folded(word) for word in text.split(" ")])


def _folded(word: str) -> str:
    return _repeated(word) if len(word) < _REPEATED else _fold(word)


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKD", _same(text)).casefold()
    folded = _same(unicodedata.normalize("NFKD", folded))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", folded))


def _same(text: str) -> str:
    # Each character that translate() does not find costs it an exception.
    return text.translate(_SAME) if _IN_SAME.search(text) else text


_REPEATED = 64
_repeated = lru_cache(maxsize=1 << 14)(_fold)


def origins(text: str) -> tuple[list[int], list[int]]:
    """Return the start and the end, in a text, of what each character of the folded text comes from."""
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _goes_on(text[end]):
            continue
        length = len(fold(text[start:end]))
        starts += [start] * length
        ends += [end] * length
        start = end
    return starts, ends


@lru_cache(maxsize=1 << 13)
def _goes_on(char: str) -> bool:
    """Tell whether a character folds together with those before it: marks, jamo, and what is left out."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff" or not fold(char)


def written_out(text: str) -> str | None:
    """Return text with ä, ö, ü, å and ø as two letters each, None when it has none of them."""
    if text.isascii() or not _UMLAUT.search(text):
        return None
    composed = unicodedata.normalize("NFKC", text.translate(_WRITTEN_OUT).translate(_SAME))
    return composed.translate(_WRITTEN_OUT)
