"""A query of another database, read but not yet written in our language."""

from dataclasses import dataclass
from typing import Literal

from index.dialect.tags import Tag


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in the text as typed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A word or several side by side; `tag` None until one is known.

    `mark` is what the tag or heading carries besides its name (`noexp`, `exp`, a subheading), `distance`
    PubMed's `~3`.
    """

    place: Place
    text: str
    quoted: bool
    tag: Tag | None = None
    mark: str = ""
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Ours:
    """A part that is known in our language already: `field` and what follows it."""

    place: Place
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Two or more parts joined by AND or OR."""

    place: Place
    operator: Literal["AND", "OR"]
    children: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Close:
    """Two parts with at most `between` words between them."""

    place: Place
    left: "Part"
    right: "Part"
    between: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Without:
    """Everything but a part."""

    place: Place
    child: "Part"


@dataclass(frozen=True, slots=True)
class Nothing:
    """What has no equal and was left out, with a report of it."""

    place: Place


Part = Words | Ours | Group | Close | Without | Nothing


def depth(part: Part) -> int:
    """Return how many parts are within one another."""
    match part:
        case Group(children=children):
            return 1 + max(map(depth, children))
        case Close(left=left, right=right):
            return 1 + max(depth(left), depth(right))
        case Without(child=child):
            return 1 + depth(child)
        case _:
            return 1
