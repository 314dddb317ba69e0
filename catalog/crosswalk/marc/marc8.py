"""MARC-8 to Unicode, with pymarc's code tables.

https://www.loc.gov/marc/specifications/speccharmarc8.html. pymarc's own converter prints to stderr, puts a
blank for what it does not know and loses a diacritic at the end of a value; this one says how much was odd.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

REPLACEMENT = "\ufffd"
_UNKNOWN = ord(REPLACEMENT)
# Where a record forgot to switch back to Latin, what comes next is this.
_PUNCTUATION = b" !\"'(),-./:;=?[]"

_BASIC_LATIN, _EXTENDED_LATIN, _EAST_ASIAN = 0x42, 0x45, 0x31
_ESCAPE = re.compile(rb"\x1b(?:([gbps])|(\$)?([(,)\-])?!?([\x30-\x7e]))")
_REFERENCE = re.compile(rb"&#x([0-9A-Fa-f]{2,6});")  # what MARC-8 has no character for (the "lossless" way)
_PLAIN = re.compile(rb"(?:[\x20-\x25\x27-\x7e]|&(?!#x[0-9A-Fa-f]{2,6};))+")
_TO_G1 = (b")", b"-")
_BACK_TO_BASIC = 0x73
# Joiners keep their meaning; the marks around what sorting skips (0x88, 0x89) have none for a reader.
_CONTROLS = {0x88: "", 0x89: "", 0x8D: "\u200d", 0x8E: "\u200c"}

Table = Mapping[int, tuple[int, int]]
"""Code -> (Unicode code point, 1 for a combining character)."""


@cache
def _tables() -> Mapping[int, Table]:
    from pymarc.marc8_mapping import CODESETS, ODD_MAP  # 16,000 entries that most runs never need

    more = {code: (point, 0) for code, point in ODD_MAP.items()}
    return {**CODESETS, _EAST_ASIAN: {**more, **CODESETS[_EAST_ASIAN]}}


def is_plain(data: bytes) -> bool:
    """Tell whether MARC-8 text is ASCII too."""
    return data.isascii() and b"\x1b" not in data


def to_unicode(data: bytes) -> tuple[str, int]:
    """Return a value as text in NFC, and how many of its characters could not be read.

    Those are U+FFFD in it, or what they are in ASCII. Every value begins anew in basic and extended Latin, as
    the specification wants.
    """
    if is_plain(data):
        return data.decode("ascii"), 0
    text, unread = _convert(data, _tables())
    return unicodedata.normalize("NFC", text), unread


class _Output:
    """Text so far; a diacritic waits for the letter after it, which Unicode has before it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._diacritics: list[str] = []
        self.unread = 0

    def put(self, text: str) -> None:
        self.unread += text == REPLACEMENT
        if self._diacritics:
            text = "".join((text[:1], *self._diacritics, text[1:]))
            self._diacritics.clear()
        self._parts.append(text)

    def put_unread(self, text: str) -> None:
        self.put(text)
        self.unread += 1

    def hold(self, diacritic: str) -> None:
        self._diacritics.append(diacritic)

    def text(self) -> str:
        self.unread += len(self._diacritics)
        return "".join((*self._parts, *self._diacritics))


def _convert(data: bytes, tables: Mapping[int, Table]) -> tuple[str, int]:
    output = _Output()
    g0, g1, at = _BASIC_LATIN, _EXTENDED_LATIN, 0
    while at < len(data):
        code = data[at]
        if code == 0x1B and (escape := _ESCAPE.match(data, at)):
            g0, g1 = _designate(escape, g0, g1)
            at = escape.end()
        elif g0 == _BASIC_LATIN and (plain := _PLAIN.match(data, at)):
            output.put(plain[0].decode("ascii"))
            at = plain.end()
        elif code == 0x26 and (reference := _REFERENCE.match(data, at)):
            output.put(_referred(int(reference[1], 16)))
            at = reference.end()
        elif code <= 0x20 or (code == 0x7F and g0 != _EAST_ASIAN):
            output.put(REPLACEMENT if code == 0x1B else chr(code))
            at += 1
        elif code in _CONTROLS:
            output.put(_CONTROLS[code])
            at += 1
        else:
            charset = g0 if code < 0x80 else g1
            length = 3 if charset == _EAST_ASIAN else 1
            source = data[at : at + length]
            point, is_combining = _look_up(tables.get(charset, {}), source)
            if is_combining:
                output.hold(chr(point))
            elif point == _UNKNOWN and len(source.strip(_PUNCTUATION)) == 0:
                output.put_unread(source.decode("ascii"))
            else:
                output.put(chr(point))
            at += length
    text = output.text()
    return text, output.unread


def _referred(point: int) -> str:
    """Return the character of a code point; REPLACEMENT for what is none."""
    return chr(point) if point < 0xD800 or 0xE000 <= point < 0x110000 else REPLACEMENT


def _designate(escape: re.Match[bytes], g0: int, g1: int) -> tuple[int, int]:
    """Return the sets in force after an escape sequence."""
    custom, _, slot, final = escape.groups()
    charset = ord(custom or final)
    if charset == _BACK_TO_BASIC:
        charset = _BASIC_LATIN
    return (g0, charset) if slot in _TO_G1 else (charset, g1)


def _look_up(table: Table, code: bytes) -> tuple[int, int]:
    """Return a character's code point; most sets are listed by 7-bit codes, whichever half they are in."""
    number = int.from_bytes(code)
    found = table.get(number)
    if found is None and len(code) == 1:
        found = table.get(number ^ 0x80)
    return found or (_UNKNOWN, 0)
