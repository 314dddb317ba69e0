"""Who made it: 1xx, then 7xx, in the order of the record."""

import re
from collections.abc import Iterator

import msgspec

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import ADDED_NAMES, Grouped
from catalog.crosswalk.marc.relators import Statement, roles
from catalog.crosswalk.marc.responsibility import responsibility
from catalog.crosswalk.marc.values import bare, in_other_script, text, unbracketed
from catalog.normalize.identifiers import orcid
from catalog.normalize.names import contributor, meeting, merge_repeated, organization, person
from catalog.record import Contributor

_SUFFIX = re.compile(
    r"(?:Jr|Sr|Jun|Sen|II|III|IV|VI{0,3}|fils|père|Júnior|Filho|Neto|Sobrinho)\b\.?", re.IGNORECASE
)
# Dates that belong in $d.
_DATES = re.compile(r",\s*(?:b\.|d\.|ca\.|fl\.)?\s*\d{4}\??\s*[-–]\s*(?:\d{4}\??)?\s*$")
# The indicator says that the name is as spoken (Teresa of Avila), the comma that it is not: `Stedman, Rick`.
_INVERTED = re.compile(r"^[^\s,]+, [^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*)*$")
_SHORT = re.compile(r"\s*\([^()]*\)?$")
# Music is entered under its composer: https://www.loc.gov/marc/bibliographic/bdleader.html, type c and d.
_MAIN_ROLE = {"c": "composer", "d": "composer"}


def contributors(group: Grouped) -> tuple[Contributor, ...]:
    """Read the names of a record with their roles, each name once for each thing it did.

    An added entry with $t names another work and so its author, not this one's: see `related_works`.
    """
    found: list[Contributor] = []
    main_role = _MAIN_ROLE.get(group.leader[6:7], "author")
    for tag in ("100", "110", "111"):
        for field in group.all(tag):
            found.extend(_entry(group, field, roles(field, _TERMS[tag]) or (main_role,)))
    added = group.all(ADDED_NAMES)
    if added:
        statement = None
        has_main = bool(found)
        for field in added:
            if field.first("t"):
                continue
            given = roles(field, _TERMS[field.tag])
            if not given:
                if statement is None:
                    statement = Statement(responsibility(group) or "")
                given = (_unstated(field, statement, has_main=has_main),)
            found.extend(_entry(group, field, given))
    return merge_repeated(found) if len(found) > 1 else tuple(found)


_TERMS = {"100": "e", "110": "e", "111": "j", "700": "e", "710": "e", "711": "j", "720": "e"}


def _unstated(field: MarcField, statement: Statement, *, has_main: bool) -> str:
    """Return the role of an added name that gives none: what the statement says of it.

    Not named there, it is the author only where nobody and nothing else is.
    """
    if field.tag == "711":
        return "contributor"
    name = bare(field.first("a") or "")
    if statement and name:
        short = _SHORT.sub("", name) if "(" in name else name
        role = statement.role_of(short.partition(",")[0]) or statement.role_of_others()
        if role is not None:
            return role
    return "author" if not has_main and not statement and field.tag != "710" else "contributor"


def _entry(group: Grouped, field: MarcField, given: tuple[str, ...]) -> list[Contributor]:
    made = [name for role in given if (name := _name(field, role))]
    if group.linked and (twin := group.in_script(field)):
        return [_with_twin(name, twin) for name in made]
    return made


def _with_twin(made: Contributor, twin: MarcField) -> Contributor:
    """Join a name with its form in the other script, whichever of the two stands in the 880."""
    other = _name(twin._replace(subfields=tuple(s for s in twin.subfields if s[0] in "abnq")), made.role)
    if other is None:
        return made
    if in_other_script(other.literal):
        return msgspec.structs.replace(made, vernacular=other.literal)
    if in_other_script(made.literal):
        return msgspec.structs.replace(other, vernacular=made.literal, orcid=made.orcid)
    return made


def _name(field: MarcField, role: str) -> Contributor | None:
    last = field.tag[1:]
    if last == "00":
        return _person(field, role)
    if last == "10":
        literal = _heading(field, "ab")
        return organization(literal, role=role) if literal else None
    if last == "11":
        literal = _heading(field, "aenq", "ndc")
        return meeting(literal, role=role) if literal else None
    uncontrolled = bare(field.first("a") or "")
    if not uncontrolled:
        return None
    return (
        organization(uncontrolled, role=role) if field.ind1 == "2" else contributor(uncontrolled, role=role)
    )


def _person(field: MarcField, role: str) -> Contributor | None:
    literal = bare(field.first("a") or "")
    if not literal:
        return None
    if field.ind1 == "3":
        return organization(literal, role=role)
    literal = unbracketed(literal if literal[-1].isalpha() else _DATES.sub("", literal))
    forename_entry = field.ind1 == "0" and not (_INVERTED.match(literal) and not field.first("b"))
    suffix = None
    if len(field.subfields) > 1:
        if (numeration := field.first("b")) and (numeration := bare(numeration)):
            literal = f"{literal} {numeration}"
        titles = ", ".join([part for value in field.all("c") if (part := bare(value))])
        if titles and forename_entry:
            literal = f"{literal} {titles}" if titles[0] == "(" else f"{literal}, {titles}"
        elif titles and (found := _SUFFIX.match(titles)):
            suffix = found[0]
    inverted = not forename_entry and any(comma in literal for comma in ",،，")
    made = person(
        literal, role=role, orcid=_orcid(field), affiliations=_affiliations(field), inverted=inverted
    )
    if made is not None and suffix and made.suffix is None:
        return msgspec.structs.replace(made, suffix=suffix)
    return made


def _affiliations(field: MarcField) -> tuple[str, ...]:
    """Return $u, where some put an address instead."""
    if len(field.subfields) == 1:
        return ()
    return tuple([place for value in field.all("u") if "://" not in value and (place := bare(value))])


def _orcid(field: MarcField) -> str | None:
    """Return the ORCID iD in $0 or $1, whose value may begin with `(orcid)` or be an address."""
    for code, value in field.subfields:
        if code in "01" and "orcid" in value.lower() and (found := orcid(value[value.find(")") + 1 :])):
            return found
    return None


def _heading(field: MarcField, codes: str, bracketed: str = "") -> str:
    """Join a body's name with its units by full stops; number, date and place keep their brackets."""
    made = ""
    for code, value in field.subfields:
        if code in bracketed:
            part = text(value)
            made = f"{made} {part}" if made and part else made
        elif code in codes and (part := bare(value)):
            made = f"{made.removesuffix('.')}. {part}" if made else part
    return made.rstrip(" .:;,") if bracketed else made


def related_works(group: Grouped) -> Iterator[str]:
    """Yield `Name. Title` of the works that added entries name, as notes."""
    for field in group.all(ADDED_NAMES):
        if field.first("t"):
            name = " ".join(part for part in map(text, field.all("abcdnq")) if part)
            title = " ".join(part for part in map(text, field.all("klmoprst")) if part)
            label = "Contains" if field.ind2 == "2" else "Related work"
            yield f"{label}: {name} {title}".rstrip(" .") + "."
