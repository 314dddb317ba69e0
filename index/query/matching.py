"""The parts of a query that match text by themselves, for what ranks and marks by them."""

from collections.abc import Iterator

from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value

Leaf = Term | Phrase | Near
"""What matches text by itself, and is counted in ranking."""


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that speak for a document: all but those under a NOT."""
    match query:
        case Term() | Phrase() | Near():
            yield query
        case Line(query=inner):
            yield from leaves(inner)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from leaves(child)
        case All() | Range() | Value() | Not():
            return


def fields_of(query: Query) -> tuple[str, ...]:
    """Return the fields a leaf looks in: those of any of its terms, which all have the same."""
    while True:
        match query:
            case Term(fields=fields) | Phrase(fields=fields):
                return fields
            case Near(left=first) | Or(children=(first, *_)):
                query = first
            case _:
                raise TypeError(f"{type(query).__name__} has no place in a text")
