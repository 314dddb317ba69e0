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


def check_clauses(query: Query, budget: Budget) -> None:
    """Raise QueryTooCostly for a query of too many clauses."""
    found = clauses(query)
    if found > budget.clauses:
        raise QueryTooCostly(
            f"the query has {found:,} words and values; {budget.clauses:,} are searched at most",
            hint="search for parts of it one after the other, or on the command line",
        )
