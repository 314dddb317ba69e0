"""A CQL query as XCQL: the XML form in which a server shows how it understood the query.

Sources: annex of part 5 with its xcql.xsd for 2.0, https://www.loc.gov/standards/sru/cql/xcql.html before
it. The older form has prefixes and sort keys within the outermost clause, the newer beside it.
"""

from collections.abc import Sequence
from itertools import accumulate

from catalog.export.xml import escaped
from index.cql.tree import Boolean, Clause, Cql, Joined, Modifier, Node, Prefixed, SortKey
from web.sru.versions import Version

_DEEPEST = 100
"""Booleans within booleans: each takes two elements, and most readers refuse more than 256."""


def xcql(cql: Cql, version: Version) -> str:
    """Return a query as XCQL in the version's form; nothing for one too deep for most readers."""
    if _depth(cql.query) > _DEEPEST:
        return ""
    return _new(cql, version) if version.is_2 else _old(cql, version)


def _depth(node: Node) -> int:
    match node:
        case Clause():
            return 0
        case Prefixed(query=query):
            return _depth(query)
        case Joined(first, rest):
            below = accumulate((_depth(part) for _, part in rest), lambda left, right: 1 + max(left, right),
                               initial=_depth(first))  # fmt: skip
            return max(below)


def _old(cql: Cql, version: Version) -> str:
    inside = _node(cql.query, version, sort=_sort_keys(cql.sort))
    return inside.replace(">", f' xmlns="{version.xcql_namespace}">', 1)


def _new(cql: Cql, version: Version) -> str:
    found = list(_prefixes(cql.query))
    prefixes = f"<prefixes>{''.join(found)}</prefixes>" if found else ""
    triple = _node(cql.query, version)
    whole = triple if triple.startswith("<triple>") else f"<triple>{triple}</triple>"
    parts = (prefixes, whole, _sort_keys(cql.sort))
    return "".join(
        part.replace(">", f' xmlns="{version.xcql_namespace}">', 1) if part else "" for part in parts
    )


def _prefixes(node: Node) -> list[str]:
    match node:
        case Prefixed(prefix, uri, query):
            return [_prefix(prefix, uri), *_prefixes(query)]
        case Joined(first, rest):
            return [each for part in (first, *(part for _, part in rest)) for each in _prefixes(part)]
        case Clause():
            return []


def _prefix(prefix: str, uri: str) -> str:
    return f"<prefix>{_text('name', prefix)}{_text('identifier', uri)}</prefix>"


def _node(node: Node, version: Version, *, prefixes: str = "", sort: str = "") -> str:
    match node:
        case Prefixed(prefix, uri, query):
            more = "" if version.is_2 else _prefix(prefix, uri)
            return _node(query, version, prefixes=prefixes + more, sort=sort)
        case Clause():
            return f"<searchClause>{_wrapped(prefixes)}{_clause(node, version)}{sort}</searchClause>"
        case Joined(first, rest):
            left = _node(first, version)
            for boolean, part in rest:
                joined = _boolean(boolean, version)
                right = f"<rightOperand>{_node(part, version)}</rightOperand>"
                left = f"<triple>{joined}<leftOperand>{left}</leftOperand>{right}</triple>"
            outside = _wrapped(prefixes)
            return (
                f"<triple>{outside}{left.removeprefix('<triple>').removesuffix('</triple>')}{sort}</triple>"
            )


def _wrapped(prefixes: str) -> str:
    return f"<prefixes>{prefixes}</prefixes>" if prefixes else ""


def _clause(node: Clause, version: Version) -> str:
    term = _text("term", " ".join(node.terms))
    if len(node.terms) > 1 and (node.relation is None or node.relation.name == "="):
        # Words side by side are beyond the standard; this is what they are taken for.
        index = _text("index", node.index or "cql.serverChoice")
        return f"{index}<relation><value>all</value></relation>{term}"
    if node.relation is None:
        # What is left out is the server's choice: `scr` in 1.1, `=` since then.
        if version.is_2:
            return term
        sign = "scr" if version.name == "1.1" else "="
        return f"<index>cql.serverChoice</index><relation><value>{sign}</value></relation>{term}"
    relation = f"{_text('value', node.relation.name)}{_modifiers(node.relation.modifiers)}"
    return f"{_text('index', node.index)}<relation>{relation}</relation>{term}"


def _boolean(boolean: Boolean, version: Version) -> str:
    name = "Boolean" if version.is_2 else "boolean"
    return f"<{name}><value>{boolean.name}</value>{_modifiers(boolean.modifiers)}</{name}>"


def _modifiers(modifiers: Sequence[Modifier]) -> str:
    found = "".join(
        f"<modifier>{_text('type', each.name)}"
        + (f"{_text('comparison', each.comparison)}{_text('value', each.value)}" if each.comparison else "")
        + "</modifier>"
        for each in modifiers
    )
    return f"<modifiers>{found}</modifiers>" if found else ""


def _sort_keys(keys: Sequence[SortKey]) -> str:
    """Return the sort keys, each with a modifier, which the schema of 2.0 wants."""
    found = "".join(
        f"<key>{_text('index', key.index)}{_modifiers(key.modifiers or (Modifier('sort.ascending'),))}</key>"
        for key in keys
    )
    return f"<sortKeys>{found}</sortKeys>" if found else ""


def _text(name: str, text: str) -> str:
    return f"<{name}>{escaped(text)}</{name}>"
