"""CQL trees as text: one line that parses to the same tree again."""

import re

from index.cql.lexer import RELATIONS, RESERVED
from index.cql.tree import Clause, Cql, Joined, Modifier, Node, Prefixed

_PLAIN_TERM = re.compile(r"[\w*?^]+")
_PLAIN_NAME = re.compile(r"[\w.:-]+")


def show(cql: Cql) -> str:
    """Return the canonical text of a query: parse(show(cql)) == cql."""
    sort = "".join(f" {_name(key.index)}{_modifiers(key.modifiers)}" for key in cql.sort)
    return _query(cql.query) + (f" sortBy{sort}" if sort else "")


def _query(node: Node) -> str:
    match node:
        case Prefixed(prefix, uri, query):
            return f"> {_name(prefix) + ' = ' if prefix else ''}{quoted(uri)} {_query(query)}"
        case Joined(first, rest):
            joined = [f" {sign.name}{_modifiers(sign.modifiers)} {_operand(part)}" for sign, part in rest]
            return _operand(first) + "".join(joined)
        case Clause(terms, index, relation):
            words = " ".join(map(_term, terms))
            return (
                f"{_name(index)} {relation.name}{_modifiers(relation.modifiers)} {words}"
                if relation
                else words
            )


def _operand(node: Node) -> str:
    return _query(node) if isinstance(node, Clause) else f"({_query(node)})"


def _modifiers(modifiers: tuple[Modifier, ...]) -> str:
    return "".join(
        f"/{_name(each.name)}{each.comparison}{_name(each.value) if each.comparison else ''}"
        for each in modifiers
    )


def _term(text: str) -> str:
    return text if _PLAIN_TERM.fullmatch(text) and text.lower() not in RESERVED | RELATIONS else quoted(text)


def _name(text: str) -> str:
    return text if _PLAIN_NAME.fullmatch(text) and text.lower() not in RESERVED else quoted(text)


def quoted(text: str) -> str:
    """Return a term or a name in quotes."""
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
