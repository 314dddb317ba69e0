"""SMART and its like: fields begin with a line of their own, documents with a number.

`.I 1`, `.T`, `.A`, `.W`, `.K` (Cranfield, CISI, CACM, MED); `*TEXT 017 …`, `*FIND 1` (TIME); a line with the
number, the text, a line with `/` (NPL); `Document 1`, a row of asterisks, questions that end with `#` (LISA).
"""

import re
from collections.abc import Iterator

from judged.collection import Text

_PARTS = {"T": "title", "W": "text", "A": "authors", "K": "keywords", "Q": "text"}
_FIELD = re.compile(r"^\.([A-Z])\b[ \t]*(.*)$")
_STARRED = re.compile(r"^\*(?:TEXT|FIND)\s+(\S+).*$", re.MULTILINE)
_SLASHED = re.compile(r"^\s*(\d+)\s*\n(.*?)^\s*/\s*$", re.MULTILINE | re.DOTALL)
_LISA = re.compile(r"^Document\s+(\d+)\s*$", re.MULTILINE)
_HASHED = re.compile(r"^\s*(\d+)\s*\n([^#]*)#", re.MULTILINE)


def is_smart(content: str) -> bool:
    return re.search(r"^\.I +\S+\s*\n\.[A-Z]", content, re.MULTILINE) is not None


def read_smart(content: str) -> Iterator[Text]:
    identifier, parts, name = "", dict[str, list[str]](), ""
    for line in content.splitlines():
        found = _FIELD.match(line)
        if found and found[1] == "I":
            if identifier:
                yield _text(identifier, parts)
            identifier, parts, name = found[2].strip(), {}, ""
        elif found and (len(line.rstrip()) == 2 or found[2]):
            name = _PARTS.get(found[1], "")
            if name and found[2]:
                parts.setdefault(name, []).append(found[2])
        elif name:
            parts.setdefault(name, []).append(line)
    if identifier:
        yield _text(identifier, parts)


def _text(identifier: str, parts: dict[str, list[str]]) -> Text:
    return Text(
        identifier,
        {
            name: ("; " if name == "authors" else " ").join(line.strip() for line in lines if line.strip())
            for name, lines in parts.items()
        },
    )


def is_starred(content: str) -> bool:
    return _STARRED.search(content) is not None


def read_starred(content: str) -> Iterator[Text]:
    pieces = _STARRED.split(content)[1:]
    for identifier, body in zip(pieces[::2], pieces[1::2], strict=True):
        yield Text(identifier, {"text": " ".join(body.replace("*STOP", "").split())})


def is_slashed(content: str) -> bool:
    return re.search(r"^\s*\d+\s*\n(?:.*[A-Za-z]{3}.*\n)+\s*/\s*$", content, re.MULTILINE) is not None


def read_slashed(content: str) -> Iterator[Text]:
    for found in _SLASHED.finditer(content):
        yield Text(found[1], {"text": " ".join(found[2].split())})


def is_lisa(content: str) -> bool:
    return _LISA.search(content) is not None and "*****" in content


def read_lisa(content: str) -> Iterator[Text]:
    """Read documents whose title goes to the first empty line."""
    pieces = _LISA.split(content)[1:]
    for identifier, body in zip(pieces[::2], pieces[1::2], strict=True):
        title, _, text = body.partition("***")[0].strip().partition("\n\n")
        if not text:  # blanks stand in the line between
            title, _, text = re.sub(r"\n\s+\n", "\n\n", body.partition("***")[0].strip()).partition("\n\n")
        yield Text(identifier, {"title": " ".join(title.split()), "text": " ".join(text.split())})


def is_hashed(content: str) -> bool:
    return _HASHED.match(content) is not None


def read_hashed(content: str) -> Iterator[Text]:
    for found in _HASHED.finditer(content):
        yield Text(found[1], {"text": " ".join(found[2].split())})
