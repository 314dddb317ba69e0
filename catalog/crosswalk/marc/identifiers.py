"""The numbers a record is known by: 001, 010-037, 086-088, and DOIs in 856."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.kinds import is_component
from catalog.crosswalk.marc.values import text
from catalog.normalize.identifiers import arxiv, doi, doi_in, handle, isbn, issn, lccn, oclc, pmcid, pmid
from catalog.record import Identifier

Normal = Callable[[str | None], str | None]

_DOAJ = re.compile(r"[0-9a-f]{32}")

_NORMAL: dict[str, Normal] = {
    "arxiv": arxiv,
    "doaj": lambda value: value if value and _DOAJ.fullmatch(value) else None,
    "doi": doi,
    "handle": handle,
    "isbn": isbn,
    "issn": issn,
    "lccn": lccn,
    "oclc": oclc,
    "pmcid": pmcid,
    "pmid": pmid,
}
# 024 first indicator: https://www.loc.gov/marc/bibliographic/bd024.html
_STANDARD = {"0": "isrc", "1": "upc", "2": "ismn", "3": "ean", "4": "sici"}
# Numbers without a form to check; a national bibliography (015) says in $2 whose it is.
_AS_WRITTEN = {
    "027": "report-number",
    "088": "report-number",
    "028": "publisher-number",
    "030": "coden",
    "015": "nbn",
}
# The week of the German bibliography that lists a title, `16,B21`, is common to all in it.
_ISSUE = re.compile(r"^\d\d,[A-Z]+\d\d$")
_SYSTEMS = frozenset({"016", "035"})
_SYSTEM = re.compile(r"\(([^()]+)\)\s*(\S.*)")
_BARE_OCLC = re.compile(r"^(?:oc[mn]|on)\d+\s*$")
_QUALIFIED = re.compile(r"^[^0-9]{0,8}([0-9][0-9Xx‐‑‒–\-\s]{8,}[0-9Xx])")


class Numbers(NamedTuple):
    """The identifiers, each once, and what was wrong with those left out."""

    identifiers: tuple[Identifier, ...]
    caveats: tuple[str, ...]


def numbers(group: Grouped) -> Numbers:
    """Read every identifier of the resource itself; those of its host are in the container."""
    caveats: list[str] = []
    found = [*_books(group, caveats), *_standard(group), *_serials(group), *_reports(group), *_systems(group)]
    return Numbers(tuple(dict.fromkeys(found)), tuple(caveats))


def _books(group: Grouped, caveats: list[str]) -> Iterator[Identifier]:
    for field in group.all("020"):
        for value in field.all("a"):
            number = isbn(value.partition("(")[0].partition(" :")[0]) or isbn(_digits(value))
            if number is not None:
                yield Identifier(scheme="isbn", value=number)
            elif any(c.isdigit() for c in value):
                caveats.append(f"not a valid ISBN in 020: {value.strip()}")


def _digits(value: str) -> str | None:
    found = _QUALIFIED.match(value)
    return found[1] if found else None


def _serials(group: Grouped) -> Iterator[Identifier]:
    """Yield ISSN and linking ISSN; a part's 022 is its journal's and stands in the container."""
    if is_component(group):
        return
    for field in group.all("022"):
        for code, scheme in (("a", "issn"), ("l", "issn-l")):
            for value in field.all(code):
                if number := issn(value):
                    yield Identifier(scheme=scheme, value=number)


def _standard(group: Grouped) -> Iterator[Identifier]:
    for field in group.all("024"):
        for value in field.all("a"):
            if made := _of_024(field, value):
                yield made
    for field in group.all("856"):
        # A related resource (second indicator 2) has a DOI of its own.
        if field.ind2 != "2":
            for value in field.all("u"):
                if "10." in value and "doi" in value.lower() and (number := doi_in(value)):
                    yield Identifier(scheme="doi", value=number)


def _of_024(field: MarcField, value: str) -> Identifier | None:
    if field.ind1 == "7":
        named = (field.first("2") or "").strip(" .:").lower()
        scheme = table("identifier_schemes")["same"].get(named, named)
    else:
        scheme = _STANDARD.get(field.ind1, "")
    if scheme in ("", "uri", "url"):
        number = doi_in(value) if "10." in value else None
        return Identifier(scheme="doi", value=number) if number else None
    if scheme in _NORMAL:
        number = _NORMAL[scheme](value)
        return Identifier(scheme=scheme, value=number) if number else None
    if scheme == "ean" and (number := isbn(value)):
        return Identifier(scheme="isbn", value=number)
    number = text(value)
    return Identifier(scheme=scheme, value=number.replace(" ", "")) if number else None


def _reports(group: Grouped) -> Iterator[Identifier]:
    for field in group.each(_AS_WRITTEN.keys()):
        scheme = (field.first("2") or "nbn").strip().lower() if field.tag == "015" else _AS_WRITTEN[field.tag]
        for value in field.all("a"):
            if (number := text(value)) and not _ISSUE.match(number):
                yield Identifier(scheme=scheme, value=number)


def _systems(group: Grouped) -> Iterator[Identifier]:
    """Yield the numbers that catalogues gave: LCCN, OCLC, and `system:<organisation>` for all others.

    001 is the number in the catalogue that 003 names: https://www.loc.gov/marc/bibliographic/bd001.html
    """
    for field in group.all("010"):
        for value in field.all("a"):
            if number := lccn(value):
                yield Identifier(scheme="lccn", value=number)
    if control := group.control("001").strip():
        catalogue = group.control("003").strip()
        yield _system(catalogue, control) or Identifier(scheme="control", value=control)
    for field in group.each(_SYSTEMS):
        for value in field.all("a"):
            if made := _of_016(field, value) if field.tag == "016" else _of_035(value):
                yield made


def _of_016(field: MarcField, value: str) -> Identifier | None:
    # Without a source it is the number of Library and Archives Canada.
    return _system((field.first("2") or "").strip() if field.ind1 == "7" else "CaOONL", value.strip())


def _of_035(value: str) -> Identifier | None:
    if found := _SYSTEM.fullmatch(value.strip()):
        return _system(found[1].strip(), found[2])
    number = oclc(value) if _BARE_OCLC.match(value) else None
    return Identifier(scheme="oclc", value=number) if number else None


def _system(organisation: str, number: str) -> Identifier | None:
    name = organisation.lower()
    if not name or not number:
        return None
    scheme = table("identifier_schemes")["catalogues"].get(name)
    if scheme is None:
        return Identifier(scheme=f"system:{name}", value=number)
    normal = _NORMAL[scheme](number)
    return Identifier(scheme=scheme, value=normal) if normal else None
