"""Stub."""

from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record


def read(raw: RawRecord) -> Record:
    """Decode any serialisation of MARC (by `raw.format`) and read it."""
    raise RecordRejected(f"no crosswalk for {raw.format} yet")
