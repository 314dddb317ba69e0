"""Languages as BCP 47 tags, from the codes and names of sources, and their names for people and for TeX.

iso639-lang knows ISO 639 in all its parts but only in exact spelling; it costs 40 ms to load, so it is
imported at the first question.
"""

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import normalize

from catalog.codes import table

_TAG: Final = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{3}))?(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?(?:[-_.@][a-z0-9._@-]+)?"
)
_REMARK: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_AROUND: Final = " \t\r\n.,;:|/-\"'"
_CODE_LENGTHS: Final = (2, 3)


@lru_cache(maxsize=4096)
def language(value: str | None) -> str | None:
    """Return the shortest BCP 47 tag for a code or name; None for none, several, a family or unknown.

    `fre`, `FR`, `fra`, `French` and `français` are `fr`; a region or script stays (`pt-BR`, `zh-Hant`).
    """
    if value is None:
        return None
    text = normalize("NFC", value).strip(_AROUND)
    match = _TAG.fullmatch(text.lower())
    if match is not None:
        code, extended, script, region = match.groups()
        primary = _primary(extended or code)
        if primary is not None:
            return "-".join(filter(None, (primary, script and script.title(), region and region.upper())))
    return _named(text)


def name(code: str) -> str:
    """Return the English name of a tag, `Portuguese (Brazil)`; the tag itself where it is unknown."""
    primary, *qualifiers = code.split("-")
    codes = table("languages")
    entry = _lookup(primary)
    english = codes["english"].get(primary) or (entry and _REMARK.sub("", entry[0]))
    if not english:
        return code
    known = ", ".join(codes["qualifiers"].get(qualifier, qualifier) for qualifier in qualifiers)
    return f"{english} ({known})" if known else english


@lru_cache(maxsize=512)
def bibliographic(code: str) -> str | None:
    """Return the ISO 639-2/B code of a tag's language, which MARC 21 and MODS write; None for none."""
    from iso639 import Lang
    from iso639.exceptions import InvalidLanguageValue

    try:
        return Lang(code.partition("-")[0]).pt2b or None
    except InvalidLanguageValue:
        return None


def babel(code: str) -> str | None:
    """Return babel's name for a tag or, failing that, for its language; None where babel has none."""
    names: dict[str, str] = table("languages")["babel"]
    return names.get(code) or names.get(code.partition("-")[0])


def _primary(code: str) -> str | None:
    codes = table("languages")
    withdrawn = codes["withdrawn"].get(code)
    if withdrawn is not None:
        return withdrawn or None
    return _shortest(_lookup(codes["principal"].get(code, code)))


def _named(text: str) -> str | None:
    for candidate in dict.fromkeys((text, _REMARK.sub("", text))):
        known = _own_names().get(candidate.casefold())
        if known is not None:
            return known
        if len(candidate) > _CODE_LENGTHS[-1]:
            found = _shortest(_lookup(candidate) or _lookup(candidate.title()))
            if found is not None:
                return found
    return None


@cache
def _own_names() -> dict[str, str]:
    names = table("languages")["names"]
    return {normalize("NFC", name).casefold(): tag for tag, forms in names.items() for name in forms}


def _lookup(value: str) -> tuple[str, str, str, bool] | None:
    """Look a code or name up: reference name, ISO 639-1, ISO 639-3, and whether it is one language."""
    from iso639 import Lang
    from iso639.exceptions import DeprecatedLanguageValue, InvalidLanguageValue

    try:
        entry = Lang(value)
    except DeprecatedLanguageValue as withdrawn:
        return _lookup(withdrawn.change_to) if withdrawn.change_to else None
    except InvalidLanguageValue:
        return None
    return entry.name, entry.pt1, entry.pt3, bool(entry.pt3) and entry.scope() != "Special"


def _shortest(entry: tuple[str, str, str, bool] | None) -> str | None:
    if entry is None or not entry[3]:
        return None
    _, part1, part3, _ = entry
    principal: str = table("languages")["principal"].get(part3, part3)
    return part1 or principal
