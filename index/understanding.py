"""What a search asks for, as it was typed, and what it is understood to be."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from catalog.record import Record
from catalog.store import SearchForm
from index.engine import Reader
from index.query.ast import All, And, Query
from index.query.cost import Budget, check_text
from index.query.expansion import expansions, notes

if TYPE_CHECKING:
    from index.strategy.file import Strategy

DIALECTS = ("cochrane", "ebsco", "embase", "ovid", "pubmed", "scopus", "wos")
"""The names of index.dialect, here so that completing a command line loads none of it."""


class Asked(NamedTuple):
    """A search as typed; `text` of a strategy is the whole file, `name` what to call it in errors."""

    form: SearchForm
    text: str
    dialect: str | None = None
    exact: bool = False
    name: str = "strategy"


class Understood(NamedTuple):
    """A search that can be run; a strategy's query is that of its result.

    `narrowed`: what was typed, where the query is for records like one among those that it finds.
    """

    query: Query
    notes: tuple[str, ...] = ()
    strategy: "Strategy | None" = None
    narrowed: Query | None = None


def understand(asked: Asked, budget: Budget | None = None) -> Understood:
    """Read a search.

    Raises QueryError or UsageFault for what cannot be run as written, of a strategy StrategyFaults; with a
    budget QueryTooCostly for what is too long to be read.
    """
    check_text(asked.text, budget)
    if asked.form == "strategy":
        return _strategy(asked)
    if asked.form == "question":
        from index.query.question import question

        return Understood(*question(asked.text, exact=asked.exact))
    from index.query.parser import read

    if asked.dialect is None:
        return Understood(*read(asked.text, exact=asked.exact))
    from index.dialect.translate import translate

    text, losses = translate(asked.text, asked.dialect)
    check_text(text, budget, translated=True)
    query, _ = read(text, exact=asked.exact)  # its notes are on what we wrote ourselves
    lost = _said((loss.message, loss.written) for loss in losses)
    return Understood(query, (f"read as {text}", *lost))


def resembling(understood: Understood, key: str, record: Record, engine: Reader) -> Understood | None:
    """Return a search for the records most like one, among those that were searched for.

    None when the record says too little of itself.
    """
    from index.similar import similar

    like = similar(key, record, engine)
    if like is None:
        return None
    query = like if understood.query == All() else And((like, understood.query))
    return understood._replace(query=query, narrowed=understood.query)


def word_notes(understood: Understood, engine: Reader, *, stems: bool = False) -> list[str]:
    """Say which words no record has, then what patterns stood for; with `stems` what every word did."""
    queries = [understood.narrowed or understood.query]
    if understood.strategy is not None:
        queries = [line.query for line in understood.strategy.lines]
    found = [each for query in queries for each in expansions(query, engine)]
    return list(dict.fromkeys(notes(sorted(found, key=lambda each: bool(each.terms)), stems=stems)))


def _strategy(asked: Asked) -> Understood:
    from index.strategy.file import read_strategy

    strategy = read_strategy(asked.text, name=asked.name, dialect=asked.dialect, exact=asked.exact)
    return Understood(strategy.query, tuple(_notes(strategy)), strategy)


def _notes(strategy: "Strategy") -> Iterator[str]:
    """Yield what was left out, how lines of other systems were read, and what is to say of which lines."""
    for row, text in strategy.skipped:
        if any(map(str.isalnum, text)):
            yield f"line {row} is no part of the strategy: {' '.join(text.split())}"
    for line in strategy.lines:
        if line.text != line.typed:
            yield f"#{line.number} read as {line.text}"
    yield from _said(
        pair
        for line in strategy.lines
        for pair in (
            *((loss.message, f"#{line.number} {loss.written}") for loss in line.losses),
            *((note, f"#{line.number}") for note in line.notes),
        )
    )


def _said(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what is to say once, behind all that it is true of; given are pairs of what and of what."""
    said: dict[str, dict[str, None]] = {}
    for message, about in pairs:
        said.setdefault(message, {})[" ".join(about.split())] = None
    return (f"{', '.join(about)}: {message}" for message, about in said.items())
