"""The small words of names: particles, suffixes, degrees and initials."""

import re
from functools import cache
from typing import Final

from catalog.codes import table

_SHORT_DEGREE: Final = re.compile(r"^(?:[A-Z]\.?[ -]?){1,3}$")
_INITIALS: Final = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}\.?$")
_VOWELS: Final = frozenset("AEIOUY")


@cache
def small_words(kind: str) -> frozenset[str]:
    """Return one list of `codes/names.toml`: particles, suffixes, numerals, sons or degrees."""
    return frozenset(table("names")[kind])


def is_particle(word: str) -> bool:
    """Tell whether this is a lower-case particle such as `van`, `de`, `bin`."""
    return word in small_words("particles")


def is_suffix(word: str, *, alone: bool = False) -> bool:
    """Tell `Jr.`, `III`, `Sr`; not `VI` when it stands `alone` with a family name, as initials do."""
    bare = word.replace(".", "").casefold()
    return bare in small_words("suffixes") or (not alone and bare in small_words("numerals"))


def is_degree(text: str) -> bool:
    """Tell whether the text is academic degrees and nothing else: `MD`, `Ph.D.`, `MD PhD`, `Dr. med.`."""
    bare = text.casefold().translate(_STOPS)
    degrees = small_words("degrees")
    return degrees.issuperset(bare.split()) or bare.replace(" ", "") in degrees


_STOPS: Final = str.maketrans("", "", ".-()")


def may_be_initials(text: str) -> bool:
    """Tell whether a degree could as well be a person's initials: `MA`, `M.D.`, `RN`."""
    return bool(_SHORT_DEGREE.match(text))


def is_initials(word: str, *, shouted: bool = False) -> bool:
    """Tell `S`, `IP`, `J.-P.`; in a `shouted` name, all in capitals, `WEI` is none, as it has a vowel."""
    letters = word.replace(".", "").replace("-", "")
    if not letters.isupper() or not _INITIALS.match(word):
        return False
    return len(letters) == 1 or "." in word or not shouted or _VOWELS.isdisjoint(letters)
