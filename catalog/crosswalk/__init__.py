"""From what a source sent to a Record: one pure function per format.

A crosswalk's version is part of every record it makes (`marc21@1`): raise it when the same payload
would now give another record, and the store re-reads what the older one made.
"""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from catalog.crosswalk import doaj_json, dublin_core, marc, oai_doaj
from catalog.crosswalk.mending import mend
from catalog.crosswalk.xml import NotWellFormed
from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record, Rejection


class Crosswalk(NamedTuple):
    """How one format is read; `richness` ranks the formats that one record came in, the richest is shown."""

    version: int
    richness: int
    read: Callable[[RawRecord], Record]


CROSSWALKS = {
    "doaj+json": Crosswalk(1, 6, doaj_json.read),
    "oai_doaj": Crosswalk(2, 5, oai_doaj.read),
    "marc21": Crosswalk(2, 4, marc.read),
    "marcxml": Crosswalk(3, 4, marc.read),
    "marc+json": Crosswalk(2, 4, marc.read),
    "mrk": Crosswalk(2, 4, marc.read),
    "oai_dc": Crosswalk(3, 3, dublin_core.read),
    "marc-view": Crosswalk(2, 2, marc.read),
}


def crosswalk(raw: RawRecord) -> Record | Rejection:
    """Read a raw record by the crosswalk of its format; never raises for what a source sent.

    XML that is not well-formed is mended where that is certain and tried once more; the record then says so
    in its caveats. Else the rejection is of what was sent.
    """
    if raw.fault is not None:
        return Rejection(reason=raw.fault)
    known = CROSSWALKS.get(raw.format)
    if known is None:
        return Rejection(reason=f"{_in_words(raw.format)} is not read")
    try:
        return known.read(raw)
    except NotWellFormed as rejected:
        return _mended(raw, known) or Rejection(reason=rejected.message)
    except RecordRejected as rejected:
        return Rejection(reason=rejected.message)


def _mended(raw: RawRecord, known: Crosswalk) -> Record | None:
    mended = mend(raw)
    if mended is None:
        return None
    try:
        record = known.read(mended.raw)
    except RecordRejected:
        return None
    return msgspec.structs.replace(record, caveats=(mended.caveat, *record.caveats))


def _in_words(format_name: str) -> str:
    """Say what a format is that only its reader has a name for: `xml:{http://arxiv.org/OAI/arXiv/}arXiv`."""
    namespace, brace, name = format_name.removeprefix("xml:{").partition("}")
    return (
        f"XML of the kind {name} ({namespace or 'no namespace'})" if brace else f"the format {format_name!r}"
    )


def made_by(format_name: str) -> str:
    """Return the crosswalk and version that read a format today, `marc21@1`."""
    return f"{format_name}@{CROSSWALKS[format_name].version}"
