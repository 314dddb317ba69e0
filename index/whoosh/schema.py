"""What a Whoosh index of ours consists of: its fields, its columns, and what it knows about itself."""

import sys
import unicodedata

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import Storage
from whoosh.formats import Positions

from index import stem
from index.document import SORT_KEYS, VERSION
from index.fields import FACETS, FIELDS
from index.whoosh.columns import CountColumn, TextColumn
from index.whoosh.runs import ITEM
from index.whoosh.terms import TermReader, TermWriter

NAME = "peerlit"
LAYOUT = 5
"""Raise it when the same Document would now be written otherwise."""

KEY = "key"
STATE = "state"
TEXT_FIELDS = tuple(field.name for field in FIELDS.values() if field.kind == "text")

Posting = tuple[bytes, int, float, bytes]
"""Term, frequency, weight (the same), positions."""


class Terms(FieldType):
    """A field whose postings are made before they are handed over: the pool takes them as they are.

    Whoosh's own field types make a Token object for each word, which is most of the time indexing takes.
    """

    def __init__(self, *, is_text: bool) -> None:
        super().__init__(Positions(), None)
        self.is_text = is_text

    def index(self, value: list[Posting], **_options: object) -> list[Posting]:
        """Return the postings given."""
        return value


class Values(FieldType):
    """A column that is not searched."""

    indexed = False

    def __init__(self, column: TextColumn | CountColumn) -> None:
        super().__init__(None, None, sortable=column)

    def to_column_value(self, value: str | int) -> str | int:
        """Return the value as the column takes it."""
        return value


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


class Codec(W3Codec):
    """Whoosh's documents and columns, with our own terms and postings."""

    def field_writer(self, storage: Storage, segment: Segment) -> TermWriter:
        """Return what writes the terms of a new segment."""
        return TermWriter(storage, segment)

    def terms_reader(self, storage: Storage, segment: Segment) -> TermReader:
        """Return what reads the terms of a segment."""
        return TermReader(storage, segment)


def stamp() -> str:
    """Return all that an index depends on besides its records: with another stamp it is made anew.

    Unicode's version is in it for the analyser, which goes by its categories.
    """
    versions = (VERSION, LAYOUT, stem.version(), unicodedata.unidata_version)
    return " ".join(map(str, (*versions, sys.byteorder, ITEM)))


def facet_column(facet: str) -> str:
    """Return the name of the column of a facet's values."""
    return f"facet.{facet}"


def sort_column(sort_key: str) -> str:
    """Return the name of the column of a sort key."""
    return f"sort.{sort_key}"


def length_column(field: str) -> str:
    """Return the name of the column of a text field's lengths."""
    return f"length.{field}"


def new_schema(revision: int = 0) -> Schema:
    """Return the schema of an index that has seen a revision."""
    schema = Schema()
    schema.add(STATE, State(revision))
    schema.add(KEY, Terms(is_text=False))
    schema.add(f"{KEY}s", Values(TextColumn()))
    for field in FIELDS.values():
        schema.add(field.name, Terms(is_text=field.kind == "text"))
    for name in [*map(facet_column, FACETS), *map(sort_column, SORT_KEYS)]:
        schema.add(name, Values(TextColumn()))
    for field_name in TEXT_FIELDS:
        schema.add(length_column(field_name), Values(CountColumn()))
    return schema
