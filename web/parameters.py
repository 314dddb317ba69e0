"""What an address may tell a machine face: one table that is checked against, described and documented."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from catalog.errors import UsageFault
from index.engine import SORTS
from index.fields import FACETS
from index.understanding import DIALECTS
from web.asked import PARAMETERS, SIZES
from web.formats import CHOICES

Kind = Literal["text", "texts", "choice", "choices", "integer"]

_INTEGER: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_FLAG: Final = ("1", "0")


class Parameter(NamedTuple):
    """One parameter.

    `texts` may be repeated; `choices` are several of `values`, commas between. An `integer` lies between
    `least` and `most`, or is one of `values`.
    """

    name: str
    help: str
    kind: Kind = "text"
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str | None = None

    def schema(self) -> dict[str, Any]:
        """Return what it takes as JSON Schema."""
        if self.kind == "text":
            return {"type": "string"}
        if self.kind == "texts":
            return {"type": "array", "items": {"type": "string"}}
        if self.kind == "choice":
            return {"type": "string", "enum": list(self.values)}
        if self.kind == "choices":
            return {"type": "array", "items": {"type": "string", "enum": list(self.values)}}
        if self.values:
            return {"type": "integer", "enum": [int(value) for value in self.values]}
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def values_told(self) -> str:
        """Return what it takes, for readers."""
        if self.values:
            return ", ".join(self.values)
        return f"{self.least} to {self.most}" if self.kind == "integer" else "any text"

    def fault(self, value: str) -> str | None:
        """Say why a value cannot be meant, None for one that can."""
        if self.kind in ("text", "texts"):
            return None
        if self.kind == "choices":
            wrong = [part or "nothing" for part in value.split(",") if part not in self.values]
            return f"{', '.join(wrong)} is none of {', '.join(self.values)}" if wrong else None
        if self.values:
            return None if value in self.values else f"it is none of {', '.join(self.values)}"
        if _INTEGER.fullmatch(value) and self.least <= int(value) <= self.most:
            return None
        return f"it is no whole number from {self.least} to {self.most}"


def _integer(name: str, help: str, least: int, most: int) -> Parameter:  # noqa: A002 - as in Parameter
    return Parameter(name, help, "integer", (), least, most)


_KINDS: Final[Mapping[str, Parameter]] = {
    "any": Parameter("any", "", "choice", _FLAG),
    "exact": Parameter("exact", "", "choice", _FLAG),
    "dialect": Parameter("dialect", "", "choice", DIALECTS),
    "from": _integer("from", "", -9999, 9999),
    "to": _integer("to", "", -9999, 9999),
    "sort": Parameter("sort", "", "choice", SORTS),
    "page": _integer("page", "", 1, 999_999_999),
    "size": Parameter("size", "", "integer", tuple(map(str, sorted(SIZES)))),
    **{facet: Parameter(facet, "", "texts") for facet in FACETS},
}
_EXAMPLES: Final = {"q": '"peer support" AND recovery'}


def _searching(name: str, told: str) -> Parameter:
    known = _KINDS.get(name, Parameter(name, ""))
    brief = told.removesuffix(f": {', '.join(known.values)}")  # its values are told beside it
    return known._replace(name=name, help=brief, example=_EXAMPLES.get(name))


SEARCH: Final = tuple(_searching(name, told) for name, told in PARAMETERS.items())
"""Those of a search."""

NARROWING: Final = tuple(each for each in SEARCH if each.name not in ("sort", "page", "size"))
"""Those that tell what is searched for, and nothing of how it is shown."""

OPTIONS: Final = tuple(
    Parameter(
        name,
        choice.help,
        "choices" if choice.several else "choice" if choice.values else "text",
        choice.values,
    )
    for name, choice in CHOICES.items()
)
"""Those of an export's options."""


def checked(
    told: Sequence[tuple[str, str]], known: Iterable[Parameter], *, others: bool = False
) -> dict[str, str]:
    """Return the parameters of an address by name, of repeated ones the last.

    Raises UsageFault for a value that cannot be meant, for a parameter given twice that takes one value, and
    unless `others` may come along for one that is not known.
    """
    table = {parameter.name: parameter for parameter in known}
    found: dict[str, str] = {}
    for name, value in told:
        parameter = table.get(name)
        if parameter is None:
            if others:
                continue
            raise UsageFault(f"there is no parameter {name!r}", hint=f"there are {', '.join(table)}")
        if name in found and parameter.kind != "texts":
            raise UsageFault(f"{name} is given twice", hint=f"{name}: {parameter.help}")
        if fault := parameter.fault(value):
            raise UsageFault(f"{name}={value}: {fault}", hint=f"{name}: {parameter.help}")
        found[name] = value
    return found
