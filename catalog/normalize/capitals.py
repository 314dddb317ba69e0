"""Sentence case for titles that a source printed in capitals throughout.

What the capitals hid cannot be restored in full: `codes/capitals.toml` knows the acronyms and the names
that are worth most. Nouns of a German title come out small.
"""

import re
from functools import cache
from typing import Final

from catalog.codes import table

_LETTERS: Final = r"[^\W\d_][\u0300-\u036f]*"
_TOKEN: Final = re.compile(
    rf"(?:{_LETTERS}\.){{2,}}"  # U.S.A.
    rf"|R&D|(?:{_LETTERS}|\d)+(?:['’](?:{_LETTERS})+)*"
)
_SENTENCE_END: Final = re.compile(r"(?<!\b[^\W\d_]\.)(?<=[:?!.])[\s\"'“”‘’«»„(\[¿¡]+$|[¿¡]\s*$")
# As much of the text before a word as tells whether a sentence begins.
_BEFORE: Final = 12
_LONGEST_ACRONYM: Final = 5
_ROMAN: Final = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_NO_VOWEL: Final = re.compile("[BCDFGHJKLMNPQRSTVWXZ]+")
_NO_VOWEL_NOR_LIQUID: Final = re.compile("[BCDFGHJKMNPQSTVWXZ]+")
_ORDINAL: Final = re.compile(r"\d+(?:ST|ND|RD|TH|S|E|ER|ÈME|EME)")
# Their capitals lose a dot, or never had one, in Turkish and Azerbaijani alone.
_TURKIC: Final = re.compile("[İĞ]")
_TURKIC_I: Final = str.maketrans({"I": "ı", "İ": "i"})
# Letters without a capital of their own stand among capitals too.
_CASELESS: Final = str.maketrans("", "", "ßªº")
# One-letter words of some language: small unless the title is plainly English.
_ONE_LETTER_WORDS: Final = frozenset("AEIOUYKSVWZ")


def is_all_capitals(value: str) -> bool:
    """Tell whether a text has at least two cased letters and all of them are capitals."""
    if value.isascii() and not value.isupper():
        return False
    letters = value.translate(_CASELESS)
    return letters.isupper() and sum(map(str.isupper, letters)) > 1


def sentence_case(value: str) -> str:
    """Set a title that is all capitals in sentence case; return any other unchanged.

    A single short word (`JAMA`) is taken for an acronym. Known acronyms, Roman numerals, words with digits
    (`H1N1`) and known names keep their form; capitals follow `:`, `?`, `!` and a full stop.
    """
    if not is_all_capitals(value):
        return value
    tokens = _TOKEN.findall(value)
    if len(tokens) == 1 and len(tokens[0]) <= _LONGEST_ACRONYM:
        return value
    english = not _english().isdisjoint(tokens)
    turkic = _TURKIC.search(value) is not None
    first = True

    def recase(match: re.Match[str]) -> str:
        nonlocal first
        word = match[0]
        before = value[max(0, match.start() - _BEFORE) : match.start()]
        new = _kept(word, before, english=english) or _small(word, turkic=turkic)
        starts = first or _SENTENCE_END.search(before) is not None
        first = False
        return _capitalised(new, turkic=turkic) if starts and new not in _spellings() else new

    return _phrases().sub(lambda match: _spelt()[match[0].lower()], _TOKEN.sub(recase, value))


def _kept(word: str, before: str, *, english: bool) -> str | None:
    known = _forms().get(word)
    if known is not None and _meant(word, before, english=english):
        return known
    if len(word) == 1:
        return word if word.isascii() and (english or word not in _ONE_LETTER_WORDS) and word != "A" else None
    stays = (
        "." in word
        or _unspeakable(word, english=english)
        or _ROMAN.fullmatch(word)
        or (any(map(str.isdigit, word)) and not _ORDINAL.fullmatch(word))
    )
    return word if stays else None


def _unspeakable(word: str, *, english: bool) -> bool:
    # No vowel, no word ("BPJS"), except where r and l are vowels ("SMRT", "VLK").
    pattern = _NO_VOWEL if english else _NO_VOWEL_NOR_LIQUID
    return len(word) <= _LONGEST_ACRONYM and pattern.fullmatch(word) is not None


def _meant(word: str, before: str, *, english: bool) -> bool:
    if word in table("capitals")["ambiguous"]:
        return not english or before.rstrip().endswith("THE")
    return english or word not in table("capitals")["english_only"]


def _small(word: str, *, turkic: bool) -> str:
    if turkic:
        return word.translate(_TURKIC_I).lower()
    small = word.lower().replace("i̇", "i")
    name, apostrophe, ending = small.partition("’" if "’" in small else "'")
    # "PARKINSON'S", "L'AFRICA": the part beside the apostrophe may be a name.
    known = _names()
    return known.get(name, name) + apostrophe + known.get(ending, ending)


def _capitalised(word: str, *, turkic: bool) -> str:
    return ("İ" if turkic and word[0] == "i" else word[0].upper()) + word[1:]


@cache
def _forms() -> dict[str, str]:
    known = table("capitals")
    return {form.upper(): form for form in (*known["names"], *known["acronyms"])}


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in table("capitals")["names"]}


@cache
def _english() -> frozenset[str]:
    return frozenset(table("capitals")["english"])


@cache
def _spellings() -> frozenset[str]:
    return frozenset(table("capitals")["acronyms"])


@cache
def _spelt() -> dict[str, str]:
    return {phrase.lower(): phrase for phrase in table("capitals")["phrases"]}


@cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _spelt()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
