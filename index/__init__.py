"""Searching the catalogue."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.whoosh.engine import WhooshEngine

FOLDER = "index"
"""Where in the catalogue's folder its index is."""


def open_engine(folder: Path, *, write: bool) -> "WhooshEngine":
    """Open the index in a folder, made there when writing.

    Raises CatalogueBusy when another process has it open for writing.
    """
    # Imported late: whoosh takes 40 ms, and a command that parses a query needs none of it.
    from index.whoosh.engine import WhooshEngine

    return WhooshEngine(folder, write=write)
