"""What an SRU server says of itself: its explain record (ZeeRex, http://explain.z3950.org/dtd/)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from catalog.errors import MalformedResponse
from harvester.http.response import Response

VERSIONS = ("1.1", "1.2", "2.0")
"""The versions spoken here, those that most servers speak first."""

# The best first: MARC 21 has most to tell.
_PREFERRED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"marcxml|marc21-xml",
        r"info:srw/schema/1/marcxml-v1\.\d|https?://www\.loc\.gov/MARC21/slim.*",
        r"marc-?21-?(?:slim|xml)?|info:srw/schema/1/marcxml.*",
        r"dc|oai_dc|simpledc",
        r"info:srw/schema/1/dc-v1\.\d",
    )
)
_OVERLOADED = frozenset((408, 425, 429, 503))


class Explained(NamedTuple):
    """A server's `version`, the name of the record `schema` to ask for, the `largest` page, and its name."""

    version: str | None = None
    schema: str | None = None
    largest: int | None = None
    title: str | None = None


def read_explain(response: Response) -> Explained | None:
    """Read an explain record; None for an answer that is none.

    Raises MalformedResponse when the server is too busy to answer.
    """
    if response.status in _OVERLOADED:
        raise MalformedResponse(f"{response.url}: the server is not able to answer now")
    root = _parse(response.body)
    explain = _explain(root) if root is not None else None
    if explain is None:
        return None
    return Explained(
        _version(explain),
        _schema(explain),
        _largest(explain),
        next((text for found in _all(explain, "title") if (text := _text(found))), None),
    )


def _explain(root: etree._Element) -> etree._Element | None:
    found = next(_all(root, "explain"), None)
    if found is not None:
        return found
    packed = next((text for data in _all(root, "recordData") if (text := (data.text or "").strip())), "")
    inner = _parse(packed.encode()) if packed.startswith("<") else None
    return next(_all(inner, "explain"), None) if inner is not None else None


def _version(explain: etree._Element) -> str | None:
    told = (str(info.get("version") or "").strip() for info in _all(explain, "serverInfo"))
    return next((version for version in told if version in VERSIONS), None)


def _schema(explain: etree._Element) -> str | None:
    schemas = [
        (name, identifier)
        for found in _all(explain, "schema")
        if (name := str(found.get("name") or "").strip()) and found.get("retrieve") != "false"
        for identifier in [str(found.get("identifier") or "").strip()]
    ]
    return next(
        (
            name
            for wanted in _PREFERRED
            for name, identifier in schemas
            if wanted.fullmatch(name) or wanted.fullmatch(identifier)
        ),
        None,
    )


def _largest(explain: etree._Element) -> int | None:
    settings = (*_all(explain, "setting"), *_all(explain, "default"))
    told = (_text(found) for found in settings if found.get("type") == "maximumRecords")
    return next((int(text) for text in told if text.isascii() and text.isdecimal() and int(text) > 0), None)


def _parse(xml: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=False, remove_comments=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter("{*}" + name)


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
