"""What the words in dates mean: months in many languages, guesses, Roman numerals, East Asian eras."""

import re
from functools import cache
from typing import Final
from unicodedata import combining, normalize

from catalog.codes import table

_ROMAN_YEAR: Final = re.compile(r"(M{1,2})(CM|CD|D?C{0,4})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})")
_ROMAN_AROUND: Final = re.compile(r"^(?:anno(?:\s+domini)?|a\.\s?d\.)\s+|[\s.,\[\]()?]", re.IGNORECASE)
_ROMAN_VALUES: Final = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}

_HAN_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_NUMBER: Final = re.compile(r"([二三四五六七八九]?)十([一二三四五六七八九]?)")


def folded(text: str) -> str:
    """Return a text in small letters without accents, as the words of `codes/dates.toml` are compared."""
    if text.isascii():
        return text.lower()
    letters = normalize("NFD", text.casefold())
    # The breve makes another letter of a Cyrillic one, and another month.
    return normalize("NFC", "".join(c for c in letters if not combining(c) or c == "\u0306"))


def month_number(word: str) -> int | None:
    """Return the month, 1 to 12, that a folded word names."""
    return _months().get(word)


def is_silent(word: str) -> bool:
    """Tell whether a folded word beside a date adds nothing to it."""
    return word in _words("silent")


def is_guess(word: str) -> bool:
    """Tell whether a folded word makes the year beside it a guess."""
    return word in _words("circa")


def is_span(word: str) -> bool:
    """Tell whether a folded word names a century or decade."""
    return word in _words("spans")


def roman_year(text: str) -> int | None:
    """Return the year that a text of nothing but Roman numerals is, also in the additive spelling."""
    numerals = _ROMAN_AROUND.sub("", text)
    if len(numerals) == 1 or not _ROMAN_YEAR.fullmatch(numerals):
        return None
    values = [_ROMAN_VALUES[numeral] for numeral in numerals]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def western_digits(text: str) -> str:
    """Write the decimal digits of any script, and Han numerals below a hundred, as ASCII digits."""
    if text.isascii():
        return text
    if "年" in text:
        text = _HAN_NUMBER.sub(lambda m: f"{m[1] or '一'}{m[2] or '〇'}", text).translate(_HAN_DIGITS)
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def era_year(text: str) -> tuple[int | None, bool]:
    """Return the year that an era's name and number make, and whether an era is named at all."""
    match = _eras().search(folded(text))
    if match is None:
        return None, False
    number = 1 if match[2] == "元" else int(match[2] or 0)
    return (table("dates")["eras"][match[1]] + number if number else None), True


@cache
def _months() -> dict[str, int]:
    return {
        folded(word): number
        for number, words in enumerate(table("dates")["months"], start=1)
        for word in words
    }


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(folded(word) for word in table("dates")[kind])


@cache
def _eras() -> re.Pattern[str]:
    names = "|".join(map(re.escape, table("dates")["eras"]))
    return re.compile(rf"(?<![a-z])({names})(?![a-z])\s*([0-9]{{1,3}}|元)?")
