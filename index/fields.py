"""The fields a record can be searched by: one table for the parser, the index and the manual."""

from typing import Literal, NamedTuple

FieldKind = Literal["text", "value", "number"]


class Field(NamedTuple):
    """One searchable field.

    A `text` field holds analysed words with positions, a `value` field whole normalised values (one token
    each, no stemming), a `number` field integers. `weight` counts in ranking; 0 keeps the field out of a
    search that names no field. Text fields of one `stream` are as one text in ranking and share one length,
    weighted as they are; a field that names none is a stream by itself.
    """

    name: str
    kind: FieldKind
    weight: float
    aliases: tuple[str, ...]
    help: str
    stream: str = ""


_TABLE = (
    # One stream, so that a record without an abstract is a short text and not one whose abstract is missing.
    # The title twice: weights of 1 and 3 do no better in judged collections (benchmarks/relevance.py).
    Field("title", "text", 2.0, ("ti",), "all titles, also parallel and in other scripts", "text"),
    Field("abstract", "text", 1.0, ("ab",), "the abstract", "text"),
    Field("keyword", "text", 1.0, ("kw", "keywords"), "free keywords"),
    Field(
        "subject",
        "text",
        1.0,
        ("su", "subjects"),
        "controlled headings, with the classes above them",
    ),
    Field(
        "author",
        "text",
        1.0,
        ("au", "contributor"),
        "names of all contributors, printed and in their own script",
    ),
    Field(
        "journal",
        "text",
        0.5,
        ("so", "jn", "container"),
        "title of the journal or book it is part of, and series",
    ),
    Field("publisher", "text", 0.0, ("pb",), "the publisher"),
    Field("affiliation", "text", 0.0, ("af", "ad"), "the contributors' affiliations"),
    Field("note", "text", 0.0, ("notes",), "notes"),
    Field("year", "number", 0.0, ("py", "date"), "year of publication; takes ranges"),
    Field("doi", "value", 0.0, (), "DOI, in any of its spellings"),
    Field("issn", "value", 0.0, ("sn",), "ISSN, print or electronic"),
    Field("isbn", "value", 0.0, (), "ISBN, 10 or 13 digits"),
    Field("orcid", "value", 0.0, (), "a contributor's ORCID iD"),
    Field(
        "id",
        "value",
        0.0,
        ("identifier",),
        "any identifier of the record, its key or its citation key",
    ),
    Field("lcc", "value", 0.0, ("class",), "class code of the Library of Congress Classification"),
    Field("language", "value", 0.0, ("la", "lang"), "language of the work, code or English name"),
    Field("declared", "value", 0.0, (), "language the journal declares"),
    Field("type", "value", 0.0, ("dt",), "kind of work: article-journal, book, …"),
    Field("source", "value", 0.0, ("db",), "where the record came from"),
    Field("has", "value", 0.0, (), "abstract, doi, fulltext, keyword, …: records that have one"),
)

FIELDS = {field.name: field for field in _TABLE}
"""Every field by name."""

FIELD_NAMES = {name: field for field in _TABLE for name in (field.name, *field.aliases)}
"""Every field by name and alias."""

GROUPS = {"tiab": ("title", "abstract"), "tikwab": ("title", "keyword", "abstract")}
"""Names that stand for several text fields."""

DEFAULT_FIELDS = tuple(field.name for field in _TABLE if field.weight > 0)
"""The fields of a search that names none."""

HAS = (
    *(field.name for field in _TABLE if field.name not in {"id", "type", "source", "has"}),
    "fulltext",
    "licence",
    "link",
    "pages",
)
"""What `has:` can be asked: fields by name, and a few things that are no field."""

FACETS = (
    "subject",
    "year",
    "journal",
    "language",
    "keyword",
    "author",
    "publisher",
    "source",
    "type",
    "has",
)
"""What hits can be counted by."""
