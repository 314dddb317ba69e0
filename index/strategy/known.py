"""Known items: which of them a strategy finds, and which of its lines lost the others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.engine import Reader
from index.query.ast import And, Line, Not, Or, Query
from index.query.printer import show
from index.strategy.file import Strategy
from index.strategy.items import KnownItem, known_items
from index.strategy.report import is_leaf

__all__ = ["Cause", "Checked", "KnownItem", "Status", "check", "known_items"]

Status = Literal["found", "missed", "absent"]


class Cause(NamedTuple):
    """Why a record is not in the result: `line` is the line it was lost in.

    `kind`: the record lacks this one part (`part`), has none of a group (`group`), or is left out because
    it has this (`excluded`). `texts` are the parts concerned.
    """

    line: int
    kind: Literal["part", "group", "excluded"]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a known item; `keys` are its records in the catalogue, `title` that of the first."""

    item: KnownItem
    status: Status
    keys: tuple[str, ...] = ()
    title: str = ""
    causes: tuple[Cause, ...] = ()


def check(
    strategy: Strategy,
    items: Sequence[KnownItem],
    engine: Reader,
    titles: Callable[[Sequence[str]], Mapping[str, str]] = lambda _keys: {},
) -> list[Checked]:
    """Tell of each item whether the strategy finds it, and where it was lost.

    `titles` gives the titles of records by their keys; it is asked once, for those that are not found.
    """
    looks = _held(items, engine)
    held = [item for item in items if item in looks]
    hits = engine.counts([And((strategy.query, looks[item])) for item in held])
    missed = [item for item, count in zip(held, hits, strict=True) if not count]
    keys = {item: tuple(engine.keys(looks[item])) for item in held}
    named = titles([keys[item][0] for item in missed]) if missed else {}
    causes = _causes(strategy, [looks[item] for item in missed], engine)
    lost = dict(zip(missed, causes, strict=True))
    return [_checked(item, keys, lost, named) for item in items]


def _checked(
    item: KnownItem,
    keys: Mapping[KnownItem, tuple[str, ...]],
    lost: Mapping[KnownItem, tuple[Cause, ...]],
    named: Mapping[str, str],
) -> Checked:
    if item not in keys:
        return Checked(item, "absent")
    if item not in lost:
        return Checked(item, "found", keys[item])
    return Checked(item, "missed", keys[item], named.get(keys[item][0], ""), lost[item])


def _held(items: Sequence[KnownItem], engine: Reader) -> dict[KnownItem, Query]:
    """Return, for the items in the catalogue, the first query that finds them."""
    pairs = [(item, query) for item in items for query in item.queries]
    found: dict[KnownItem, Query] = {}
    for (item, query), count in zip(pairs, engine.counts([query for _, query in pairs]), strict=True):
        if count:
            found.setdefault(item, query)
    return found


def _causes(strategy: Strategy, looks: Sequence[Query], engine: Reader) -> list[tuple[Cause, ...]]:
    """Return why each record is not found; every part of the tree is asked about at once."""
    parts = list(dict.fromkeys(_asked(strategy.query, negated=False)))
    counts = iter(engine.counts([And((part, look)) for look in looks for part in parts]))
    met = [{part for part in parts if next(counts)} for _ in looks]
    return [tuple(_lost(strategy.query, strategy.result, each)) for each in met]


def _asked(query: Query, *, negated: bool) -> Iterator[Query]:
    """Yield the parts that say why: an OR group is met or not as a whole, within NOT each part counts."""
    yield query
    match query:
        case And(children):
            for child in children:
                yield from _asked(child, negated=negated)
        case Or(children) if negated and not is_leaf(query):
            for child in children:
                yield from _asked(child, negated=True)
        case Not(child):
            yield from _asked(child, negated=True)
        case Line(_, child):
            yield from _asked(child, negated=negated)
        case _:
            return


def _lost(query: Query, line: int, met: set[Query]) -> Iterator[Cause]:
    """Say why a part is not met: the deepest parts of an AND, groups as a whole, what a NOT excluded."""
    match query:
        case Line(number, child):
            yield from _lost(child, number, met)
        case And(children):
            for child in children:
                if child not in met:
                    yield from _lost(child, line, met)
        case Or(children) if not is_leaf(query):
            yield Cause(line, "group", tuple(map(show, children)))
        case Not(child):
            yield from _excluding(child, line, met)
        case _:
            yield Cause(line, "part", (show(query),))


def _excluding(query: Query, line: int, met: set[Query]) -> Iterator[Cause]:
    """Say which parts of what a NOT leaves out a record has."""
    if isinstance(query, Line):
        yield from _excluding(query.query, query.number, met)
    elif isinstance(query, Or) and not is_leaf(query):
        inner = [child for child in query.children if child in met]
        plain = tuple(show(child) for child in inner if not isinstance(child, Line))
        if plain:
            yield Cause(line, "excluded", plain)
        for child in inner:
            if isinstance(child, Line):
                yield from _excluding(child, line, met)
    else:
        yield Cause(line, "excluded", (show(query),))
