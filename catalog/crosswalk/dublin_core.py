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
    holder = next((element for element in root.iter("*") if _holds_dublin_core(element)), None)
    if holder is None:
        raise RecordRejected("there is no Dublin Core in the record")
    found = Elements(_elements(holder))
    if not found:
        raise RecordRejected("the Dublin Core record is empty")
    if doaj_dublin_core.is_from_doaj(found, xml.oai_identifier(root, raw)):
        return doaj_dublin_core.to_record(found, sets=xml.set_specs(root, raw))
    return plain_dublin_core.to_record(found)


def _holds_dublin_core(element: etree._Element) -> bool:
    """Tell the container: called `dc` (some leave namespaces out), or with a child of Dublin Core's."""
    if xml.local_name(element) in {"dc", "qualifieddc"}:
        return True
    return any(str(child.tag)[1:].startswith(_NAMESPACES) for child in xml.elements(element))


def _elements(holder: etree._Element) -> Iterator[Element]:
    for child in xml.elements(holder):
        attributes = child.attrib
        if not attributes:
            yield Element(xml.local_name(child).lower(), xml.text_of(child))
            continue
        scheme = xml.attribute(child, "type")
        yield Element(
            xml.local_name(child).lower(),
            xml.text_of(child),
            language=xml.attribute(child, "lang"),
            scheme=scheme.rpartition(":")[2].upper() if scheme else None,
            identifier=xml.attribute(child, "id"),
        )
