"""What the intake needs of the crosswalks, so that a catalogue only read need not import them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from catalog.record import RawRecord, Record, Rejection


class Crosswalks(NamedTuple):
    """How raw records are read, and by format the version and richness of what reads them."""

    read: Callable[[RawRecord], Record | Rejection]
    versions: Mapping[str, int]
    richness: Mapping[str, int]

    def made_by(self, format_name: str) -> str:
        """Return what reads a format today, `marc21@1`; version 0 where nothing does."""
        return f"{format_name}@{self.versions.get(format_name, 0)}"

    def rank(self, format_name: str) -> int:
        """Return the richness of a format; 0 where nothing reads it."""
        return self.richness.get(format_name, 0)


def registered() -> Crosswalks:
    """Return the crosswalks of the registry."""
    from catalog.crosswalk import CROSSWALKS, crosswalk

    return Crosswalks(
        crosswalk,
        {name: known.version for name, known in CROSSWALKS.items()},
        {name: known.richness for name, known in CROSSWALKS.items()},
    )
