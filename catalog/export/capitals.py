"""Which words of a title must keep their capitals when a bibliography style sets titles in lower case.

Whole words are braced, never letters: a brace inside a word breaks its kerning
(https://github.com/retorquere/zotero-better-bibtex/issues/1217).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from catalog.codes import table
from catalog.export.latex import Letters, atoms, is_plain
from catalog.export.plain import clean

_WORD: Final = re.compile(r"[^ \u00a0\u202f]+")
_EDGE: Final = re.compile(r"^\W+|[^\w+]+$")
_JOINTS: Final = re.compile(r"[-‐‑–—/]")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SENTENCE_END: Final = re.compile(r"[:?!.][\"'”’»)\]]*$")
_ALL_CAPITALS_FROM: Final = 3  # fewer words in capitals are an acronym, not a shouted title
_TELLING_LENGTH: Final = 4


def title(value: str, letters: Letters, *, english: bool, whole: bool) -> str:
    """Return a title as LaTeX with its capitals protected.

    `english` titles have single words braced; others are left to the style, unless `whole` braces all of
    it (classic BibTeX lower-cases German nouns too).
    """
    cleaned = clean(value)
    if not english:
        plain = "".join(atom.tex for atom in atoms(cleaned, letters))
        return _braced(plain) if whole and plain else plain
    spelled = _speller(cleaned, letters)
    written: list[str] = []
    done = 0
    for start, end in protected(cleaned):
        written += [spelled(done, start), _braced(spelled(start, end))]
        done = end
    return "".join(written) + spelled(done, len(cleaned))


def _speller(cleaned: str, letters: Letters) -> Callable[[int, int], str]:
    """Return what spells a stretch of the text as it is spelled in the whole."""
    if is_plain(cleaned):
        return lambda start, end: cleaned[start:end]
    parts = atoms(cleaned, letters)
    starts = [atom.start for atom in parts]
    return lambda start, end: "".join(
        atom.tex for atom in parts[bisect_left(starts, start) : bisect_left(starts, end)]
    )


def _braced(written: str) -> str:
    r"""Brace; a command at the start would make it a "special character", whose case BibTeX changes."""
    return f"{{{{}}{written}}}" if written.startswith("\\") else f"{{{written}}}"


def protected(cleaned: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word whose capitals are to stay."""
    words = list(_WORD.finditer(cleaned))
    shouted = len(words) >= _ALL_CAPITALS_FROM and not any(c.islower() for c in cleaned)
    sentence_case = not shouted and _is_sentence_case([word.group() for word in words[1:]])
    phrases = [found.span() for found in _phrases().finditer(cleaned)]
    opens = False  # a title's own first letter is kept by every style
    for index, word in enumerate(words):
        core = _core(word.group())
        if core and (
            _is_acronym(core)
            if shouted
            else _has_fixed_capitals(core, first=index == 0)
            or (index > 0 and core[0].isupper() and (opens or sentence_case))
            or (index > 0 and core != core.lower() and not _parts(core).isdisjoint(_names()))
            or (index > 0 and core[0].isupper() and any(a <= word.start() < b for a, b in phrases))
        ):
            start = word.start() + word.group().index(core)
            yield start, start + len(core)
        if core or index == 0:
            opens = _SENTENCE_END.search(word.group()) is not None


def _core(word: str) -> str:
    """Strip the punctuation around a word."""
    return _EDGE.sub("", word)


def _parts(core: str) -> set[str]:
    return {_POSSESSIVE.sub("", part) for part in _JOINTS.split(core)}


def _has_fixed_capitals(core: str, *, first: bool) -> bool:
    """Tell capitals inside a word or beside a digit (mRNA, DSM-5), and a letter alone (hepatitis B)."""
    if core == core.lower():
        return False
    if any(c.isdigit() for c in core):
        return True
    for part in _JOINTS.split(core):
        if any(c.isupper() for c in part[1:]) or (
            len(part) == 1 and part.isupper() and (not first or part != core)
        ):
            return True
    return False


def _is_acronym(core: str) -> bool:
    """Tell, in a title all in capitals, what would be in capitals anyway."""
    return any(c.isdigit() for c in core) or not _parts(core).isdisjoint(_acronyms())


def _is_sentence_case(words: list[str]) -> bool:
    """Tell whether words of substance begin small: then each capital was meant, as in library data."""
    cores = [core for core in map(_core, words) if len(core) >= _TELLING_LENGTH and core[1:].islower()]
    telling = [core for core in cores if core not in _function_words()]
    return sum(core[0].islower() for core in telling) * 3 >= max(len(telling), 1)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("bibtex")["function_words"])


@cache
def _names() -> frozenset[str]:
    return frozenset(table("capitals")["names"] + table("bibtex")["proper_names"])


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, table('capitals')['phrases']))})\b")


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(table("capitals")["acronyms"])
