"""The second try at XML that is not well-formed: what can be put right for certain, and a word about it.

What providers send: control characters (https://github.com/DSpace/DSpace/issues/10721), references to halves
of UTF-16 pairs (https://github.com/hbz/lobid-gnd/issues/336), `&` as it is typed, and the entities of HTML.
Nothing that would have to be guessed, a tag or the end of a text, is touched.
"""

import re
import sys
from collections import Counter
from html.entities import html5
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

import msgspec

from catalog.record import RawRecord

_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
# https://www.w3.org/TR/xml/#charsets
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VERBATIM: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>)", re.DOTALL)
_NUMBER: Final = re.compile(r"&#(\d{1,9}|x[0-9a-fA-F]{1,8});")
_REFERENCE: Final = re.compile(rf"(?P<numbers>(?:{_NUMBER.pattern})+)|&(?P<name>[A-Za-z_:][\w.:-]*);|&")
_OF_XML: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)

_CHARACTERS: Final = "characters that XML does not allow left out"
_REFERENCES: Final = "references to what is no character left out"
_JOINED: Final = "halves of characters joined"
_HTML: Final = "entities of HTML replaced"
_AMPERSANDS: Final = "'&' read as itself"


class Mended(NamedTuple):
    """A raw record to be read in place of the one sent, and what was done to it, for the record's caveats."""

    raw: RawRecord
    caveat: str


def mend(raw: RawRecord) -> Mended | None:
    """Return a raw record with what can be put right in its XML; None when there is nothing of the kind.

    The payload is taken in the encoding that its declaration or envelope names. One with a document type is
    left alone: it may define entities of its own.
    """
    declared = _DECLARED.match(raw.payload if raw.envelope is None else raw.envelope)
    encoding = declared[1].decode() if declared else "utf-8"
    done: Counter[str] = Counter()
    try:
        text = _mended(raw.payload.decode(encoding), done)
        payload = text.encode(encoding, "xmlcharrefreplace")
    except (UnicodeError, LookupError):
        return None
    if not done or "<!DOCTYPE" in text:
        return None
    words = ", ".join(f"{what} ({times})" for what, times in done.items())
    return Mended(msgspec.structs.replace(raw, payload=payload), f"the XML was not well-formed: {words}")


def _mended(text: str, done: Counter[str]) -> str:
    """Return the text, what was put right counted in `done`; of sections taken verbatim characters alone."""
    legal = _ILLEGAL.sub("", text)
    if legal != text:
        done[_CHARACTERS] = len(text) - len(legal)
    pieces = _VERBATIM.split(legal)
    pieces[::2] = [_REFERENCE.sub(lambda match: _reference(match, done), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _reference(match: re.Match[str], done: Counter[str]) -> str:
    if match["numbers"]:
        return _characters([_code(digits) for digits in _NUMBER.findall(match["numbers"])], done)
    name = match["name"]
    if name is None:
        done[_AMPERSANDS] += 1
        return "&amp;"
    if name in _OF_XML or f"{name};" not in html5:
        return match[0]
    done[_HTML] += 1
    return escape(html5[f"{name};"])


def _characters(codes: list[int], done: Counter[str]) -> str:
    """Write characters as references again: pairs of halves as one, what is no character not at all."""
    written = []
    at = 0
    while at < len(codes):
        code, at = codes[at], at + 1
        if code in _HIGH and at < len(codes) and codes[at] in _LOW:
            code, at = 0x10000 + (code - 0xD800) * 0x400 + codes[at] - 0xDC00, at + 1
            done[_JOINED] += 1
        if code > sys.maxunicode or _ILLEGAL.match(chr(code)):
            done[_REFERENCES] += 1
        else:
            written.append(f"&#{code};")
    return "".join(written)


def _code(digits: str) -> int:
    return int(digits[1:], 16) if digits[0] == "x" else int(digits)
