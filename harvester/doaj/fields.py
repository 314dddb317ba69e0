"""The fields of DOAJ's article index that a topic can name, and how a value is written there.

Source: portality/models/article.py and DISCOVERY_ARTICLE_SEARCH_SUBS in portality/settings.py of
https://github.com/DOAJ/doaj. `….exact` is the whole value, its case kept; the others are words.
"""

import re
from typing import Literal, NamedTuple

Kind = Literal["text", "year", "value"]

YEAR = "bibjson.year.exact"
BRANCH = "index.schema_codes_tree.exact"
"""Holds the class of an article and all classes above it."""

_TITLE, _ABSTRACT, _KEYWORDS = "bibjson.title", "bibjson.abstract", "bibjson.keywords"
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Field(NamedTuple):
    """What a name stands for: one of these fields holds the value."""

    kind: Kind
    paths: tuple[str, ...]


TOPIC = Field("text", (_KEYWORDS, _TITLE, _ABSTRACT))
"""Where words are looked for that name no field."""

_TABLE: tuple[tuple[str, Field], ...] = (
    ("title ti", Field("text", (_TITLE,))),
    ("abstract ab", Field("text", (_ABSTRACT,))),
    ("keyword keywords kw", Field("text", (_KEYWORDS,))),
    ("tiab", Field("text", (_TITLE, _ABSTRACT))),
    ("tikwab", TOPIC),
    ("subject subjects su", Field("text", ("bibjson.subject.term",))),
    ("author au", Field("text", ("bibjson.author.name",))),
    ("affiliation af ad", Field("text", ("bibjson.author.affiliation",))),
    ("journal so jn", Field("text", ("bibjson.journal.title",))),
    ("publisher pb", Field("text", ("bibjson.journal.publisher",))),
    ("year py date", Field("year", (YEAR,))),
    ("doi", Field("value", ("bibjson.identifier.id.exact", "index.doi.exact"))),
    ("issn sn", Field("value", ("bibjson.journal.issns.exact", "index.issn.exact"))),
    ("lcc class", Field("value", (BRANCH,))),
)
_NAMED = {name: field for names, field in _TABLE for name in names.split()}

NAMES = tuple(names.split()[0] for names, _ in _TABLE)
"""What the fields are called, for messages."""


def named(name: str) -> Field | None:
    """Return the field of a name: ours, or a path of DOAJ's as it stands; None when it is neither."""
    if name.startswith(("bibjson.", "index.")):
        return Field("text", (name,))
    return _NAMED.get(name.casefold())


def value(path: str, typed: str) -> str:
    """Return a value as that field holds it."""
    match path:
        case "bibjson.identifier.id.exact":
            return _DOI.sub("", typed)
        case "index.doi.exact":  # portality/normalise.py: lower case, from 10. on
            return _DOI.sub("", typed).lower()
        case "bibjson.journal.issns.exact" | "index.issn.exact":
            bare = typed.upper().replace("-", "")
            return f"{bare[:4]}-{bare[4:]}" if len(bare) == 8 else typed.upper()
        case _ if path == BRANCH:
            return f"LCC:{typed.upper().removeprefix('LCC:')}"
        case _:
            return typed
