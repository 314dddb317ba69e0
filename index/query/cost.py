"""What a query may cost when strangers ask: clauses, words looked through, time."""

from dataclasses import dataclass

from catalog.errors import QueryTooCostly
from index.query.ast import And, Line, Near, Not, Or, Phrase, Query


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that the queries of one request may take.

    `clauses` are words, ranges and values to be looked for. `places` are the entries of the index read for
    them: a pattern such as `a*` stands for a great many. `seconds` count from the beginning of the request.
    """

    clauses: int
    places: int
    seconds: float


_LESS = "search for parts of it one after the other, or on the command line"

_CHARACTERS = 20
_WORDS = 4
"""For each clause of a budget: a word with its fields and quotes, and the operator before it."""

_ROOM = 4
"""How many times as long a query may be when it was translated: our fields are longer than tags."""


def clauses(query: Query) -> int:
    """Return how many words, ranges and values a query looks for."""
    match query:
        case And(children) | Or(children):
            return sum(map(clauses, children))
        case Near(left, right):
            return clauses(left) + clauses(right)
        case Not(child):
            return clauses(child)
        case Line(query=inner):
            return clauses(inner)
        case Phrase(_, words):
            return len(words)
        case _:
            return 1


def check_text(text: str, budget: Budget | None, *, translated: bool = False) -> None:
    """Raise QueryTooCostly for a text that takes long to read and would have too many clauses then."""
    if budget is None:
        return
    times = budget.clauses * (_ROOM if translated else 1)
    if len(text) > _CHARACTERS * times or len(text.split()) > _WORDS * times:
        raise QueryTooCostly(
            f"the query is longer than {budget.clauses:,} words and values can be", hint=_LESS
        )


def check_clauses(query: Query, budget: Budget) -> None:
    """Raise QueryTooCostly for a query of too many clauses."""
    found = clauses(query)
    if found > budget.clauses:
        raise QueryTooCostly(
            f"the query has {found:,} words and values; {budget.clauses:,} are searched at most",
            hint=_LESS,
        )
