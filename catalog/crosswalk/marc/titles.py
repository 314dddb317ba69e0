"""The title as a citation shows it, and all the other titles a record gives."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import ADDED_NAMES, Grouped
from catalog.crosswalk.marc.kinds import is_continuing
from catalog.crosswalk.marc.responsibility import title_proper
from catalog.crosswalk.marc.values import bare, in_other_script
from catalog.normalize.languages import language
from catalog.normalize.text import is_all_capitals, sentence_case
from catalog.record import Title, TitleKind

_PROPER = frozenset("abnpksfg")
_ENDS_PARALLEL = re.compile(r"(?<=[^\W_]{3}) = (?=\W*[^\W\d_]{3})")
_DESIGNATION = re.compile(
    r"\s*\[(?:(?:electronic|computer|braille|graphic|sound|video|micro)\s?-?(?:resource|file|optical disc|"
    r"recording|form|fiche|film)s?|text|music|map|kit|ressource électronique|texte imprimé|elektronische "
    r"ressource|elektroni[cč]k\w* (?:zdroj|vir)|recurso electr[oó]nico|risorsa elettronica)\]",
    re.IGNORECASE,
)
# What German union catalogues write for a part that has no number.
_LEFT_OUT = frozenset({"[...]", "[…]"})
# Which fields hold another title, which of their subfields, and of what kind it is. 246 and 700-711 are
# read apart: their kind hangs on an indicator.
_OTHER_FIELDS: dict[str, tuple[str, TitleKind]] = {
    "130": ("adfgkmnoprs", "uniform"),
    "210": ("a", "alternative"),
    "222": ("a", "alternative"),
    "240": ("adfgkmnoprs", "uniform"),
    "242": ("abnp", "alternative"),
    "247": ("abnp", "former"),
    "730": ("adfgkmnoprst", "alternative"),
    "740": ("anp", "alternative"),
    "765": ("t", "original"),
}
_OTHER_TAGS = _OTHER_FIELDS.keys() | {"246", "780", ADDED_NAMES}
_SIGNS = "=:;/ "
_STANDS_IN = ("130", "240", "246", "740", "222", "210")
# 246 second indicator: https://www.loc.gov/marc/bibliographic/bd246.html
_VARIANT_KINDS: dict[str, TitleKind] = {"1": "parallel"}


class Titles(NamedTuple):
    """The main title, the others in the order of their tags, and what was odd."""

    main: str | None
    others: tuple[Title, ...]
    caveats: tuple[str, ...]


def titles(group: Grouped) -> Titles:
    """Read 245 and every other title field."""
    caveats: list[str] = []
    main: str | None = None
    parallels: tuple[str, ...] = ()
    field = title_proper(group)
    if field is not None:
        main, parallels = compose(field)
    if main is None:
        main = _stand_in(group, caveats)
    if main is not None and is_all_capitals(main):
        caveats.append(f"the title is in capitals in the source: {main}")
        main = sentence_case(main)
    others: dict[str, Title] = {}
    for title in _others(group, field, parallels):
        others.setdefault(title.text.casefold(), title)
    if main is not None and others:
        others.pop(main.casefold(), None)
    return Titles(main, tuple(others.values()), tuple(caveats))


def compose(field: MarcField, codes: frozenset[str] | str = _PROPER) -> tuple[str | None, tuple[str, ...]]:
    """Return the title in a field as `Title: remainder. Part, Name`, and the parallel titles after `=`.

    The marks between the parts are those of ISBD, read where the record has them and supplied where it
    does not (records coded LDR/18 = c or blank leave them out).
    """
    made = [""]
    mark = previous = ""
    for code, raw in field.subfields:
        if code not in codes:
            continue
        part = bare(raw)
        ending = _ending(raw)
        if part is None or part in _LEFT_OUT:
            mark = ending or mark
            continue
        if "[" in part:
            part = _DESIGNATION.sub("", part).strip()
        part = part.lstrip(_SIGNS)
        more: Sequence[str] = ()
        if " = " in part:
            part, *more = _ENDS_PARALLEL.split(part)
        if mark == "=":
            made.append(part)
        else:
            made[-1] += _joint(code, mark, previous) + part if made[-1] else part
        made.extend(more)
        mark, previous = ending, code
    first, *parallels = [_supplied(title.replace(" : ", ": ").replace(" ; ", "; ").strip()) for title in made]
    return first or None, tuple(filter(None, parallels))


def _ending(raw: str) -> str:
    """Return the mark at the end of a subfield; a semicolon as ISBD writes it has its blank, ` ;`."""
    line = raw.rstrip()
    return line[-2:] if line.endswith(" ;") else line[-1:]


def _supplied(title: str) -> str:
    """Take a title out of the brackets that say the cataloguer gave it, the closing one in $c perhaps."""
    if "[" not in title and "]" not in title:
        return title
    opened, closed = title.count("["), title.count("]")
    if opened == closed == 1 and title[0] == "[" and title[-1] == "]":
        return title[1:-1].strip()
    if opened == closed + 1:
        return title.removeprefix("[").strip()
    return title.removesuffix("]").strip() if closed == opened + 1 else title


def _joint(code: str, mark: str, previous: str) -> str:
    if mark == " ;" or (mark == ";" and code != "b"):
        return "; "
    if mark == ",":
        return ", "
    # Before ISBD the subtitle came after a colon or a semicolon: `On the Kentucky frontier; $ba story of …`
    if code == "b" or mark == ":":
        return ". " if mark == "." and previous in "np" else ": "
    return ", " if code in "fgk" and mark != "." else ". "


def _stand_in(group: Grouped, caveats: list[str]) -> str | None:
    for tag in _STANDS_IN:
        field = group.first(tag)
        if field is not None:
            found, _ = compose(field, "abmnprs")
            if found is not None:
                caveats.append(f"no title in 245: taken from {tag}")
                return found
    return None


def _others(group: Grouped, main: MarcField | None, parallels: tuple[str, ...]) -> Iterator[Title]:
    for text in parallels:
        yield Title(text=text, kind="parallel")
    if main is not None and group.linked:
        yield from _in_own_script(group, main)
    for field in group.all("245")[1:]:
        yield from _plain(field, "abnp", "alternative")
    if _OTHER_TAGS.isdisjoint(group.fields):
        return
    for field in group.each(_OTHER_FIELDS.keys()):
        codes, kind = _OTHER_FIELDS[field.tag]
        yield from _plain(field, codes, kind)
        if group.linked and (twin := group.in_script(field)):
            yield from _plain(twin, codes, "vernacular")
    yield from _variants(group)
    yield from _predecessors(group)
    yield from _contained(group)


def _in_own_script(group: Grouped, main: MarcField) -> Iterator[Title]:
    twin = group.in_script(main) or group.linked.get("245")
    if twin is None:
        return
    text, parallels = compose(twin)
    if text is not None:
        yield Title(text=text, kind="vernacular" if in_other_script(text) else "alternative")
    for parallel in parallels:
        yield Title(text=parallel, kind="parallel")


def _plain(field: MarcField, codes: str, kind: TitleKind) -> Iterator[Title]:
    text, _ = compose(field, codes)
    if text is not None:
        named = field.first("l") or (field.first("y") if field.tag == "242" else None)
        yield Title(text=text, kind=kind, language=language(named.strip(" .")) if named else None)


def _variants(group: Grouped) -> Iterator[Title]:
    for field in group.all("246"):
        yield from _plain(field, "abnp", _VARIANT_KINDS.get(field.ind2, "alternative"))
        if group.linked and (twin := group.in_script(field)):
            yield from _plain(twin, "abnp", "vernacular")


def _predecessors(group: Grouped) -> Iterator[Title]:
    """Yield what a serial was called before: readers look for it under either name."""
    if is_continuing(group):
        for field in group.all("780"):
            yield from _plain(field, "t" if field.first("t") else "a", "former")


def _contained(group: Grouped) -> Iterator[Title]:
    """Yield the works inside this one (added entries with second indicator 2)."""
    for field in group.all(ADDED_NAMES):
        if field.ind2 == "2" and field.first("t"):
            yield from _plain(field, "tmnprs", "alternative")
