"""XML by string building: several times faster than a tree for records whose shape is known."""

import re
from typing import Final

# What XML 1.0 has no place for, in any spelling: https://www.w3.org/TR/xml/#charsets
_ILLEGAL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_IN_TEXT: Final = re.compile(f"[&<>\r{_ILLEGAL}]")
_IN_ATTRIBUTE: Final = re.compile(f'[&<>"\t\n\r{_ILLEGAL}]')
_REFERENCES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


def escaped(text: str) -> str:
    """Return the text as content of an element; a character XML cannot hold becomes U+FFFD."""
    return _IN_TEXT.sub(_reference, text) if _IN_TEXT.search(text) else text


def quoted(text: str) -> str:
    """Return the text as the value of an attribute, with the quotation marks around it."""
    return f'"{_IN_ATTRIBUTE.sub(_reference, text) if _IN_ATTRIBUTE.search(text) else text}"'


def _reference(found: re.Match[str]) -> str:
    return _REFERENCES.get(found[0], "\ufffd")
