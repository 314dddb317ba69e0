"""The tree of a CQL query, as it is written: names are not yet looked up.

Source: searchRetrieve part 5, CQL (OASIS, 2013), and CQL 1.2 (https://www.loc.gov/standards/sru/cql/spec.html).
Booleans bind all alike, from the left: what stands side by side is one `Joined`. Places count characters of
the query from 0 and take no part in comparing.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Modifier:
    """`/stem`, `/distance<=3`; without a comparison both it and the value are empty."""

    name: str
    comparison: str = ""
    value: str = ""
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """`=`, `any`, `cql.all/stem`."""

    name: str
    modifiers: tuple[Modifier, ...] = ()
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Clause:
    r"""What is looked for, where, and how; `index` is empty and `relation` None where only a term is given.

    `terms` are several where blanks part them outside quotes, which the standard has not and YAZ reads as
    words of their own. In a term backslashes stand as typed, but those before quotes.
    """

    terms: tuple[str, ...]
    index: str = ""
    relation: Relation | None = None
    starts: tuple[int, ...] = field(default=(), compare=False)
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    """`and`, `or`, `not`, `prox`, in small letters."""

    name: str
    modifiers: tuple[Modifier, ...] = ()
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by booleans, from the left."""

    first: "Node"
    rest: tuple[tuple[Boolean, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Prefixed:
    """A part in which a prefix stands for a context set; an empty one for names that have none."""

    prefix: str
    uri: str
    query: "Node"
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SortKey:
    """What to sort by."""

    index: str
    modifiers: tuple[Modifier, ...] = ()
    start: int = field(default=0, compare=False)


Node = Clause | Joined | Prefixed


@dataclass(frozen=True, slots=True)
class Cql:
    """A whole query with what it is sorted by, and its text for errors to point into."""

    query: Node
    sort: tuple[SortKey, ...] = ()
    text: str = field(default="", compare=False)
