"""The parts of a query while it is parsed, and how NEAR, AND and OR join them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.query import names
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value
from index.query.leaves import Source
from index.query.lexer import Lexeme

DEEPEST = 200
"""Levels of a tree, lines included, two for each line that adds to the one before: all may recurse on it."""

MOST_BRACKETS = 60
"""Brackets within brackets: to parse one takes several calls."""

WIDEST_NEAR = 255


@dataclass(frozen=True, slots=True)
class Operand:
    """A part of the query, where it stands, how deep its tree is, and what joins it to the part before.

    `joiner` is AND or OR, empty where the part just follows; `at` is where the joiner stands.
    """

    query: Query
    start: int
    end: int
    depth: int = 1
    joiner: str = ""
    at: int = 0


def joined(source: Source, operands: Sequence[Operand]) -> Operand:
    """Return the operands of one level AND-ed or OR-ed; AND beside OR without brackets is refused."""
    if len(operands) == 1:
        return operands[0]
    for n in range(2, len(operands)):
        if (operands[n - 1].joiner == "OR") != (operands[n].joiner == "OR"):
            hint = _both_readings(source, operands[n - 2 : n + 1])
            raise source.error("AND and OR side by side need brackets", operands[n].at, hint)
    children = tuple(operand.query for operand in operands)
    query = Or(children) if operands[1].joiner == "OR" else And(children)
    return _grown(source, query, operands)


def _both_readings(source: Source, three: Sequence[Operand]) -> str:
    left, middle, right = (_quoted(source, operand) for operand in three)
    one, two = (f" {operand.joiner} " if operand.joiner else " " for operand in three[1:])
    return f"write ({left}{one}{middle}){two}{right} or {left}{one}({middle}{two}{right})"


def _quoted(source: Source, operand: Operand) -> str:
    text = " ".join(source.text[operand.start : operand.end].split())
    return text if len(text) <= 32 else f"{text[:15]} … {text[-14:]}"


def negated(source: Source, operand: Operand, sign: Lexeme) -> Operand:
    """Return everything but an operand."""
    return replace(_grown(source, Not(operand.query), [operand]), start=sign.start)


def near(source: Source, left: Operand, right: Operand, sign: Lexeme) -> Operand:
    """Return left near right. Both must be words, phrases or OR groups of them in the same fields."""
    name, _, digits = sign.text.partition("/")
    if len(digits) > 3 or int(digits) > WIDEST_NEAR:
        hint = f"at most {name}/{WIDEST_NEAR}; further apart is AND"
        raise source.error(f"{sign.text} is too wide", sign.start, hint)
    ours = _positional(source, left.query, left, sign)
    theirs = _positional(source, right.query, right, sign)
    if ours != theirs:
        hint = f"write {names.written(ours) or names.written(theirs)}:(… {sign.text} …)"
        raise source.error(f"both sides of {sign.text} must look in the same fields", right.start, hint)
    query = Near(_spelt_out(left.query), _spelt_out(right.query), int(digits), ordered=name == "W")
    return _grown(source, query, [left, right])


def _positional(source: Source, query: Query, operand: Operand, sign: Lexeme) -> tuple[str, ...]:
    """Return the fields in which a side of NEAR looks."""
    match query:
        case Term(fields) | Phrase(fields) if names.kind(fields) == "text":
            return fields
        case Near(left):
            return _positional(source, left, operand, sign)
        case Line(_, child):
            return _positional(source, child, operand, sign)
        case Or(children):
            found = {_positional(source, child, operand, sign) for child in children}
            if len(found) == 1:
                return found.pop()
            raise source.error(f"each side of {sign.text} must look in the same fields", operand.start)
        case _:
            hint = "AND, NOT, ranges and identifiers go outside it"
            raise source.error(f"{sign.text} joins words, phrases and OR groups", operand.start, hint)


def _spelt_out(query: Query) -> Query:
    """Return a side of NEAR with its lines written out: it looks at their words, not at their records."""
    match query:
        case Line(_, child):
            return _spelt_out(child)
        case Or(children):
            return Or(tuple(map(_spelt_out, children)))
        case Near(left, right):
            return replace(query, left=_spelt_out(left), right=_spelt_out(right))
        case _:
            return query


def _grown(source: Source, query: Query, operands: Sequence[Operand]) -> Operand:
    depth = 1 + max(operand.depth for operand in operands)
    if depth > DEEPEST:
        raise too_deep(source, operands[0].start)
    return Operand(query, operands[0].start, operands[-1].end, depth)


def line(source: Source, number: int, query: Query, lexeme: Lexeme) -> Operand:
    """Return a line of a strategy as an operand."""
    depth = 1 + _depth(query, {})
    if depth > DEEPEST:
        raise too_deep(source, lexeme.start)
    return Operand(Line(number, query), lexeme.start, lexeme.end, depth)


def _depth(query: Query, known: dict[int, int]) -> int:
    """Return the depth of a tree; a line that others refer to many times is looked at once."""
    if id(query) not in known:
        below = [_depth(child, known) for child in _children(query)]
        known[id(query)] = 1 + max(below, default=0)
    return known[id(query)]


def _children(query: Query) -> tuple[Query, ...]:
    match query:
        case And(children) | Or(children):
            return children
        case Near(left, right):
            return left, right
        case Not(child) | Line(_, child):
            return (child,)
        case Term() | Phrase() | Range() | Value() | All():
            return ()


def too_deep(source: Source, position: int) -> Exception:
    """Return the error for a tree that is too deep."""
    return source.error("this is nested too deeply", position, "join more of it at one level: #1 OR #2 OR #3")
