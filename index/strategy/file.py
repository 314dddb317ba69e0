"""Strategies: a text file of numbered lines, read, checked and put together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.errors import QueryError, UsageFault
from index.dialect.translate import Loss, translate
from index.query.ast import Query
from index.query.lexer import lex
from index.query.parser import read
from index.strategy.entries import Entry, entries


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """One line: as typed, as it reads in our language, and as understood; `row` is its line in the file."""

    number: int
    row: int
    typed: str
    text: str
    query: Query
    refers_to: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """Lines in the order they are run; `result` is the number of the one that counts.

    `skipped` are headings of a database's printout, by line of the file: no part of the strategy.
    """

    name: str
    lines: tuple[StrategyLine, ...]
    result: int
    skipped: tuple[tuple[int, str], ...] = ()

    @property
    def query(self) -> Query:
        """Return what the whole strategy asks for."""
        return next(line.query for line in self.lines if line.number == self.result)

    @property
    def text(self) -> str:
        """Return the strategy as a file in our language."""
        return "".join(f"#{line.number} {line.text}\n" for line in self.lines)


class Fault(NamedTuple):
    """What is wrong with one line of a strategy; `row` is the line of the file."""

    row: int
    number: int
    error: QueryError


class StrategyFaults(UsageFault):
    """A strategy that cannot be run: all that is wrong with it."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        others = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        message = f"{name}, line {first.row}: #{first.number}: {first.error.message}{others}"
        super().__init__(message, hint=first.error.hint)
        self.name = name
        self.faults = faults


def decoded(data: bytes, name: str) -> str:
    """Return the text of a strategy file: UTF-8, or UTF-16 as word processors save it.

    Raises UsageFault for anything else.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
        end = data.find(b"\0") if "\0" in text else -1  # no text has one, UTF-16 without its mark has many
    except UnicodeDecodeError as fault:
        end = fault.start
    if end < 0:
        return text
    row = data[:end].count(b"\n") + 1
    raise UsageFault(f"{name}, line {row}: this is no UTF-8 text", hint="save the file as UTF-8 text")


def read_strategy(
    text: str,
    *,
    name: str = "strategy",
    dialect: str | None = None,
    result: int | None = None,
    exact: bool = False,
) -> Strategy:
    """Read a strategy; the last line is its result unless one is named.

    `dialect` says in which database's language it is written, `exact` that words match as typed. Raises
    StrategyFaults with everything that is wrong, UsageFault for a strategy without lines and for a result
    that is none of them.
    """
    found, skipped = entries(text, counts_in_brackets=dialect == "ovid")
    if not found:
        raise UsageFault(f"{name} has no lines", hint="write one search a line: #1 peer support")
    rows: dict[int, int] = {}
    lines: dict[int, StrategyLine] = {}
    faults: list[Fault] = []
    every = frozenset(entry.number for entry in found)
    for entry in found:
        try:
            _check_number(entry, rows)
            rows[entry.number] = entry.row
            if line := _line(entry, lines, rows, every, dialect, exact=exact):
                lines[entry.number] = line
        except QueryError as error:
            faults.append(Fault(entry.row_of(error.position), entry.number, error))
    if faults:
        raise StrategyFaults(name, tuple(faults))
    last = found[-1].number if result is None else result
    if last not in lines:
        known = ", ".join(f"#{number}" for number in lines)
        raise UsageFault(f"{name} has no line #{last}", hint=f"its lines are {known}")
    return Strategy(name, tuple(lines.values()), last, skipped)


def _check_number(entry: Entry, rows: Mapping[int, int]) -> None:
    if entry.number in rows:
        message = f"#{entry.number} is already on line {rows[entry.number]}"
        raise QueryError(message, text=entry.text, position=0, hint="give each line a number of its own")


def _line(
    entry: Entry,
    lines: Mapping[int, StrategyLine],
    rows: Mapping[int, int],
    every: frozenset[int],
    dialect: str | None,
    *,
    exact: bool,
) -> StrategyLine | None:
    """Read one line; None when it is only as wrong as a line that it refers to."""
    if not entry.text:
        raise QueryError("there is nothing behind the number", text="", position=0, hint="leave the line out")
    text, losses = (entry.text, ()) if dialect is None else translate(entry.text, dialect)
    references = {int(lexeme.text[1:10]): lexeme for lexeme in lex(text) if lexeme.kind == "line"}
    for number, lexeme in references.items():
        if number not in rows or number == entry.number:
            position = lexeme.start if dialect is None else _written(entry.text, number)
            raise _no_line(entry, number, every, rows, position)
    if any(number not in lines for number in references):
        return None
    query, notes = read(text, lines={number: line.query for number, line in lines.items()}, exact=exact)
    if dialect is not None:
        notes = ()  # they are on what we wrote ourselves
    return StrategyLine(entry.number, entry.row, entry.text, text, query, tuple(references), notes, losses)


def _written(text: str, number: int) -> int:
    match = re.search(rf"(?<!\d){number}(?!\d)", text)
    return match.start() if match else 0


def _no_line(
    entry: Entry, number: int, every: frozenset[int], rows: Mapping[int, int], position: int
) -> QueryError:
    if number == entry.number:
        message, hint = f"#{number} refers to itself", "a line refers to lines above it"
    elif number in every:
        message, hint = f"#{number} comes later", "a line refers to lines above it: put them in that order"
    else:
        known = ", ".join(f"#{above}" for above in sorted(rows)[-13:] if above != entry.number)
        message = f"there is no line #{number}"
        hint = f"the lines above are {known}" if known else "there are no lines above this one"
    return QueryError(message, text=entry.text, position=position, hint=hint)
