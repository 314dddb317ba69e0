"""Reading one record's XML: strictly, without entities of its own and without the network."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from catalog.errors import RecordRejected
from catalog.record import RawRecord

# Recovering parsers cut a record short in silence (https://github.com/mloesch/sickle `response.py`);
# entities can fetch files and blow up memory (https://lxml.de/FAQ.html, "safely as a web-service endpoint").
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)


class NotWellFormed(RecordRejected):
    """What a source sent is no XML as it stands; see catalog.crosswalk.mending."""


def parse(raw: RawRecord) -> etree._Element:
    """Return the outermost element of a raw record's payload, read within its envelope where it has one.

    Raises NotWellFormed with the parser's reason and the line of the payload, RecordRejected when the payload
    uses entities declared in a document type of its own.
    """
    body = raw.payload if raw.envelope is None else raw.envelope + raw.payload + b"</envelope>"
    try:
        root: etree._Element = etree.fromstring(body, _PARSER)
    except etree.XMLSyntaxError as error:
        line = (error.lineno or 1) - (raw.envelope or b"").count(b"\n")
        reason = error.msg.rpartition(", line ")[0] or error.msg
        raise NotWellFormed(f"not well-formed XML: {reason} (line {max(line, 1)})") from error
    except (ValueError, LookupError) as error:
        raise NotWellFormed(f"not well-formed XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None and next(root.iter(etree.Entity), None) is not None:
        raise RecordRejected("the XML uses entities of its own, which are not read")
    outermost = root if raw.envelope is None else next(elements(root), None)
    if outermost is None:
        raise RecordRejected("there is no element in the XML")
    return outermost


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Iterate over the child elements, passing over comments and processing instructions."""
    return parent.iterchildren("*")


def local_name(element: etree._Element) -> str:
    """Return the name without its namespace: prefixes and namespaces vary between providers of one format."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """Return the text in an element and below it, as it stands."""
    if len(element) == 0:
        return element.text or ""
    return "".join(element.itertext("*"))


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes by their local names, in whatever namespace; of two alike the first."""
    given = element.items()
    return {str(key).rpartition("}")[2]: str(value) for key, value in reversed(given)} if given else {}


def first_named(root: etree._Element, *names: str) -> etree._Element | None:
    """Return the element itself or the first below it that has one of those local names."""
    return next(root.iter(*(f"{{*}}{name}" for name in names)), None)


def below(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Iterate over the elements of that local name at any depth."""
    return root.iterdescendants(f"{{*}}{name}")


def set_specs(root: etree._Element, raw: RawRecord) -> tuple[str, ...]:
    """Return the sets of a record: those the reader found, else those of the OAI header in the payload."""
    if raw.sets:
        return raw.sets
    header = first_named(root, "header")
    if header is None:
        return ()
    return tuple(text_of(child).strip() for child in elements(header) if local_name(child) == "setSpec")


def oai_identifier(root: etree._Element, raw: RawRecord) -> str:
    """Return the identifier of the OAI header in the payload, else the raw record's."""
    header = first_named(root, "header")
    for child in () if header is None else elements(header):
        if local_name(child) == "identifier" and (found := text_of(child).strip()):
            return found
    return raw.identifier
