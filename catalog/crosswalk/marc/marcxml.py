"""Decode MARCXML (https://www.loc.gov/standards/marcxml/), also without its namespace or under another.

The same elements carry MarcXchange (ISO 25577) and UNIMARC.
"""

from lxml import etree

from catalog.crosswalk import xml
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_LEADER = 24
UNKNOWN_TAG = "???"
UNKNOWN_CODE = "?"


def decode(raw: RawRecord) -> MarcRecord:
    """Decode a record, out of whatever is around it; what had to be forgiven is in its caveats.

    Raises RecordRejected when it is no XML or there is no MARC in it.
    """
    root = xml.parse(raw)
    parts = _parts(root)
    leader = ""
    fields: list[MarcField] = []
    caveats: dict[str, None] = {}
    for part in parts:
        name = xml.local_name(part)
        if name == "leader":
            leader = part.text or ""
        elif name == "controlfield":
            fields.append(MarcField(_attribute(part, "tag", UNKNOWN_TAG, caveats), _fixed(xml.text_of(part))))
        elif name == "datafield":
            fields.append(_data_field(part, caveats))
        else:
            caveats[f"an element <{name}> is no part of MARCXML"] = None
    if not fields:
        raise RecordRejected("no MARC record: no fields in the XML")
    return MarcRecord(_leader(leader, caveats), tuple(fields), tuple(caveats))


def _parts(root: etree._Element) -> list[etree._Element]:
    """Return the elements of the MARC record that is in an element."""
    field = next((element for element in root.iter("*") if xml.local_name(element) in _PARTS), None)
    record = None if field is None else field.getparent()
    if record is None:
        raise RecordRejected("no MARC record: neither leader nor fields in the XML")
    return list(xml.elements(record))


_PARTS = frozenset(("leader", "controlfield", "datafield"))


def _leader(text: str, caveats: dict[str, None]) -> str:
    leader = _fixed(text)
    if len(leader) != _LEADER:
        caveats[f"the leader has {len(leader)} characters instead of {_LEADER}"] = None
    return leader[:_LEADER].ljust(_LEADER)


def _fixed(text: str) -> str:
    """Return the text of a field whose blanks mean something, without line breaks put around it."""
    return text.strip("\r\n\t") if "\n" not in text else text.strip()


def _data_field(element: etree._Element, caveats: dict[str, None]) -> MarcField:
    tag = _attribute(element, "tag", UNKNOWN_TAG, caveats)
    subfields: list[tuple[str, str]] = []
    for part in xml.elements(element):
        value = xml.text_of(part)
        if "\n" in value:
            value = " ".join(value.split())
        subfields.append((_attribute(part, "code", UNKNOWN_CODE, caveats), value))
        if xml.local_name(part) != "subfield":
            caveats[f"{tag}: <{xml.local_name(part)}> is read as a subfield"] = None
    if not subfields and element.text and element.text.strip():
        caveats[f"{tag}: no subfields; the whole is taken as subfield a"] = None
        subfields.append(("a", element.text.strip()))
    ind1, ind2 = (_indicator(element, name, tag, caveats) for name in ("ind1", "ind2"))
    return MarcField(tag, "", ind1, ind2, tuple(subfields))


def _attribute(element: etree._Element, name: str, unknown: str, caveats: dict[str, None]) -> str:
    value = element.get(name)
    if value:
        return value
    caveats[f"a {xml.local_name(element)} without {name}"] = None
    return unknown


def _indicator(element: etree._Element, name: str, tag: str, caveats: dict[str, None]) -> str:
    """Return an indicator; MarcXchange and some systems write a blank as `#` or leave it empty."""
    value = element.get(name)
    if value is None:
        value = element.get(name.replace("ind", "i"), "")
        if not value:
            caveats[f"{tag} has no {'first' if name == 'ind1' else 'second'} indicator"] = None
    return value[:1] if value and value[:1] != "#" else " "
