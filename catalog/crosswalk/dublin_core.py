"""Stub."""

from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record


def read(raw: RawRecord) -> Record:
    """Stub."""
    raise RecordRejected(f"no crosswalk for {raw.format} yet")
