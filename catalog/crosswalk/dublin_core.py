"""Dublin Core of any provider: its elements in order, read as DOAJ's where the record bears DOAJ's marks."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from catalog.crosswalk import doaj_dublin_core, plain_dublin_core, xml
from catalog.crosswalk.elements import Element, Elements
from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record

_NAMESPACES: Final = (
    "http://purl.org/dc/elements/1.",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/qualifiers/",
)


def read(raw: RawRecord) -> Record:
    """Read one Dublin Core record, simple or qualified; raises RecordRejected when there is nothing in it."""
    root = xml.parse(raw)
    holder = _holder(root)
    if holder is None:
        raise RecordRejected("there is no Dublin Core in the record")
    found = Elements(_elements(holder))
    if not found:
        raise RecordRejected("the Dublin Core record is empty")
    if doaj_dublin_core.is_from_doaj(found, xml.oai_identifier(root, raw)):
        return doaj_dublin_core.to_record(found, sets=xml.set_specs(root, raw))
    return plain_dublin_core.to_record(found)


def _holder(root: etree._Element) -> etree._Element | None:
    """Return the container: called `dc` (some leave namespaces out), or the first that holds Dublin Core."""
    named = xml.first_named(root, "dc", "qualifieddc")
    if named is not None:
        return named
    inside = (element for element in root.iter("*") if str(element.tag)[1:].startswith(_NAMESPACES))
    first = next(inside, None)
    return None if first is None else first.getparent()


def _elements(holder: etree._Element) -> Iterator[Element]:
    for child in xml.elements(holder):
        name, text, said = xml.local_name(child).lower(), xml.text_of(child), xml.attributes(child)
        if said:
            scheme = said.get("type", "").rpartition(":")[2].upper() or None
            yield Element(name, text, said.get("lang"), scheme, said.get("id"))
        else:
            yield Element(name, text)
