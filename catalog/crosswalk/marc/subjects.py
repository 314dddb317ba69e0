"""Subject headings with their scheme, classes with their code, free keywords, genres."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.values import bare, repeated, text
from catalog.normalize.subjects import keywords, lcc_subject
from catalog.record import Subject

# 6xx second indicator: https://www.loc.gov/marc/bibliographic/bd6xx.html
_SCHEMES = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "csh", "6": "rvm"}
# Which subfields make the heading proper; $v $x $y $z are its subdivisions.
_HEADINGS = {
    "600": "abcdfklmnopqrst",
    "610": "abcdfgklmnoprst",
    "611": "acdefgklnpqst",
    "630": "adfgklmnoprst",
    "647": "acdg",
    "648": "a",
    "650": "abcdg",
    "651": "ag",
    "654": "abc",
    "656": "a",
    "657": "a",
    "658": "abc",
    "662": "abcdfgh",
}
_LOCAL = frozenset(f"69{n}" for n in range(10))
_SUBDIVISIONS = frozenset("vxyz")
_CLASS = re.compile(r"^([A-Z]{1,3})\s*(\d{1,4}(?:\.\d+)?)?")
# `(stw)Internationaler Vergleich`: German libraries name the list a term is from; publishers put there what
# is no subject, `(Produktform)Hardback`, `(Zielgruppe)Kinder`.
_SOURCED = re.compile(r"^\(((?:[^()]|\([^()]*\))+)\)(?=[A-ZÀ-Þ0-9])(.+)$")
# What stands before an authority's number: (DE-588), (DLC), the address it lives at.
_NUMBER = re.compile(r"^.*[)/]")
# Field and scheme of the classifications; 084 names its own in $2.
_CLASSES = {
    "050": "lcc",
    "060": "nlm",
    "070": "nal",
    "080": "udc",
    "082": "ddc",
    "083": "ddc",
    "084": None,
    "086": "sudoc",
    "090": "lcc",
}


class Topics(NamedTuple):
    """Everything a record is about; `remarks` are what stood among it and is no subject."""

    subjects: tuple[Subject, ...]
    keywords: tuple[str, ...]
    genres: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def topics(group: Grouped) -> Topics:
    """Read 05x-08x and 6xx."""
    headings = group.each(_HEADINGS.keys())
    subjects = [made for field in headings if (made := _heading(field, _HEADINGS[field.tag]))]
    free: list[str] = []
    remarks: list[str] = []
    for field in group.all("653"):
        for value in field.all("a"):
            sourced = _SOURCED.match(value) if value[:1] == "(" else None
            if sourced is None:
                free.append(value)
            elif not (term := bare(sourced[2])):
                continue
            elif sourced[1].islower():
                subjects.append(Subject(term=term, scheme=_scheme(sourced[1])))
            else:
                remarks.append(f"{sourced[1]}: {term}")
    for field in group.each(_LOCAL):
        local = _heading(field, "ab")
        if local is not None and local.scheme is not None:
            subjects.append(local)
        elif local is not None and local.term:
            free.append(local.term)
    subjects.extend(_classes(group))
    return Topics(
        tuple(dict.fromkeys(subjects)),
        keywords(free) if free else (),
        _genres(group.all("655")),
        tuple(dict.fromkeys(remarks)),
    )


def _genres(fields: Iterable[MarcField]) -> tuple[str, ...]:
    found = [made.term for f in fields if (made := _heading(f, "abc")) and made.term]
    return tuple(dict.fromkeys(found))


def _heading(field: MarcField, codes: str) -> Subject | None:
    """Build `Self-help groups -- Psychology` with its scheme."""
    ind2 = field.ind2
    head, parts, scheme, code = "", [], _SCHEMES.get(ind2), None
    for name, value in field.subfields:
        if name in _SUBDIVISIONS:
            if part := repeated(value):
                parts.append(part)
        elif name in codes:
            head = f"{head} {value.strip()}" if head else value.strip()
        elif name == "2" and ind2 in "7 ":
            scheme = _scheme(value)
        elif name == "0":
            code = code or _NUMBER.sub("", value.replace(" ", ""))
    term = bare(head) if head else None
    if term is None and not parts:
        return None
    if parts:
        term = " -- ".join((term, *parts) if term else parts)
    if scheme == "lcc" and code:
        return lcc_subject(code, term)
    return Subject(term=term, scheme=scheme, code=code or None if scheme else None)


def _scheme(value: str) -> str | None:
    scheme = value.strip(" .").lower()
    return table("subject_schemes")["same"].get(scheme, scheme) or None


def _classes(group: Grouped) -> Iterator[Subject]:
    for field in group.each(_CLASSES.keys()):
        scheme = _CLASSES[field.tag] or _scheme(field.first("2") or "")
        if scheme == "ddc" and field.ind1 == "7":
            # The edition names another scheme built on Dewey's: `23sdnb`.
            scheme = _scheme((field.first("2") or "").lstrip("0123456789/")) or scheme
        for value in field.all("a"):
            if found := lcc_class(value) if scheme == "lcc" else _class(scheme, value):
                yield found
    for field in group.all("072"):
        source = field.first("2") or ("agricola" if field.ind2 == "0" else "")
        if found := _class(_scheme(source), field.text("ax").replace(" ", "")):
            yield found


def _class(scheme: str | None, value: str) -> Subject | None:
    code = text(value)
    if scheme == "ddc" and code:
        # Prime marks show where the number may be cut short; [E], [Fic] and B are shelves, not classes.
        if not code.isascii() or "/" in code or "'" in code:
            code = code.replace("/", "").replace("'", "").replace("’", "")
        code = code if code[:1].isdigit() else None
    return Subject(scheme=scheme, code=code) if code and scheme else None


def lcc_class(number: str) -> Subject | None:
    """Return the class of a call number, `RC552.E18`, in the narrowest range of the class table it lies in.

    The code is the class number itself, term and path are those of the range (`RC435-571`, Psychiatry); a
    number that lies in none keeps the code alone. None for what is no LCC number (`[Fic]`, `IN PROCESS`).
    """
    number = number.strip().rstrip(".,;")
    found = _CLASS.match(number)
    if found is None or (found[2] is None and found[1] != number):
        return None
    code = number.replace(" ", "") if found[2] else number
    known = _known_class(found[1], found[2])
    if known is None or known.term is None:
        return Subject(scheme="lcc", code=code)
    return Subject(term=known.term, scheme="lcc", code=code, path=known.path)


@lru_cache(maxsize=8192)
def _known_class(letters: str, number: str | None) -> Subject | None:
    """Return the narrowest class of the table that a number lies in; remembered, as whole shelves come."""
    best: tuple[float, str] | None = None
    if number:
        at = float(number)
        for low, high, name in _ranges().get(letters, ()):
            # A range that ends at 571 includes 571.5.
            if low <= at < high + 1 and (best is None or high - low < best[0]):
                best = (high - low, name)
    return lcc_subject(best[1] if best else _main_class(letters))


@cache
def _ranges() -> dict[str, tuple[tuple[float, float, str], ...]]:
    """Return for the letters of a class the ranges of numbers that have a caption."""
    rows = files("catalog").joinpath("codes", "lcc.tsv").read_text("utf-8").splitlines()[1:]
    found: dict[str, list[tuple[float, float, str]]] = {}
    for row in rows:
        code = row.partition("\t")[0]
        match = re.fullmatch(r"([A-Z]{1,3})(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?", code)
        if match:
            low = float(match[2])
            found.setdefault(match[1], []).append((low, float(match[3] or low), code))
    return {letters: tuple(ranges) for letters, ranges in found.items()}


@cache
def _main_class(letters: str) -> str:
    """Return the code with a caption for the letters of a class: `RC` itself, else `R`."""
    rows = files("catalog").joinpath("codes", "lcc.tsv").read_text("utf-8").splitlines()[1:]
    codes = {row.partition("\t")[0] for row in rows}
    return next((code for n in range(len(letters), 0, -1) if (code := letters[:n]) in codes), letters)
