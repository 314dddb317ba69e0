"""Queries in words, part by part."""

from collections.abc import Iterator
from typing import NamedTuple

from index.fields import DEFAULT_FIELDS
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.printer import common_fields, is_leaf, spellings


class Part(NamedTuple):
    """A part of a query in words, `level` deep in its tree."""

    level: int
    text: str
    query: Query


def parts(query: Query, level: int = 0) -> Iterator[Part]:
    """Yield the query and all its parts, each before what it consists of."""
    match query:
        case Or() if not is_leaf(query):
            title, children = "any of", query.children
        case And(children):
            title = "all of"
        case Not(child):
            title, children = "not", (child,)
        case Near(left, right, distance, ordered):
            order = "in this order" if ordered else "in either order"
            title, children = f"with at most {distance} words between, {order}", (left, right)
        case Line(number, child):
            title, children = f"line #{number}", (child,)
        case _:
            yield Part(level, _explained(query), query)
            return
    yield Part(level, title, query)
    for child in children:
        yield from parts(child, level + 1)


def _explained(query: Query) -> str:
    match query:
        case All():
            return "every record"
        case Range(field, low, high):
            return f"{field} {_bounds(low, high)}"
        case Value(facet, folded):
            return f"the {facet} {folded}"
        case Term(fields, word):
            return f"{_meaning(word)} in {_where(fields)}"
        case Phrase(fields, found):
            return f"side by side in {_where(fields)}: {', '.join(map(_meaning, found))}"
        case Or():
            ways = "; or ".join(", ".join(map(_meaning, words)) for words in spellings(query) or ())
            return f"side by side in {_where(common_fields(query) or ())}: {ways}"
        case _:
            raise AssertionError(query)


def _bounds(low: int | None, high: int | None) -> str:
    if low is None:
        return "is given" if high is None else f"up to {high}"
    if high is None:
        return f"from {low}"
    return str(low) if low == high else f"{low} to {high}"


def _meaning(word: Word) -> str:
    match word.match:
        case "stem":
            return f"forms of {word.text}"
        case "wildcard":
            return f"words like {word.text}"
        case "exact":
            return f'"{word.text}"'


def _where(fields: tuple[str, ...]) -> str:
    return "any of the usual fields" if fields == DEFAULT_FIELDS else " or ".join(fields)
