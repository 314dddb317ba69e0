"""From CQL to our own query, which every count is of: text -> tree -> Query."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from catalog.errors import QueryError
from index.cql import errors
from index.cql.clauses import clause
from index.cql.names import Names
from index.cql.parser import parse
from index.cql.sorting import sort_order
from index.cql.tree import Boolean, Clause, Cql, Joined, Modifier, Node, Prefixed
from index.engine import SortOrder
from index.query import operand
from index.query.ast import And, Not, Or, Query
from index.query.leaves import Source
from index.query.lexer import Lexeme
from index.query.operand import DEEPEST, WIDEST_NEAR, Operand
from index.query.printer import common_fields

_DIGITS = len(str(WIDEST_NEAR + 1))


class Reading(NamedTuple):
    """A CQL query as understood; `sort` None leaves the order to us."""

    query: Query
    sort: SortOrder | None = None


def read(text: str) -> Reading:
    """Read a CQL query. Raises CqlError."""
    return translate(parse(text))


def translate(cql: Cql) -> Reading:
    """Return what a parsed query asks for. Raises CqlError."""
    names = Names(cql.text, {})
    found = _part(names, cql.query)
    query = cql.query
    while isinstance(query, Prefixed):
        names, query = names.with_prefix(query.prefix, query.uri), query.query
    return Reading(found.query, sort_order(names, cql.sort))


def _part(names: Names, node: Node) -> Operand:
    match node:
        case Prefixed(prefix, uri, query):
            return _part(names.with_prefix(prefix, uri), query)
        case Joined():
            return _joined(names, node)
        case Clause():
            return Operand(clause(names, node), node.start, node.start)


def _joined(names: Names, node: Joined) -> Operand:
    """Join from the left; what the same boolean joins is one level: `a or b or c`."""
    whole = _part(names, node.first)
    for name, group in groupby(node.rest, lambda each: _way_of_joining(names, each[0])):
        if name == "prox":
            for sign, right in group:
                whole = _near(names, whole, sign, _part(names, right))
        else:
            whole = _level(names, And if name == "and" else Or, whole, group)
    return whole


def _way_of_joining(names: Names, boolean: Boolean) -> str:
    """Return `and` for `not`, too: it is `and` with all but what follows."""
    if boolean.name == "prox":
        return "prox"
    for modifier in boolean.modifiers:
        message = f"{boolean.name} cannot be modified by {modifier.name} here"
        raise names.error(errors.BOOLEAN_MODIFIER, message, modifier.start, modifier.name)
    return "or" if boolean.name == "or" else "and"


def _level(
    names: Names, kind: type[And] | type[Or], left: Operand, others: Iterable[tuple[Boolean, Node]]
) -> Operand:
    parts = [left]
    for boolean, node in others:
        right = _part(names, node)
        if boolean.name == "not":
            right = replace(right, query=Not(right.query), depth=right.depth + 1)
        parts.append(right)
    return _grown(names, kind(tuple(part.query for part in parts)), parts)


def _near(names: Names, left: Operand, boolean: Boolean, right: Operand) -> Operand:
    """Return left near right: words at a distance of 1 stand side by side, with none between (CQL 1.2)."""
    distance, ordered = _proximity(names, boolean)
    ours, theirs = common_fields(left.query), common_fields(right.query)
    if ours and theirs and ours != theirs:
        message = "prox joins words of the same index"
        raise names.error(errors.INDEXES, message, boolean.start, f"{','.join(ours)} {','.join(theirs)}")
    sign = Lexeme("operator", f"{'W' if ordered else 'NEAR'}/{distance - 1}", boolean.start, boolean.start)
    try:
        found = operand.near(Source(names.text), left, right, sign)
    except QueryError as error:
        message = "prox joins words, terms of several words, and or-groups of them"
        raise names.error(errors.PROXIMITY, message, boolean.start) from error
    return _grown(names, found.query, [left, right])


def _proximity(names: Names, boolean: Boolean) -> tuple[int, bool]:
    """Return the distance at most, and whether left comes first."""
    distance, ordered = 1, False
    for modifier in boolean.modifiers:
        match modifier.name.lower().removeprefix("cql."):
            case "unit" if modifier.value.lower().removeprefix("cql.") == "word":
                continue
            case "unit":
                message = f"distances are counted in words, not by {modifier.value}"
                raise names.error(errors.PROXIMITY_UNIT, message, modifier.start, modifier.value)
            case "distance":
                distance = _distance(names, modifier)
            case "ordered" | "unordered" as order:
                ordered = order == "ordered"
            case _:
                message = f"prox cannot be modified by {modifier.name} here"
                raise names.error(errors.BOOLEAN_MODIFIER, message, modifier.start, modifier.name)
    return distance, ordered


def _distance(names: Names, modifier: Modifier) -> int:
    text = modifier.value
    most = int(text) - (modifier.comparison == "<") if text.isdecimal() and len(text) <= _DIGITS else 0
    if not 1 <= most <= WIDEST_NEAR + 1:
        message = f"a distance is between 1 and {WIDEST_NEAR + 1}"
        raise names.error(errors.PROXIMITY_DISTANCE, message, modifier.start, text)
    # No two words have a distance of 0, so that 1 exactly is 1 at most.
    if modifier.comparison not in ("<", "<=") and (modifier.comparison, most) != ("=", 1):
        message = "a distance is given as a limit: distance<=3"
        raise names.error(errors.PROXIMITY_RELATION, message, modifier.start, modifier.comparison)
    return most


def _grown(names: Names, query: Query, parts: list[Operand]) -> Operand:
    depth = 1 + max(part.depth for part in parts)
    if depth > DEEPEST:
        message = "this is nested too deeply"
        raise names.error(errors.BOOLEANS, message, parts[0].start, str(DEEPEST), "bracket what or joins")
    return Operand(query, parts[0].start, parts[-1].end, depth)
