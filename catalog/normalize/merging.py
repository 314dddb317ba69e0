"""The same author listed once per affiliation, made one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from catalog.record import Contributor

_PUNCTUATION: Final = re.compile(r"[\s.,'’`\-‐–]+")


def merge_repeated(contributors: Iterable[Contributor]) -> tuple[Contributor, ...]:
    """Merge the entries of one person, in the place of the first; affiliations are united in order.

    Two entries are one person when role and kind agree and either the name is the same and no ORCIDs
    differ, or the ORCID is the same and the names agree as far as initials go: an upload that gives
    every author the submitter's ORCID must not lose authors. DOAJ asks publishers to "list the author
    once for each affiliation" (https://doaj.org/docs/faq/).
    """
    contributors = tuple(contributors)
    if _all_differ(contributors):
        return contributors
    kept: list[Contributor] = []
    by_name: dict[tuple[str, str, str], list[int]] = {}
    by_orcid: dict[tuple[str, str, str], list[int]] = {}
    for entry in contributors:
        name = (entry.role, entry.kind, _key(entry.literal))
        orcid = (entry.role, entry.kind, entry.orcid) if entry.orcid else None
        place = _same_name(kept, by_name.get(name, ()), entry)
        if place is None and orcid:
            place = next((i for i in by_orcid.get(orcid, ()) if _agree(kept[i].literal, entry.literal)), None)
        if place is None:
            place = len(kept)
            kept.append(entry)
        else:
            kept[place] = _united(kept[place], entry)
        for index, key in ((by_name, name), (by_orcid, orcid)):
            if key and place not in index.setdefault(key, []):
                index[key].append(place)
    return tuple(kept)


def _all_differ(contributors: Sequence[Contributor]) -> bool:
    """Tell at once the common case: no ORCIDs, and no name twice."""
    if any(entry.orcid for entry in contributors):
        return False
    names = {(entry.role, entry.kind, _key(entry.literal)) for entry in contributors}
    return len(names) == len(contributors)


def _same_name(kept: list[Contributor], places: Iterable[int], entry: Contributor) -> int | None:
    return next(
        (i for i in places if not (kept[i].orcid and entry.orcid) or kept[i].orcid == entry.orcid), None
    )


def _united(first: Contributor, second: Contributor) -> Contributor:
    split = first if first.family or not second.family else second
    return replace(
        first,
        family=split.family,
        given=split.given,
        suffix=split.suffix,
        orcid=first.orcid or second.orcid,
        affiliations=tuple(dict.fromkeys((*first.affiliations, *second.affiliations))),
        vernacular=first.vernacular or second.vernacular,
    )


def _key(literal: str) -> str:
    return _PUNCTUATION.sub(" ", literal.casefold()).strip()


def _agree(first: str, second: str) -> bool:
    """Tell whether every word of the shorter name stands in the longer, at least as its initial."""
    shorter, longer = sorted((_folded(first), _folded(second)), key=len)
    return bool(shorter) and all(
        any(word == other or word == other[0] or word[0] == other for other in longer) for word in shorter
    )


def _folded(literal: str) -> list[str]:
    """Fold accents and case; capitals that are initials (`JM`) are taken one by one."""
    words: list[str] = []
    for word in _PUNCTUATION.split(unicodedata.normalize("NFKD", literal)):
        bare = "".join(c for c in word if c.isalpha())
        words.extend(bare.lower() if bare.isupper() and len(bare) <= 3 else [bare.casefold()] if bare else [])
    return words
