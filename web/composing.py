"""A query put together from boxes: what is typed into them is text, not signs of the query language."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from index.analyzer import words
from index.fields import DEFAULT_FIELDS, FIELDS
from index.folding import fold
from index.query import leaves
from index.query.ast import And, Line, Not, Or, Query, Value
from index.query.leaves import Source

Manner = Literal["all", "any", "phrase"]
Joiner = Literal["and", "or", "not"]

_SIGN = re.compile(r"[\\*?~]")
_PATTERN = re.compile(r"\w{3,}\*")
_PIECE = re.compile(r'"([^"]+)"|(\S+)')


class Box(NamedTuple):
    """One box: the text, the field it is looked for in (any of the usual ones when None), and how."""

    text: str
    field: str | None = None
    manner: Manner = "all"
    joiner: Joiner = "and"


def boxed(box: Box) -> Query | None:
    """Return what a box asks for, None for one without a word.

    A word may end in `*` for all that begin so, and quotes make a phrase; every other sign is text. A field
    of values takes the text as one. Raises QueryError for what cannot be a value of its field.
    """
    source = Source(box.text)
    if box.field is not None and FIELDS[box.field].kind == "value":
        return _value(source, box.field, box.text)
    if box.field is not None and FIELDS[box.field].kind == "number":
        return leaves.number(source, box.field, box.text, 0) if box.text else None
    fields = DEFAULT_FIELDS if box.field is None else (box.field,)
    if box.manner == "phrase":
        return _phrase(fields, box.text)
    found = tuple(dict.fromkeys(_pieces(fields, box.text)))
    if not found:
        return None
    return any_of(found) if box.manner == "any" else all_of(found)


def composed(boxes: Sequence[Box]) -> Query | None:
    """Return what boxes ask for together, each joined to all before it; None when all are empty."""
    whole: Query | None = None
    for box in boxes:
        part = boxed(box)
        if part is None:
            continue
        if box.joiner == "not":
            whole = Not(part) if whole is None else all_of((whole, Not(part)))
        elif whole is None:
            whole = part
        else:
            whole = any_of((whole, part)) if box.joiner == "or" else all_of((whole, part))
    return whole


def values_of(facet: str, chosen: Sequence[str]) -> Query:
    """Return what has one of some values of a facet."""
    return any_of([Value(facet, fold(value)) for value in chosen])


def all_of(parts: Sequence[Query]) -> Query:
    """Return all of some parts; what is such an AND already is taken apart."""
    flat = [child for part in parts for child in (part.children if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Sequence[Query]) -> Query:
    """Return any of some parts."""
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def inlined(query: Query) -> Query:
    """Return a query with the lines of its strategy written out."""
    match query:
        case Line(query=inner):
            return inlined(inner)
        case And(children):
            return all_of([inlined(child) for child in children])
        case Or(children):
            return any_of([inlined(child) for child in children])
        case Not(child):
            return Not(inlined(child))
        case _:
            return query


def _pieces(fields: tuple[str, ...], text: str) -> Iterator[Query]:
    for quoted, run in _PIECE.findall(text):
        if quoted:
            if (phrase := _phrase(fields, quoted)) is not None:
                yield phrase
        elif words(run):
            yield leaves.word(Source(text), fields, run if _PATTERN.fullmatch(run) else _as_text(run), 0)


def _phrase(fields: tuple[str, ...], text: str) -> Query | None:
    return leaves.phrase(Source(text), fields, _as_text(text), 0) if words(text) else None


def _value(source: Source, field: str, text: str) -> Query | None:
    return leaves.value(source, field, text.replace("\\", "\\\\"), 0, quoted=True) if text.strip() else None


def _as_text(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)
