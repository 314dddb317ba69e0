"""The names in MARC that we wrote: each part in a subfield of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import BETWEEN_PLACES
from catalog.normalize.identifiers import orcid
from catalog.record import Contributor, ContributorKind

_KINDS: Final[dict[str, ContributorKind]] = {"00": "person", "10": "organization", "11": "meeting"}
TAGS: Final = frozenset(f"{first}{last}" for first in "17" for last in _KINDS)


def contributors(
    fields: Iterable[MarcField], twins: Mapping[str, Sequence[MarcField]]
) -> Iterator[Contributor]:
    """Read 1xx and 7xx in their order; `twins` are the 880 fields by the number of the link (`-01`)."""
    for field in fields:
        literal, family, given = _name(field)
        if literal is None:
            continue
        link = field.first("6")
        twin = next(iter(twins.get(link[3:6], ())), None) if link else None
        yield Contributor(
            literal=literal,
            kind=_KINDS[field.tag[1:]],
            family=family,
            given=given,
            suffix=field.first("c"),
            role=_role(field),
            orcid=orcid(field.first("1") or field.first("0")),
            affiliations=tuple(affiliations.split(BETWEEN_PLACES))
            if (affiliations := field.first("u"))
            else (),
            vernacular=twin.first("a") if twin is not None else None,
        )


def _name(field: MarcField) -> tuple[str | None, str | None, str | None]:
    """Return literal, family and given name; $g is the printed form where the parts do not make it."""
    name, printed = field.first("a"), field.first("g")
    if name is None or field.tag[1:] != "00":
        return name, None, None
    if field.ind1 != "1":
        suffix = field.first("c")
        return printed or (f"{name}, {suffix}" if suffix else name), None, None
    family, _, given = name.partition(", ")
    dates = field.first("d")
    return printed or (f"{name} {dates}" if dates else name), family, given or None


def _role(field: MarcField) -> str:
    relators = table("relators")
    term: str | None = relators["codes"].get(field.first("4") or "")
    if term is None:
        return field.first("j" if field.tag[1:] == "11" else "e") or "author"
    role: str = relators["csl"].get(term, term)
    return role
