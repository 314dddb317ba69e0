"""Find the tags in XML without judging it: damaged documents have tags too.

In XML a `<` outside a comment, a CDATA section or a processing instruction always opens a tag (XML 1.0 §2.4),
so that reading tags alone gives exact places, in any encoding that leaves ASCII as it is.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# Names are matched possessively: of one that never ends every shorter beginning would be tried too.
_TOKEN = re.compile(
    rb"<(?:"
    rb"!--(?P<comment>)|!\[CDATA\[(?P<cdata>)|\?(?P<instruction>)|!DOCTYPE(?P<doctype>)"
    rb"|/(?P<closed>[^\s/<>!?]++)\s*+>"
    rb"|(?P<name>[^\s/<>!?=\"']++)(?P<attributes>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?)(?P<opened>/?)>"
    rb")"
)
_ENDS = {"comment": b"-->", "cdata": b"]]>", "instruction": b"?>"}
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)

_ATTRIBUTE = re.compile(rb"([^\s=\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENCODING = re.compile(rb"^<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")


# XML's own and no others: `&copy=1` in an address is not well-formed, but no sign of copyright either.
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character in XML (§2.2)."""
_NO_TEXT = re.compile(rb"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<[^<>]*>", re.DOTALL)


def resolve(text: str) -> str:
    """Replace character references and XML's five entities, once; what is none of them stays as it is."""
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return found[0] if code > sys.maxunicode or ILLEGAL.match(chr(code)) else chr(code)


def character_data(content: bytes, encoding: str) -> str:
    """Return the text of an element's content, as XML has it: without comments, CDATA as it is."""
    if b"<" not in content:
        return resolve(_decode(content, encoding))
    parts, at = [], 0
    for found in _NO_TEXT.finditer(content):
        parts += [
            resolve(_decode(content[at : found.start()], encoding)),
            _decode(found["cdata"] or b"", encoding),
        ]
        at = found.end()
    return "".join([*parts, resolve(_decode(content[at:], encoding))])


def _decode(content: bytes, encoding: str) -> str:
    """Return a text with its line ends as XML reads them (XML 1.0 §2.11)."""
    return content.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")


def attributes(source: bytes, encoding: str = "utf-8") -> dict[str, str]:
    """Return the attributes of a start tag, character references resolved."""
    return {
        name.decode(encoding, "replace"): resolve((double or single).decode(encoding, "replace"))
        for name, double, single in _ATTRIBUTE.findall(source)
    }


def declared_encoding(declaration: bytes) -> str | None:
    """Return the encoding that an XML declaration names."""
    found = _ENCODING.match(declaration)
    return found[1].decode("ascii") if found else None


def local(name: bytes) -> bytes:
    """Return a name without its prefix."""
    return name.rpartition(b":")[2]


class Token(NamedTuple):
    """A tag, or something else in which `<` means nothing; `kind` is opened, closed, empty or what it is."""

    kind: str
    name: bytes
    attributes: bytes
    start: int
    end: int


def next_token(data: bytes, at: int) -> Token | None:
    """Return the first token at or after `at`; None when the data end before it does."""
    found = _TOKEN.search(data, at)
    if found is None:
        return None
    kind = found.lastgroup or ""
    if kind == "closed":
        return Token(kind, found["closed"], b"", found.start(), found.end())
    if kind == "opened":
        kind = "empty" if found["opened"] else kind
        return Token(kind, found["name"], found["attributes"], found.start(), found.end())
    if kind == "doctype":
        whole = _DOCTYPE.match(data, found.start())
        end = whole.end() if whole else 0
    else:
        end = data.find(_ENDS[kind], found.end()) + len(_ENDS[kind])
    return Token(kind, b"", b"", found.start(), end) if end > found.end() else None


class Scope(NamedTuple):
    """An open element and the namespaces it declares: prefix, `xmlns` for none, -> the address as written."""

    name: bytes
    namespaces: Mapping[bytes, bytes]


def declarations(source: bytes) -> dict[bytes, bytes]:
    """Return the namespaces that a start tag's attributes declare."""
    if b"xmlns" not in source:
        return {}
    return {
        name: double or single
        for name, double, single in _ATTRIBUTE.findall(source)
        if name == b"xmlns" or name.startswith(b"xmlns:")
    }


def namespace(name: bytes, scopes: Sequence[Scope]) -> bytes:
    """Return the namespace of a name where those elements are open."""
    prefix = name.rpartition(b":")[0]
    wanted = b"xmlns:" + prefix if prefix else b"xmlns"
    return next((s.namespaces[wanted] for s in reversed(scopes) if wanted in s.namespaces), b"")
