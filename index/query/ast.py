"""The tree of a parsed query: what every engine evaluates and the printer prints.

Texts in it are analysed already (folded, tokenised): an engine compares them with index tokens as they
are. `fields` is never empty; what a search without a field looks in is written out by the parser.
"""

from dataclasses import dataclass
from typing import Literal

Match = Literal["stem", "exact", "wildcard"]


@dataclass(frozen=True, slots=True)
class Word:
    """One token to be matched: by its stem, exactly, or as a pattern of `*` and `?`."""

    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class Term:
    """One token in any of the fields."""

    fields: tuple[str, ...]
    word: Word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more tokens next to each other, in order, in the same field and the same value of it."""

    fields: tuple[str, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Left and right in the same field and value with at most `distance` words between, in either order.

    Operands are Term, Phrase, Or or Near of those, all with the same `fields`. `ordered` (W/n) wants
    left first.
    """

    left: "Query"
    right: "Query"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A number between two bounds, both included; None leaves that end open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Value:
    """One whole value as a facet counts it: `folded` is `index.folding.fold` of the value shown."""

    facet: str
    folded: str


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the child."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """Every record."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a strategy, `#1`, with what it stands for."""

    number: int
    query: "Query"


Query = Term | Phrase | Near | Range | Value | And | Or | Not | All | Line
