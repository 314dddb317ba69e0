"""A guess at the family name, for citation keys and sorting alone: it is never stored and never printed."""

import re
from collections.abc import Sequence
from typing import Final

from catalog.normalize.name_parts import is_degree, is_initials, is_particle, is_suffix, small_words
from catalog.record import Contributor

# Han, kana and Hangul: written without blanks, the family name first.
_EAST_ASIAN: Final = re.compile(
    r"[\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BRACKETED: Final = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]")
# The syllables of Hanyu Pinyin, most of which are those of other romanisations too.
_PINYIN: Final = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|iong|uang|i?ao|i?an|i?ng|uai|uan|eng|ong|[aeu]i|ou|en|er|"
    r"i[aeun]|u[aoen]|ve|[aeiouv])-?)+",
    re.IGNORECASE,
)
# "CHEN Bin-da" shouts the family name; "JM Silva" and "AE Smith" do not.
_SHORTEST_SHOUT: Final = 4
_OTHERS: Final = frozenset({"et al", "et al.", "others", "and others"})
_ET_AL: Final = re.compile(r"[,;]?\s+(?:et\.? al\.?|and others)$", re.IGNORECASE)


def is_others(contributor: Contributor) -> bool:
    """Tell whether this is no name but "et al."."""
    return contributor.literal.casefold() in _OTHERS


def family_guess(contributor: Contributor) -> str:
    """Guess the word a person is looked up by: the family name as given, else most often the last word.

    Initials at the end mean that the family name came first ("Kaur IP"), as do East Asian scripts and
    capitals ("CHEN Bin-da"). Particles, suffixes and degrees are left out. Two unmarked surnames are
    beyond guessing: José García Márquez gives Márquez. A body, a meeting and "et al." give their whole
    literal.
    """
    if contributor.kind != "person" or is_others(contributor):
        return contributor.literal
    if contributor.family:
        return _without_particles(contributor.family)
    return _from_words(_words(contributor)) or contributor.literal


def shouts_family(words: Sequence[str]) -> bool:
    """Tell whether the family name comes first, in capitals: `CHEN Bin-da`, `LU Jin-hui`, not `JM Silva`."""
    if len(words) < 2 or not words[0].isupper() or words[-1].isupper() or "." in words[0]:
        return False
    first = words[0]
    return len(first) >= _SHORTEST_SHOUT or first in small_words("short_surnames")


def is_shouted(words: Sequence[str]) -> bool:
    """Tell whether the whole name is in capitals."""
    return all(word.isupper() for word in words)


def start_of_initials(words: Sequence[str]) -> int:
    """Return where the initials at the end begin: 1 in `Kaur IP` and `Garcia MA`, 2 in `Wei XU`."""
    shouted = is_shouted(words)
    end = len(words)
    while end and is_initials(words[end - 1], shouted=shouted) and not _is_surname(words[:end]):
        end -= 1
    return end


def _is_surname(words: Sequence[str]) -> bool:
    """Tell whether the last word is a surname as short as initials, in capitals.

    One of two letters only behind a given name that Chinese has the syllables for.
    """
    last = words[-1]
    return last in small_words("short_surnames") and (
        len(last) > 2 or all(map(_PINYIN.fullmatch, words[:-1]))
    )


def sort_name(contributor: Contributor) -> str:
    """Return the name as a list is sorted by it: family name, comma, the rest."""
    if contributor.kind != "person" or is_others(contributor):
        return contributor.literal
    family = family_guess(contributor)
    if contributor.family:
        particles = contributor.family.removesuffix(family).strip()
        rest = [contributor.given or "", particles]
    else:
        rest = [" ".join(_words(contributor)).replace(family, "", 1) if family != contributor.literal else ""]
    tail = " ".join(" ".join([*rest, contributor.suffix or ""]).split())
    return f"{family}, {tail}" if tail else family


def _words(contributor: Contributor) -> list[str]:
    """Take the words of an unsplit name, without what follows its comma and what stands in brackets."""
    name = contributor.literal
    if "(" in name or "[" in name or "（" in name:
        name = _BRACKETED.sub("", name)
    return _ET_AL.sub("", name).partition(",")[0].split()


def _from_words(words: list[str]) -> str:
    if len(words) < 2:
        return words[0] if words else ""
    if _EAST_ASIAN.match(words[0]):
        return words[0]
    shouted = is_shouted(words)
    while len(words) > 2 and (
        is_suffix(words[-1]) or (is_degree(words[-1]) and len(words[-1]) > 1 and not shouted)
    ):
        words = words[:-1]
    if is_particle(words[-1]) or start_of_initials(words) < len(words):
        before = _before_initials(words)
        if before:
            return before
    if shouts_family(words):
        return words[0]
    if len(words) > 2 and words[-1].casefold() in small_words("sons"):
        words = words[:-1]
    return words[-1]


def _before_initials(words: list[str]) -> str:
    """Return what stands before the initials at the end: "García Márquez G", "Silva JM da"."""
    end = len(words)
    initials = False
    while end:
        if is_particle(words[end - 1]):
            end -= 1
        elif (start := start_of_initials(words[:end])) < end:
            end, initials = start, True
        else:
            break
    if initials:
        return _without_particles(" ".join(words[:end]))
    return words[end - 1] if end else ""


def _without_particles(family: str) -> str:
    words = family.split()
    start = 0
    while start < len(words) - 1 and (
        is_particle(words[start]) or (is_particle(words[start].lower()) and is_particle(words[start + 1]))
    ):
        start += 1
    return " ".join(words[start:])
