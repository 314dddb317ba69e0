"""What a VuFind server sends as a record: told by what it looks like, since each site stores it its way."""

import json
from io import BytesIO

from msgspec.structs import replace

from catalog.errors import SourceError
from catalog.record import Place, RawRecord
from harvester.files.byte_stream import Peekable
from harvester.files.formats import recognise
from harvester.files.window import Tally, Window

_MANY = "it holds {} records instead of one"


def raw_record(identifier: str, content: str | bytes, place: Place | None = None) -> RawRecord:
    """Make the raw record of what is MARCXML, ISO 2709, MARC-in-JSON, or other XML.

    One that is no record of a known format has a fault.
    """
    payload = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    found, fault = _records(payload)
    if len(found) > 1:
        fault = _MANY.format(len(found))
    if fault or not found:
        return faulty(identifier, fault or "the server sent nothing for it", payload, place)
    told = (found[0].fault or "").replace("the file", "it") or None
    return replace(found[0], identifier=identifier, place=place, fault=told)


def faulty(
    identifier: str, fault: str, payload: bytes = b"", place: Place | None = None, form: str = "vufind"
) -> RawRecord:
    """Make the rejection of a record that did not come."""
    return RawRecord(identifier=identifier, format=form, payload=payload, place=place, fault=fault)


def _records(payload: bytes) -> tuple[list[RawRecord], str | None]:
    """Read what was sent as if it were a file; that it is too short is for the crosswalk to judge."""
    try:
        source, known = recognise(Peekable(BytesIO(payload)))
        return list(known.split(Window(source), Tally())), None
    except SourceError as error:
        what = error.message.replace("the file is", "it is")
        return [], f"no record of a format known here: {what}"


def text_of(value: object) -> str | None:
    """Return a record as text: some sites send MARC-in-JSON not as a string but as an object."""
    if isinstance(value, dict) and value:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return text_of(value[0]) if len(value) == 1 else None
    return value if isinstance(value, str) and value.strip() else None
