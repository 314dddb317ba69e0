"""Abstract, notes, licence and languages."""

import re
from collections.abc import Iterator
from functools import lru_cache

from catalog.crosswalk.marc.contributors import related_works
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.host import host_notes
from catalog.crosswalk.marc.responsibility import responsibility
from catalog.crosswalk.marc.values import text
from catalog.normalize.abstracts import without_heading
from catalog.normalize.languages import language
from catalog.record import Contributor, Licence

# Notes on the resource. Left out are those on a library's own copy and its handling (541, 561, 563, 583, 584,
# 59x), and those read elsewhere: 506 and 540 (licence), 520 (abstract), 505 (contents).
_NOT_NOTES = {"505", "506", "520", "540", "541", "542", "561", "563", "583", "584"}
_NOTE_TAGS = frozenset(map(str, range(500, 589))) - _NOT_NOTES
_ALL_NOTES = _NOTE_TAGS | {"505", "506", "520"}
# 520 first indicator, the best for an abstract first: https://www.loc.gov/marc/bibliographic/bd520.html
_ABSTRACTS = ("3", " ", "0", "2", "8", "#", "")
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>()]+")
_EMPTY_BRACKETS = re.compile(r"\s*\(\s*\)")
_OLD_CODES = re.compile(r"^(?:[a-z]{3})+$")
# 041: $a text, $d sung or spoken text. $h, the original's, is no language of the work.
_LANGUAGE_SUBFIELDS = "ad"


def abstract(group: Grouped) -> str | None:
    """Read 520: abstracts before summaries; all of the best sort, as in several languages."""
    fields = group.all("520")
    if not fields:
        return None
    for sort in _ABSTRACTS:
        found = [line for f in fields if f.ind1 == sort and (line := text(f.text("ab")))]
        if found:
            return without_heading(" ".join(dict.fromkeys(found)))
    return None


def notes(group: Grouped, contributors: tuple[Contributor, ...]) -> tuple[str, ...]:
    """Read the notes on the resource, in the order of their tags."""
    found: list[str] = []
    if not contributors and (statement := responsibility(group)):
        found.append(f"Statement of responsibility: {statement}")
    if not _ALL_NOTES.isdisjoint(group.fields):
        found.extend(line for field in group.each(_NOTE_TAGS) if (line := _note(field)))
        found.extend(_labelled(group))
    found.extend(related_works(group))
    found.extend(host_notes(group))
    return tuple(dict.fromkeys(found))


def _note(field: MarcField) -> str | None:
    return text(" ".join([value for code, value in field.subfields if code.isalpha() and value]))


def _labelled(group: Grouped) -> Iterator[str]:
    for field in group.all("505"):
        if line := text(field.text("agtr")):
            yield f"Contents: {line}"
    for field in group.all("520"):
        if field.ind1 in ("1", "4") and (line := text(field.text("ab"))):
            yield f"Review: {line}" if field.ind1 == "1" else f"Content advice: {line}"
    for field in group.all("506"):
        if not _CREATIVE_COMMONS.search(field.text("au")) and (line := text(field.text("abcd"))):
            yield f"Access: {line}"


def licence(group: Grouped) -> Licence | None:
    """Read the terms of use: 540, or a Creative Commons address in 506."""
    for field in group.all("540"):
        written = field.text("au")
        address = _CREATIVE_COMMONS.search(written) or _URL.search(written)
        label = _label(field.first("f") or field.text("a"))
        if address or label:
            return Licence(url=address[0].rstrip(".,;)") if address else None, label=label)
    for field in group.all("506"):
        if found := _CREATIVE_COMMONS.search(field.text("au")):
            return Licence(url=found[0].rstrip(".,;)"), label=_label(field.text("a")))
    return None


def _label(written: str) -> str | None:
    return text(_EMPTY_BRACKETS.sub("", _URL.sub("", text(written) or "")))


def languages(group: Grouped) -> tuple[str, ...]:
    """Read the languages of the work: 041, else 008/35-37, else a 546 that is nothing but a language."""
    found: dict[str, None] = {}
    for field in group.all("041"):
        for value in field.all(_LANGUAGE_SUBFIELDS):
            for code in _codes(value):
                if known := language(code):
                    found.setdefault(known)
    if not found:
        coded = group.control("008")[35:38]
        # Three letters, or 008 is out of step and these are others of its codes.
        if coded.isalpha() and len(coded) == 3 and (known := language(coded)):
            return (known,)
        for field in group.all("546"):
            if known := language((field.first("a") or "").strip(" .")):
                return (known,)
    return tuple(found)


@lru_cache(maxsize=512)
def _codes(value: str) -> tuple[str, ...]:
    """Split `engfre`, as 041 was written before 2001, into its codes."""
    value = value.strip().lower()
    if len(value) > 3 and len(value) % 3 == 0 and _OLD_CODES.match(value):
        return tuple(value[i : i + 3] for i in range(0, len(value), 3))
    return (value,)
