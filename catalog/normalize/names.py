"""Contributors from names as sources print them: split only where the source split them, at the comma.

Programs that guess make "Suharto" a given name and cut "World Health Organization" in two (nameparser);
so `literal` always keeps the printed order and spelling, and `family` and `given` are set from a comma alone.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from catalog.normalize import identifiers
from catalog.normalize.bodies import is_body
from catalog.normalize.family_names import family_guess, sort_name
from catalog.normalize.merging import merge_repeated
from catalog.normalize.name_parts import is_degree, is_particle, is_suffix, may_be_initials
from catalog.normalize.text import plain, strip_isbd
from catalog.record import Contributor, ContributorKind

__all__ = [
    "contributor",
    "family_guess",
    "meeting",
    "merge_repeated",
    "organization",
    "person",
    "several",
    "sort_name",
]

# What stands in the place of a name where there is none; "Anonymous" is a statement of the source and stays.
_NOBODY: Final = frozenset(
    {
        "n/a",
        "n.a.",
        "none",
        "null",
        "nil",
        "s.n.",
        "[s.n.]",
        "s. n.",
        "unknown",
        "not available",
        "not specified",
    }
    | {"unknown author", "author unknown", "undefined", "no author", "[no author]", "sin autor"}
)
_COMMAS: Final = re.compile(r"\s*[,，،]\s*(?![^()]*\))")
_EMAIL: Final = re.compile(r"\s*[(<\[]?\s*(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?")
_ORCID: Final = re.compile(
    r"\s*[(\[<]?\s*(?:orcid(?:\s*id)?\s*[:=]?\s*)?(?:https?://)?(?:www\.)?(?:orcid\.org/)?"
    r"(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?\s*[)\]>]?",
    re.IGNORECASE,
)
# Footnote signs of an affiliation, glued to the end of a word: Smith1-2, Smith 1,2, Smith*, Smith†.
_MARKS: Final = re.compile(
    r"(?<=[^\W\d])(?:\.?\s?(?:\d{1,2}(?:\s?[,-]\s?\d{1,2})*)?[*†‡§¶#¹²³⁰⁴-⁹]*|\.?\s?\d{1,2}(?:,\d{1,2})*)\s*(?=,|$)"
)
_DATES: Final = re.compile(
    r"^(?:(?:b|d|ca?|fl|active|approximately)\b\.?\s*)*\[?\d{3,4}\??\]?\s*(?:[-–]\s*(?:(?:ca?\.|approximately)\s*)?(?:\d{2,4}\??)?)?\.?$"
)
_GLUED_DATES: Final = re.compile(r"\s+\(?\d{4}\s?[-–]\s?(?:\d{4})?\)?\.?$")
_DASHES: Final = "-–—•·"
_SUPERSCRIPTS: Final = re.compile(r"[*†‡§¶#¹²³⁰⁴-⁹\d]")


class _Parts(NamedTuple):
    family: str | None = None
    given: str | None = None
    suffix: str | None = None


def person(
    literal: str,
    *,
    role: str = "author",
    orcid: str | None = None,
    affiliations: Sequence[str] = (),
    inverted: bool | None = None,
) -> Contributor | None:
    """Make a person of a printed name; None when it is empty or says that nobody is known.

    Split at the comma: `Family, Given`, `Family, Jr., Given`, `Family, Given, Jr.`; in `John Q. Public,
    Jr.` only the suffix is split off. Degrees and dates of life after a comma stay in `literal` alone.
    `inverted` is the source's word on the order: False forbids the split (`John Paul II, Pope`), True
    makes a lone word the family name. An ORCID, e-mail address or footnote sign inside the name is no
    part of it.
    """
    name, inside = _proper(literal)
    if not any(map(str.isalpha, name)) or name.casefold() in _NOBODY:
        return None
    orcid = orcid or inside
    parts = _Parts() if inverted is False else _split(name, surname_entry=bool(inverted))
    return Contributor(
        literal=name,
        family=parts.family,
        given=parts.given,
        suffix=parts.suffix,
        role=role,
        orcid=identifiers.orcid(orcid) if orcid else None,
        affiliations=_affiliations(affiliations),
    )


def organization(literal: str, *, role: str = "author") -> Contributor | None:
    """Make a body of its printed name, closing punctuation taken off; None when nothing is left."""
    return _body(literal, "organization", role)


def meeting(literal: str, *, role: str = "author") -> Contributor | None:
    """Make a conference of its printed name, closing punctuation taken off; None when nothing is left."""
    return _body(literal, "meeting", role)


def contributor(
    literal: str,
    *,
    role: str = "author",
    orcid: str | None = None,
    affiliations: Sequence[str] = (),
    inverted: bool | None = None,
) -> Contributor | None:
    """Make a person, or a body where the name plainly is one; see `person`.

    A body keeps the ORCID the source gave it, most often its submitter's.
    """
    made = person(literal, role=role, orcid=orcid, affiliations=affiliations, inverted=inverted)
    if made is None or inverted or not is_body(made.literal):
        return made
    body = organization(made.literal, role=role)
    return body and replace(body, orcid=made.orcid, affiliations=made.affiliations)


def several(value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Take apart what one creator element may hold: names, each with the affiliations given beside it.

    `Smith, J.; Jones, K.` are two names, and so are `Pascale Chevalier et Skënder Muçaj`; `S. S. Iyengar;
    Louisiana State University` is one with an affiliation, as Open Journal Systems prints it. "et al." at the
    end of a name becomes a name of its own.
    """
    text = plain(value)
    if text is None:
        return ()
    found: list[tuple[str, tuple[str, ...]]] = []
    pieces = [piece for piece in map(str.strip, text.split(";")) if piece]
    for piece in pieces:
        if found and (_is_affiliation(piece) or (len(pieces) == 2 and " " not in piece)):
            found[-1] = (found[-1][0], (*found[-1][1], piece))
            continue
        name, others = _cut_others(piece)
        found.extend((part, ()) for part in (*_couple(name), others) if part)
    return tuple(found)


def _is_affiliation(piece: str) -> bool:
    """Tell `PEC, University of Technology, Chandigarh` from a further name."""
    return any(map(is_body, piece.split(",")))


_OTHERS: Final = re.compile(r"^(.+?)[,;]?\s+(et\.? al\.?|and others|y otros|u\. ?a\.)$", re.IGNORECASE)


def _cut_others(piece: str) -> tuple[str, str | None]:
    found = _OTHERS.match(piece)
    return (found[1], "et al.") if found else (piece, None)


# Not the Spanish y and the Portuguese e, which also join two family names.
_AND: Final = re.compile(r"\s+(?:and|et|und|&)\s+")
_FULL_NAME: Final = range(2, 6)  # words


def _couple(name: str) -> Sequence[str]:
    """Take apart two names in full; `Smith and Wesson` and `Department of Trade and Industry` are one."""
    people = _AND.split(name)
    if len(people) == 1 or "," in name or is_body(name) or not all(map(_is_full_name, people)):
        return (name,)
    return people


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) in _FULL_NAME and all(is_particle(word) or word[0].isupper() for word in words)


def _body(literal: str, kind: ContributorKind, role: str) -> Contributor | None:
    name = plain(literal)
    name = strip_isbd(name) if name else None
    return Contributor(literal=name, kind=kind, role=role) if name and any(map(str.isalnum, name)) else None


def _affiliations(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(plain, values)))) if values else ()


def _proper(literal: str) -> tuple[str, str | None]:
    """Return the name alone, and the ORCID that stood in it; what one thing hid is looked at again."""
    orcid: str | None = None
    name = plain(literal) or ""
    while True:
        shorter = _EMAIL.sub("", name) if "@" in name else name
        if "-" in shorter and (found := _ORCID.search(shorter)):
            orcid, shorter = orcid or found[1], _ORCID.sub("", shorter)
        if _SUPERSCRIPTS.search(shorter):
            shorter = _MARKS.sub(lambda sign: "." if sign[0].startswith(".") else "", shorter)
        shorter = _trimmed(shorter)
        if shorter == name:
            return name, orcid
        name = plain(shorter) or ""


def _trimmed(name: str) -> str:
    """Take off the punctuation a list or a card left at the ends; the stop of an initial stays."""
    name = name.strip(" ,;:，、،*†‡")
    if name[:1] in _DASHES:
        name = name.lstrip(_DASHES + " ")
    return strip_isbd(name) if name.endswith((".", "/")) else name


def _split(name: str, *, surname_entry: bool) -> _Parts:
    if "," not in name and "，" not in name and "،" not in name:
        return _Parts(family=name) if surname_entry and " " not in name else _Parts()
    plainly = ")" not in name and name.isascii()
    parts = [part for part in (map(str.strip, name.split(",")) if plainly else _COMMAS.split(name)) if part]
    while len(parts) > 1 and (
        _DATES.match(parts[-1]) or (not (surname_entry and len(parts) == 2) and _is_degree(parts))
    ):
        parts.pop()
    suffix = _take_suffix(parts)
    if len(parts) < 2:
        return _Parts(suffix=suffix)
    if len(parts) > 2 and not _splits_safely(parts):
        return _Parts()
    return _Parts(parts[0], _GLUED_DATES.sub("", parts[1]) or None, suffix)


def _is_degree(parts: list[str]) -> bool:
    """Tell whether a degree comes last: `Anna Smith, MA` and `Smith, A, MA`, but `Smith, MA` is initials."""
    if not is_degree(parts[-1]):
        return False
    if len(parts) > 2 or not may_be_initials(parts[-1]):
        return True
    return sum(not is_particle(word) for word in parts[0].split()) > 1


def _take_suffix(parts: list[str]) -> str | None:
    """Take the suffix out of `Family, Jr., Given`, `Family, Given, Jr.` or `Given Family, Jr.`."""
    for place in (1, len(parts) - 1)[: len(parts) - 1]:
        if is_suffix(parts[place], alone=len(parts) == 2):
            return parts.pop(place)
    return None


def _splits_safely(parts: list[str]) -> bool:
    """Allow `Russell, Bertrand, Earl`, not `Maria Silva, Department of Health, Lisbon`."""
    one_surname = sum(not is_particle(word) for word in parts[0].split()) == 1
    return one_surname and len(parts[1].split()) <= 4 and not is_body(parts[1])
