"""What encoding a record's bytes are in: its leader says so, and is often wrong.

Try what the leader says, then what the bytes say, and mark the record
(https://github.com/internetarchive/openlibrary/issues/10955, https://github.com/edsu/pymarc/issues/114).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from catalog.crosswalk.marc import marc8

EightBit = Literal["marc8", "cp1252", "cp1251", "koi8-r", "cp866"]

WRONG_FLAG = "the leader says MARC-8, the text is UTF-8"
WRONG_UNICODE_FLAG = "the leader says UTF-8, the text is MARC-8"
NO_UTF8 = "bytes that are not UTF-8 are shown as U+FFFD"
NO_MARC8 = "bytes that are not MARC-8 are shown as they are or as U+FFFD"

# MARC-8 puts a diacritic before its letter, Latin-1 has letters in those places: what follows tells them
# apart. By diacritic: the letters it commonly bears, and those it may. The caron proves nothing on any: its
# code is the é of Latin-1.
_BEARERS = {
    0xE0: ("", "aeiouy"),
    0xE1: ("aeiou", "nwy"),
    0xE2: ("aeiouycnrsz", "lgkmpw"),
    0xE3: ("aeiou", "cghjswyz"),
    0xE4: ("ano", "eiuvy"),
    0xE5: ("aeiou", "gyn"),
    0xE6: ("aeiou", "gn"),
    0xE7: ("zeg", "cimnhrsy"),
    0xE8: ("aou", "eiywhtx"),
    0xE9: ("", "acdegijklnorstuz"),
    0xEA: ("au", "wy"),
    0xEB: ("aeiotuzdk", "bcfghjlmnprsvwxy"),
    0xEC: ("aeiosu", "bcdfghjklmnprtvwxyz"),
    0xED: ("", "dlt"),
    0xEE: ("ou", ""),
    0xEF: ("", "aeiomn"),
    0xF0: ("cst", "dghklnr"),
    0xF1: ("", "aeiu"),
    0xF2: ("adhilmnorstz", "bceguvwyk"),
    0xF3: ("", "htu"),
    0xF4: ("", "lmnr"),
    0xF5: ("", "gh"),
    0xF6: ("dhkstz", "abegilouy"),
    0xF7: ("", "st"),
    0xF8: ("", "ceo"),
    0xF9: ("", "h"),
    0xFA: ("", "gn"),
    0xFB: ("", "agn"),
    0xFE: ("", "abceghklnopstwz"),
}


def _pairs(column: int) -> bytes:
    """Return a pattern of the diacritics and letters of that column."""
    return b"|".join(
        b"\\x%02x[%b]" % (mark, (letters + letters.upper()).encode())
        for mark, bearers in _BEARERS.items()
        if (letters := "".join(bearers[:column]))
    )


_MARC8_PAIR = re.compile(_pairs(1) + rb"|[\xa1-\xa8\xae-\xba\xc7][a-zA-Z ]|\xb9[0-9]")
# What cannot be MARC-8: codes it has no character for, a diacritic before no letter, a letter before a digit
# (in Latin-1 one of them is the pound), the çã and çõ of Portuguese.
_NOT_MARC8 = re.compile(
    rb"[\x80-\x87\x8a-\x8c\x8f-\xa0\xaf\xbb\xbe\xbf\xc9-\xdf\xfc\xfd\xff]"
    rb"|[\xe0-\xfe](?:[^a-zA-Z&\x80-\xff]|\Z)|[\xa1-\xa6\xb1-\xb5][0-9]|\xe7[\xe3\xf5]"
)
# What hardly is: a diacritic on a letter that does not bear it.
_UNLIKE_MARC8 = re.compile(rb"(?!" + _pairs(2) + rb")[\xe0-\xfe][a-zA-Z]")
# What is likely in Windows-1252 text: a letter next to an ASCII letter, or a sign of punctuation.
_LIKELY_LATIN = re.compile(
    rb"(?<=[A-Za-z])[\xc0-\xfe]|[\xc0-\xfe](?=[A-Za-z])|[\x80\x82\x84\x85\x8b\x91-\x97\x9b\xa0-\xbf]|[\x8a\x9a\x8e\x9e\x8c\x9c]"
)
_HIGH = re.compile(rb"[\x80-\xff]")
# Only in an alphabet of its own do high bytes make whole words.
_HIGH_WORD = re.compile(rb"[\x80-\xff]{3,}")
# The commonest letters of Russian, о е а и н т с, in the three encodings it was written in.
_CYRILLIC: dict[EightBit, bytes] = {
    "cp1251": "оеаинтс".encode("cp1251"),
    "koi8-r": "оеаинтс".encode("koi8-r"),
    "cp866": "оеаинтс".encode("cp866"),
}
_UTF8_CHARACTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def texts(values: Sequence[bytes], *, says_unicode: bool) -> tuple[list[str], list[str]]:
    """Decode the fields of a record; returns their texts and what was odd.

    `says_unicode` is what leader position 9 says.
    """
    area = b"\x1e".join(values)
    if b"\x1b" not in area:
        try:
            decoded = area.decode("utf-8").split("\x1e")
        except UnicodeDecodeError:
            pass
        else:
            return decoded, ([] if says_unicode or area.isascii() else [WRONG_FLAG])
    return _mixed(values, says_unicode=says_unicode)


def _mixed(values: Sequence[bytes], *, says_unicode: bool) -> tuple[list[str], list[str]]:
    """Decode field by field a record that is not plainly UTF-8."""
    any_unicode = any(map(_is_unicode, values))
    odd = b" ".join([value for value in values if not value.isascii() and not _is_unicode(value)])
    eight_bit = _eight_bit(odd, presumed_marc8=not says_unicode and not any_unicode)
    caveats = {WRONG_FLAG: None} if any_unicode and not says_unicode else {}
    decoded: list[str] = []
    for value in values:
        text, caveat = _text(value, eight_bit, as_unicode=says_unicode or any_unicode)
        decoded.append(text)
        if caveat:
            caveats[caveat] = None
    return decoded, list(caveats)


def _is_unicode(value: bytes) -> bool:
    """Tell whether a value is UTF-8 and more than ASCII."""
    if value.isascii():
        return False
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(text: bytes, *, presumed_marc8: bool) -> EightBit | None:
    """Tell what bytes that are not UTF-8 are; None when they look like nothing but damage."""
    high = _HIGH.findall(text)
    in_words = b"".join(_HIGH_WORD.findall(text))
    if high and len(in_words) * 2 > len(high):
        share = {name: sum(map(in_words.count, letters)) for name, letters in _CYRILLIC.items()}
        likeliest = max(share, key=lambda name: share[name])
        if share[likeliest] * 3 > len(in_words):
            return likeliest
    good = len(_MARC8_PAIR.findall(text))
    bad = 2 * len(_NOT_MARC8.findall(text)) + len(_UNLIKE_MARC8.findall(text))
    if 2 * good > bad or (presumed_marc8 and not bad):
        return "marc8"
    if len(_LIKELY_LATIN.findall(text)) * 2 > len(high):
        return "cp1252"
    return "marc8" if presumed_marc8 else None


def _text(value: bytes, eight_bit: EightBit | None, *, as_unicode: bool) -> tuple[str, str | None]:
    """Decode one value, and say what was odd about it."""
    if marc8.is_plain(value):
        return value.decode("ascii"), None
    if not value.isascii():
        if _is_unicode(value):
            return value.decode("utf-8"), None
        if eight_bit is None or (as_unicode and _UTF8_CHARACTER.search(value)):
            return value.decode("utf-8", "replace"), NO_UTF8
        if eight_bit != "marc8":
            caveat = f"the text is neither UTF-8 nor MARC-8, read as {eight_bit}"
            return unicodedata.normalize("NFC", value.decode(eight_bit, "replace")), caveat
    # A character set holds to the end of its subfield, whether or not it was switched off.
    parts = [marc8.to_unicode(part) for part in value.split(b"\x1f")]
    if any(unread for _, unread in parts):
        odd: str | None = NO_MARC8
    else:
        odd = WRONG_UNICODE_FLAG if as_unicode else None
    return "\x1f".join([text for text, _ in parts]), odd
