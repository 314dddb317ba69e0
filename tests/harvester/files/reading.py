"""Reading bytes as if they were a file."""

import io

from catalog.record import RawRecord
from harvester.files.reading import Reading


def reading(data: bytes) -> Reading:
    return Reading("input", io.BytesIO(data))


def raws(data: bytes) -> list[RawRecord]:
    return list(reading(data))


def told(data: bytes) -> list[tuple[str, str | None]]:
    """Return the identifiers and faults."""
    return [(raw.identifier, raw.fault) for raw in raws(data)]
