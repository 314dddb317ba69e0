"""What each line of a strategy finds, term by term, and what it changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.engine import SearchEngine
from index.query.ast import And, Line, Near, Not, Or, Query
from index.query.printer import parts, show
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


def report(strategy: Strategy, engine: SearchEngine) -> Report:
    """Count every line and every part of it; all counts are asked for at once."""
    counts = _Counts()
    planned = [_plan(line, strategy, counts) for line in strategy.lines]
    counts.ask(engine)
    lines = tuple(make() for make in planned)
    hits = next(line.hits for line in lines if line.is_result)
    return Report(strategy.name, strategy.result, hits, lines)


class _Counts:
    """Queries collected, to be counted together; each once."""

    def __init__(self) -> None:
        self._places: dict[Query, int] = {}
        self._found: list[int] = []

    def later(self, query: Query | None) -> Callable[[], int | None]:
        """Return what will tell the count once it was asked for; None for no query."""
        if query is None:
            return lambda: None
        place = self._places.setdefault(query, len(self._places))
        return lambda: self._found[place]

    def ask(self, engine: SearchEngine) -> None:
        self._found = engine.counts(list(self._places))


def _plan(line: StrategyLine, strategy: Strategy, counts: _Counts) -> Callable[[], LineReport]:
    """Ask for the counts of a line; what is returned puts them together."""
    result = strategy.query
    is_result = line.number == strategy.result
    hits = counts.later(line.query)
    total = counts.later(result)
    found = [(part, counts.later(part.query), counts.later(part.without)) for part in _parts(line.query)]
    leads = is_result or line.number in _leading(strategy)
    apart = None if is_result else without_line(result, line.number)
    changed = counts.later(None if apart is result else apart)
    used_by = tuple(other.number for other in strategy.lines if line.number in other.refers_to)

    def made() -> LineReport:
        here = hits() or 0
        return LineReport(
            line.number,
            line.typed,
            show(line.query),
            here,
            tuple(_part(part, own() or 0, rest(), here) for part, own, rest in found),
            used_by,
            is_result,
            leads,
            _difference(total(), changed()),
            line.notes,
        )

    return made


def _difference(whole: int | None, without: int | None) -> int | None:
    return None if whole is None or without is None else whole - without


def _part(part: "_Part", hits: int, rest: int | None, line: int) -> PartReport:
    effect = None if rest is None else abs(line - rest)
    return PartReport(part.level, show(part.query), hits, part.role, effect, part.leaf)


def _leading(strategy: Strategy) -> frozenset[int]:
    """Return the lines that the result refers to, itself or through others."""
    refers = {line.number: line.refers_to for line in strategy.lines}
    found: set[int] = set()
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
    if not isinstance(query, And | Or | Not):
        return True
    found = parts(query)
    next(found)
    return next(found, None) is None


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
