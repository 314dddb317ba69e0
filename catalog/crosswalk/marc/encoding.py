"""What encoding a record's bytes are in: its leader says so, and is often wrong.

Try what the leader says, then what the bytes say, and mark the record
(https://github.com/internetarchive/openlibrary/issues/10955, https://github.com/edsu/pymarc/issues/114).
"""

import re
import unicodedata
from collections.abc import Sequence

from catalog.crosswalk.marc import marc8

# MARC-8 puts a diacritic before its letter. Which letters follow in earnest, by diacritic; those left out
# (the ogonek, the dot above) prove nothing, since in Latin-1 they are the commonest letters: ñ, ç.
_MARC8_PAIR = re.compile(
    rb"\xe1[aeiouAEIOU]|\xe2[aeiouyclnrszAEIOUYCLNRSZ]|\xe3[aeiouwyAEIOUWY]|\xe4[anouiANOUI]|\xe5[aeiouAEIOU]"
    rb"|\xe6[aeiougAEIOUG]|\xe8[aeiouyAEIOUY]|\xe9[cdenrstzCDENRSTZ]|\xea[auAU]|\xee[ouOU]|\xf0[csthCSTH]"
    rb"|\xf2[a-zA-Z]|\xeb.\xec.|[\xa1-\xa8\xae-\xba\xc7][a-zA-Z ]"
)
# What cannot be MARC-8: codes it has no character for, a diacritic before no letter, one on a letter that
# never bears it.
_NOT_MARC8 = re.compile(
    rb"[\x80-\x87\x8a-\x8c\x8f-\xa0\xaf\xbb\xbe\xbf\xc9-\xdf\xfc\xfd\xff]|[\xe0-\xfe](?:[^a-zA-Z\x80-\xff]|\Z)"
    rb"|[\xe7\xf1][nopqrs]|[\xe0-\xea\xf0][bfpqvx]"
)

_UTF8_CHARACTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")

WRONG_FLAG = "leader says MARC-8, the text is UTF-8"


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
    any_unicode = any(_is_unicode(value) for value in values)
    odd = [value for value in values if not value.isascii() and not _is_unicode(value)]
    eight_bit = "marc8" if _looks_like_marc8(odd, presumed=not says_unicode and not any_unicode) else "cp1252"
    decoded: list[str] = []
    caveats: dict[str, None] = {}
    if any_unicode and not says_unicode:
        caveats[WRONG_FLAG] = None
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


def _looks_like_marc8(values: Sequence[bytes], *, presumed: bool) -> bool:
    text = b" ".join(values)
    good, bad = len(_MARC8_PAIR.findall(text)), len(_NOT_MARC8.findall(text))
    return good >= bad if presumed else good > bad


def _text(value: bytes, eight_bit: str, *, as_unicode: bool) -> tuple[str, str | None]:
    """Decode one value."""
    if marc8.is_plain(value):
        return value.decode("ascii"), None
    if not value.isascii() and (as_unicode or _is_unicode(value)):
        try:
            return value.decode("utf-8"), None
        except UnicodeDecodeError:
            if _UTF8_CHARACTER.search(value):
                return value.decode("utf-8", "replace"), "bytes that are no UTF-8 are shown as U+FFFD"
    if eight_bit == "cp1252" and not value.isascii():
        # Windows has no character for five bytes; Latin-1 keeps them.
        text = value.decode("cp1252", "ignore")
        if len(text) < len(value):
            text = value.decode("latin-1")
        return unicodedata.normalize("NFC", text), "text is neither UTF-8 nor MARC-8, read as Windows-1252"
    # A character set holds to the end of its subfield, whether or not it was switched off.
    parts = [marc8.to_unicode(part) for part in value.split(b"\x1f")]
    text = "\x1f".join([part for part, _ in parts])
    if any(unread for _, unread in parts):
        return text, "bytes that are no MARC-8 are shown as U+FFFD"
    return text, "leader says UTF-8, the text is MARC-8" if as_unicode else None
