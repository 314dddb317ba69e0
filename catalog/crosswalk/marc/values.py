"""A subfield's text, without the marks that only punctuate a MARC display."""

import re
from functools import lru_cache

from catalog.normalize.text import plain, strip_isbd

_PUNCTUATES = frozenset("/:;,=+.")
_BRACKETS = str.maketrans("", "", "[]")
# The words that sorting skips, in guillemets or between not-signs, as German and Catalan catalogues write
# them; the control characters of ISO 6630 that others use are invisible, and `plain` takes them off.
_NONSORTING = re.compile(r"^<<(?=[^<>]{1,15}>>)|(?<=\w|')>>(?= ?\w)|¬")
# A character that MARC-8 lacks, as some systems wrote it out: `&#x0E25%x;`, which marc4j reads too.
_PERCENT = re.compile(r"(&#x[0-9A-Fa-f]{4,6})%x;")
_OLD_CATALOG = re.compile(r"\s*\[(?:from )?old catalog(?: heading)?\]\s*$", re.IGNORECASE)


def text(value: str) -> str | None:
    """Return one subfield as one line of text, its punctuation as it stands."""
    if "<<" in value or "¬" in value:
        value = _NONSORTING.sub("", value)
    if "%x;" in value:
        value = _PERCENT.sub(r"\1;", value)
    return plain(value)


def bare(value: str) -> str | None:
    """Return one subfield without the punctuation that leads to the next."""
    line = text(value)
    if line is None:
        return None
    last = line[-1]
    if last == "-" and line.endswith((" -", " --", ".--", ".-")):
        return strip_isbd(line.rstrip(" -")) or None
    if last == "]" and "old catalog" in line:
        return strip_isbd(_OLD_CATALOG.sub("", line)) or None
    return strip_isbd(line) or None if last in _PUNCTUATES else line


@lru_cache(maxsize=8192)
def repeated(value: str) -> str | None:
    """Return the same as `bare`, remembered: for publishers, places, headings."""
    return bare(value)


def unbracketed(value: str) -> str:
    """Return the value without square brackets: what they hold was supplied by the cataloguer."""
    return value.translate(_BRACKETS).strip() if "[" in value or "]" in value else value


def in_other_script(value: str) -> bool:
    """Tell whether the value has letters of a script other than Latin."""
    if value.isascii():
        return False
    return any(c >= "\u0370" and c.isalpha() and not "\u1e00" <= c <= "\u1eff" for c in value)
