"""MARC in any serialisation to Record: decode it, then read it as what it is."""

from catalog.crosswalk.marc import bibliographic, from_doaj, iso2709, marc_json, marcxml, mrk, staff_view
from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record

_DECODERS = {
    "marc21": iso2709.decode,
    "marcxml": marcxml.decode,
    "marc+json": marc_json.decode,
    "mrk": mrk.decode,
    "marc-view": staff_view.decode,
}


def read(raw: RawRecord) -> Record:
    """Read a MARC record; raises RecordRejected when it cannot be decoded or holds nothing to cite."""
    decode = _DECODERS.get(raw.format)
    if decode is None:
        raise RecordRejected(f"no MARC decoder for the format {raw.format!r}")
    marc = decode(raw)
    if from_doaj.is_from_doaj(marc):
        return from_doaj.to_record(marc)
    return bibliographic.to_record(marc)
