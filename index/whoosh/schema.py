"""What the table of contents of an index says beside its segments."""

import sys
import unicodedata

from whoosh.fields import FieldType, Schema

from index import stem
from index.document import VERSION

NAME = "peerlit"
LAYOUT = 7
"""Raise it when the same Document would now be written otherwise."""

STATE = "state"


class State(FieldType):
    """Holds no values but what the index knows about itself.

    The schema is pickled into the table of contents, whose renaming is the commit: so the revision changes
    together with the documents or not at all.
    """

    indexed = False

    def __init__(self, revision: int) -> None:
        super().__init__(None, None)
        self.revision = revision
        self.newest: str | None = None
        self.stamp = stamp()


def stamp() -> str:
    """Return all that an index depends on besides its records: with another stamp it is made anew.

    Unicode's version is in it for the analyser, which goes by its categories.
    """
    versions = (VERSION, LAYOUT, stem.version(), unicodedata.unidata_version)
    return " ".join(map(str, (*versions, sys.byteorder)))


def new_schema() -> Schema:
    """Return the schema of an index that has seen nothing; its fields are in its segments, not here."""
    return Schema(**{STATE: State(0)})
