"""Answers that hold no records, as a tree: read strictly, and a second time cleaned."""

import re
from collections.abc import Iterator

from lxml import etree

from catalog.errors import MalformedResponse
from catalog.record import Remark
from harvester.files.xml_document import actual_encoding
from harvester.files.xml_tags import ILLEGAL
from harvester.http.response import Response
from harvester.oai.envelope import Envelope

_DESCRIPTION = re.compile(
    r"<((?:[\w.-]+:)?(?:description|setDescription))(?:\s[^<>]*)?>.*?</\1\s*>", re.DOTALL
)
_STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|(\d+));")


def read_tree(envelope: Envelope, response: Response) -> etree._Element:
    """Parse the answer; if only cleaning makes it XML, that is remarked.

    Cleaning drops what XML has no place for (XML 1.0 §2.2), and descriptions, which may hold anything.
    Raises MalformedResponse when it is still none.
    """
    encoding = actual_encoding(envelope.xml, envelope.document.encoding)
    try:
        return _parse(envelope.xml, encoding)
    except etree.XMLSyntaxError as error:
        first, why = error, " ".join(error.msg.split())
    try:
        root = _parse(_cleaned(envelope.xml.decode(encoding, "replace")).encode(), "utf-8")
    except etree.XMLSyntaxError:
        raise MalformedResponse(f"{response.url}: the answer is not well-formed: {why}") from first
    envelope.remarks.append(Remark("note", f"an answer was read only after cleaning: {why}"))
    return root


def _parse(xml: bytes, encoding: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(xml, parser)


def _cleaned(text: str) -> str:
    text = _DESCRIPTION.sub("", text)
    return _STRAY.sub("&amp;", _REFERENCE.sub(_without_illegal, ILLEGAL.sub("", text)))


def _without_illegal(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if code < 0x110000 and not ILLEGAL.match(chr(code)) else ""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children of that local name: prefixes, and even namespaces, differ between servers."""
    for found in element if element is not None else ():
        if isinstance(found.tag, str) and etree.QName(found).localname == name:
            yield found


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of that local name."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str | None:
    """Return all text in an element, markup left out and white space collapsed; None when there is none."""
    return None if element is None else " ".join("".join(element.itertext()).split()) or None
