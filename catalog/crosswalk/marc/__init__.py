"""MARC in any serialisation to Record: decode it, then read it as what it is."""

from catalog.crosswalk.marc import (
    bibliographic,
    from_doaj,
    from_peerlit,
    iso2709,
    marc_json,
    marcxml,
    mrk,
    staff_view,
)
from catalog.crosswalk.marc.fields import MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record

_DECODERS = {
    "marc21": iso2709.decode,
    "marcxml": marcxml.decode,
    "marc+json": marc_json.decode,
    "mrk": mrk.decode,
    "marc-view": staff_view.decode,
}


def is_marc(format_name: str) -> bool:
    """Tell whether a raw record of that format is MARC."""
    return format_name in _DECODERS


def decode(raw: RawRecord) -> MarcRecord:
    """Decode a MARC record; raises RecordRejected when it cannot be, or is no MARC at all."""
    decoder = _DECODERS.get(raw.format)
    if decoder is None:
        raise RecordRejected(f"no MARC decoder for the format {raw.format!r}")
    return decoder(raw)


def read(raw: RawRecord) -> Record:
    """Read a MARC record; raises RecordRejected when it cannot be decoded or holds nothing to cite."""
    marc = decode(raw)
    if from_peerlit.is_from_peerlit(marc):
        return from_peerlit.to_record(marc)
    if from_doaj.is_from_doaj(marc):
        return from_doaj.to_record(marc)
    return bibliographic.to_record(marc)
