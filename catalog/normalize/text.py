"""Plain, one-line text from whatever a source calls text, and catalogue punctuation taken off."""

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import is_normalized, normalize

from catalog.codes import table
from catalog.normalize.capitals import is_all_capitals, sentence_case
from catalog.normalize.markup import decode_entities, has_markup, strip_tags

__all__ = ["is_all_capitals", "plain", "sentence_case", "strip_isbd"]

# Each pass can only shorten the text, so this bounds the time an absurd input may take, nothing else.
_PASSES: Final = 64

# ISO 6630 marks around an article that does not file, as German libraries write them in MARC, and the
# older pair of UNIMARC. Read before the stray C1 characters, which they also are.
_NON_FILING: Final = re.compile("\x98([^\x98\x9c]*)\x9c|\x88([^\x88\x89]*)\x89")
_C1: Final = re.compile("[\x80-\x9f]")
_WINDOWS: Final = {
    code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_HYPHENATED: Final = re.compile("\xad\\s*\n\\s*")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
# Scripts (and emoji) in which a joiner or non-joiner changes what is read.
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1900-\u1aff\u2600-\u27bf\ua800-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe0f\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f\U0001f000-\U0001faff"
)
_JOINER: Final = re.compile(f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])")


def plain(value: str | None) -> str | None:
    """Return the value as one line of NFC text without markup or invisible characters; None for nothing.

    A second application changes nothing. Entities and tags are read as in `catalog.normalize.markup`.
    """
    value = value.strip(" ") if value else None
    if not value:
        return None
    if (
        value.isprintable()
        and "&" not in value
        and "<" not in value
        and "  " not in value
        and (value.isascii() or is_normalized("NFC", value))
    ):
        return value
    for _ in range(_PASSES):
        value = _characters(value)
        if not has_markup(value):
            break
        bare = strip_tags(decode_entities(value))
        if bare == value:
            break
        value = bare
    return value or None


def _characters(value: str) -> str:
    if not value.isprintable():
        if not value.isascii():
            value = _beyond_ascii(value)
        value = _INVISIBLE.sub("", value)
    value = " ".join(value.split())
    return value if value.isascii() else normalize("NFC", value)


def _beyond_ascii(value: str) -> str:
    if _SURROGATE.search(value):
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    if _C1.search(value):
        value = _NON_FILING.sub(r"\1\2", value).translate(_WINDOWS)
    if "\xad" in value:
        value = _HYPHENATED.sub("", value)
    value = _INVISIBLE.sub("", value)
    return _JOINER.sub("", value) if "\u200c" in value or "\u200d" in value else value


_ADDRESS: Final = re.compile(r"://\S*/$")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"“«,;:/-]*\.$")


def strip_isbd(value: str) -> str:
    """Take off closing ISBD punctuation and a closing full stop, unless the stop belongs to the word.

    It belongs to an initial, to a word with stops inside, to an abbreviation (`codes/abbreviations.toml`)
    and to an ellipsis. `C++` and the slash of an address stay: ISBD sets a blank before its signs.
    """
    value = value.strip()
    while value:
        last = value[-1]
        if last in ":;,":
            belongs = False
        elif last == ".":
            belongs = _stop_belongs(value)
        elif last == "/":
            belongs = "://" in value and _ADDRESS.search(value) is not None
        else:
            belongs = last not in "=+" or not value[-2:-1].isspace()
        if belongs:
            break
        value = value[:-1].rstrip()
    return value


def _stop_belongs(value: str) -> bool:
    return value.endswith("...") or _keeps_stop(value.rpartition(" ")[2])


@lru_cache(maxsize=4096)
def _keeps_stop(last: str) -> bool:
    match = _LAST_WORD.search(last)
    word = match[0][:-1] if match else ""
    if not word or word[-1] == ".":
        return False
    letters = word.rpartition("’")[2].rpartition("'")[2]
    return (
        (len(letters) == 1 and letters.isalpha())
        or ("." in word and not word.replace(".", "").isdigit())
        or word in _abbreviations()
        or (not word.isupper() and word[0].lower() + word[1:] in _abbreviations())
    )


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("abbreviations")["words"])
