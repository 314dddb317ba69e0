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


def element(name: str, content: str, **attributes: str | None) -> str:
    """Return an element around content that is XML already; nothing where that is nothing.

    Attributes that are None are left out; an underscore in a name stands for a colon.
    """
    if not content:
        return ""
    written = "".join(
        [
            f" {key.replace('_', ':')}={quoted(value)}"
            for key, value in attributes.items()
            if value is not None
        ]
    )
    return f"<{name}{written}>{content}</{name}>"


def leaf(name: str, text: str | None, **attributes: str | None) -> str:
    """Return an element around a text; nothing where there is none."""
    return element(name, escaped(text), **attributes) if text else ""
