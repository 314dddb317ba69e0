"""What each line of a strategy finds, term by term, and what it changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.engine import Reader
from index.query import printer
from index.query.ast import And, Line, Near, Not, Or, Query
from index.query.printer import show
from index.strategy.file import Strategy, StrategyLine

Role = Literal["line", "and", "or", "not", "near"]


@dataclass(frozen=True, slots=True)
class PartReport:
    """One part of a line, `level` deep in it.

    `role` is how it stands in what holds it. `effect` is what it does to the line: so many records it adds
    (as a part of an OR group) or takes away (of an AND, as a NOT); None where that is not asked. `leaf`
    tells terms, phrases, NEAR and other lines from groups.
    """

    level: int
    text: str
    hits: int
    role: Role
    effect: int | None
    leaf: bool

    @property
    def flag(self) -> str:
        """Say what is wrong with it in two words; empty when nothing is."""
        if self.leaf and not self.hits:
            return "finds nothing"
        if self.effect != 0 or not self.hits:
            return ""
        return "adds nothing" if self.role == "or" else "excludes nothing"


@dataclass(frozen=True, slots=True)
class LineReport:
    """One line: `understood` is its canonical text, `used_by` are the lines that refer to it.

    `leads` tells whether the result depends on it. `effect` is what it does to the result: positive, so many
    records are found by this line alone; negative, so many are excluded by it; None for the result itself
    and where NEAR takes the words of the line and not its records.
    """

    number: int
    typed: str
    understood: str
    hits: int
    parts: tuple[PartReport, ...]
    used_by: tuple[int, ...]
    is_result: bool
    leads: bool
    effect: int | None
    notes: tuple[str, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """Say what the strategy could do without, and why."""
        found = [] if self.hits else ["finds nothing"]
        if not (self.used_by or self.is_result):
            found.append("no other line uses it")
        elif not self.leads:
            found.append("the result does not depend on it")
        elif self.effect == 0:
            found.append("the result is the same without it")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Report:
    """A strategy counted: `hits` are those of the line that is its result."""

    name: str
    result: int
    hits: int
    lines: tuple[LineReport, ...]


def report(strategy: Strategy, engine: Reader) -> Report:
    """Count every line and every part of it; all counts are asked for at once."""
    parts = {line.number: list(_parts(line.query)) for line in strategy.lines}
    without = {line.number: _without(strategy, line) for line in strategy.lines}
    # The parts themselves first: what else is counted is put together from them.
    asked = [part.query for some in parts.values() for part in some]
    asked += [part.without for some in parts.values() for part in some if part.without is not None]
    asked += [rest for rest in without.values() if rest is not None]
    queries = list(dict.fromkeys(asked))
    counts = dict(zip(queries, engine.counts(queries), strict=True))
    leading = _leading(strategy)
    lines = tuple(
        LineReport(
            line.number,
            line.typed,
            show(line.query),
            counts[line.query],
            tuple(_part(part, counts, counts[line.query]) for part in parts[line.number]),
            tuple(other.number for other in strategy.lines if line.number in other.refers_to),
            line.number == strategy.result,
            line.number in leading,
            _effect(counts, strategy.query, without[line.number]),
            line.notes,
        )
        for line in strategy.lines
    )
    return Report(strategy.name, strategy.result, counts[strategy.query], lines)


def _without(strategy: Strategy, line: StrategyLine) -> Query | None:
    """Return the result without a line; None when it is the same query, or nothing would be left."""
    rest = without_line(strategy.query, line.number)
    return None if rest is strategy.query else rest


def _effect(counts: Mapping[Query, int], whole: Query, rest: Query | None) -> int | None:
    return None if rest is None else counts[whole] - counts[rest]


def _part(part: "_Part", counts: Mapping[Query, int], line: int) -> PartReport:
    effect = None if part.without is None else abs(line - counts[part.without])
    return PartReport(part.level, show(part.query), counts[part.query], part.role, effect, part.leaf)


def _leading(strategy: Strategy) -> frozenset[int]:
    """Return the result and the lines that it refers to, itself or through others."""
    refers = {line.number: line.refers_to for line in strategy.lines}
    found = {strategy.result}
    waiting = [strategy.result]
    while waiting:
        new = set(refers[waiting.pop()]) - found
        found |= new
        waiting += new
    return frozenset(found)


class _Part(NamedTuple):
    """A part of a line; `without` is the line less this part, None where that is not asked."""

    level: int
    query: Query
    role: Role
    without: Query | None
    leaf: bool


_Rebuild = Callable[[Query | None], Query | None]


def _parts(query: Query) -> Iterator[_Part]:
    """Yield a line's parts, each before what it consists of; other lines are leaves."""
    return _walk(query, 0, "line", None, lambda changed: changed)


def _walk(query: Query, level: int, role: Role, without: Query | None, rebuild: _Rebuild) -> Iterator[_Part]:
    leaf = is_leaf(query)
    yield _Part(level, query, role, without, leaf)
    match query:
        case Near(left, right):
            for side in (left, right):
                yield from _walk(side, level + 1, "near", None, lambda _: None)
        case And(children) | Or(children) if not leaf:
            kind = type(query)
            inner: Role = "and" if kind is And else "or"
            for child, rest in zip(children, others(children, kind), strict=True):
                yield from _walk(child, level + 1, inner, rebuild(rest), _within(rest, kind, rebuild))
        case Not(child):
            yield from _walk(child, level + 1, "not", None, lambda changed: rebuild(changed and Not(changed)))
        case _:
            return


def _within(rest: Query, kind: type[And] | type[Or], rebuild: _Rebuild) -> _Rebuild:
    return lambda changed: rebuild(rest if changed is None else kind((rest, changed)))


def is_leaf(query: Query) -> bool:
    """Tell whether a part is one term to a reader: also NEAR, another line, and `peer-support`."""
    return isinstance(query, Near) or printer.is_leaf(query)


def others(children: Sequence[Query], kind: type[And] | type[Or]) -> list[Query]:
    """Return, for each of two or more, all the others joined.

    By halves, so that of n parts only n·log n are joined, and most of what is counted is shared.
    """

    def split(some: Sequence[Query], outside: tuple[Query, ...]) -> Iterator[Query]:
        if len(some) == 1:
            yield outside[0]
            return
        half = len(some) // 2
        left, right = some[:half], some[half:]
        yield from split(left, (_joined((*outside, _joined(right, kind)), kind),))
        yield from split(right, (_joined((*outside, _joined(left, kind)), kind),))

    return list(split(children, ()))


def _joined(some: Sequence[Query], kind: type[And] | type[Or]) -> Query:
    return some[0] if len(some) == 1 else kind(tuple(some))


def without_line(query: Query, number: int) -> Query | None:
    """Return a query as it would be without a line; None when nothing is left of it."""
    known: dict[int, Query | None] = {}

    def less(part: Query) -> Query | None:
        if id(part) not in known:
            known[id(part)] = changed(part)
        return known[id(part)]

    def changed(part: Query) -> Query | None:
        match part:
            case Line(found, child):
                rest = None if found == number else less(child)
                return part if rest is child else rest and Line(found, rest)
            case And(children) | Or(children):
                kept = [rest for child in children if (rest := less(child)) is not None]
                if len(kept) == len(children) and all(a is b for a, b in zip(kept, children, strict=True)):
                    return part
                return _joined(kept, type(part)) if kept else None
            case Not(child):
                rest = less(child)
                return part if rest is child else rest and Not(rest)
            case _:
                return part

    return less(query)
