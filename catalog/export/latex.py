"""Text as LaTeX: what TeX reads as something else is escaped, letters stay letters where they can.

Every command is spelled `{\\command}`, the one form that compiles before any letter, that BibTeX treats as a
single letter when it sorts and abbreviates, and that Zotero's importer looks up. Mathematics is
`{$\\beta$}`: without the braces BibTeX lower-cases a title's `$\\Delta$` to `$\\delta$`. A brace is never
`\\{`: BibTeX and biber count it, and a single one ends the file.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from catalog.codes import table
from catalog.export.plain import clean

Letters = Literal["pdftex", "ascii", "unicode"]
"""Which letters are kept: those pdflatex sets, none beyond ASCII, or all (LuaLaTeX, XeLaTeX)."""

_MARK: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_TIE: Final = re.compile(r"(\w)(?:\u0361|\ufe20)(\w)\ufe21?")
_SPECIAL: Final = r"[\\{}&%$#_~^<>|\"]"
_IN_ASCII: Final = re.compile(_SPECIAL)
_UNMARKED: Final = re.compile(rf"{_SPECIAL}|[₀-₉]+|[⁰¹²³⁴-⁹]{{2,}}|[^\x00-\x7f]")
_MARKED: Final = re.compile(rf"\w(?:\u0361|\ufe20)\w\ufe21?|.[{_MARK}]+|{_UNMARKED.pattern}", re.DOTALL)
_ANY_MARK: Final = re.compile(f"[{_MARK}]")
_OPENS_AFTER: Final = " \u00a0\u202f([{<-/‐‑‒–—―‘“«„'"
_GREEK_WORD: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{3,}")
_DIGITS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_NAMED: Final = re.compile(r"[A-Za-z]$")
_COMPATIBLE: Final = ("<compat>", "<noBreak>", "<fraction>")


class Atom(NamedTuple):
    """What one character (with its marks) is spelled as, and where it began in the clean text."""

    start: int
    source: str
    tex: str


def text(value: str, letters: Letters) -> str:
    """Return the text as LaTeX reads it, braces balanced."""
    cleaned = clean(value)
    if is_plain(cleaned):
        return cleaned
    greek = keeps_greek(cleaned, letters)
    return _clusters(cleaned).sub(
        lambda found: _spell_at(cleaned, found.start(), found.group(), letters, greek=greek), cleaned
    )


def is_plain(cleaned: str) -> bool:
    """Tell text that is its own spelling in every profile."""
    return cleaned.isascii() and _IN_ASCII.search(cleaned) is None


def atoms(cleaned: str, letters: Letters) -> list[Atom]:
    """Split clean text into what each character is spelled as, in order."""
    greek = keeps_greek(cleaned, letters)
    found: list[Atom] = []
    done = 0
    for match in _clusters(cleaned).finditer(cleaned):
        start, end = match.span()
        found += [Atom(i, cleaned[i], cleaned[i]) for i in range(done, start)]
        found.append(
            Atom(start, match.group(), _spell_at(cleaned, start, match.group(), letters, greek=greek))
        )
        done = end
    found += [Atom(i, cleaned[i], cleaned[i]) for i in range(done, len(cleaned))]
    return found


def _clusters(cleaned: str) -> re.Pattern[str]:
    """Return the cheapest pattern that finds all that may need another spelling."""
    if cleaned.isascii():
        return _IN_ASCII
    return _MARKED if _ANY_MARK.search(cleaned) else _UNMARKED


def keeps_greek(cleaned: str, letters: Letters) -> bool:
    """Tell whether Greek letters are words here, and stay; one alone in Latin text is a symbol."""
    return letters == "unicode" or (not cleaned.isascii() and _GREEK_WORD.search(cleaned) is not None)


def _spell_at(cleaned: str, start: int, cluster: str, letters: Letters, *, greek: bool) -> str:
    if cluster == '"':
        opens = start == 0 or cleaned[start - 1] in _OPENS_AFTER
        return "``" if opens and start + 1 < len(cleaned) else "''"
    return spell(cluster, letters, keep_greek=greek)


@lru_cache(maxsize=8192)
def spell(cluster: str, letters: Letters, *, keep_greek: bool = False) -> str:
    """Return the spelling of one character with its marks; itself where LaTeX has none for it."""
    tables = _tables()
    plain = tables.everywhere.get(cluster)
    if plain is not None:
        return plain
    if letters == "unicode" or (letters == "pdftex" and tables.raw.issuperset(cluster)):
        return cluster
    if keep_greek and unicodedata.name(cluster[0], "").startswith("GREEK"):
        return cluster
    return _command(cluster) or cluster


def _command(cluster: str) -> str | None:
    """Find a spelling in ASCII alone: a table's, an accent over a letter, or that of a plainer character."""
    found = _tables().commands.get(cluster)
    if found is not None:
        return found
    if len(cluster) > 1 and cluster.translate(_DIGITS).isdigit():
        return f"{{${'_' if cluster[0] in '₀₁₂₃₄₅₆₇₈₉' else '^'}{{{cluster.translate(_DIGITS)}}}$}}"
    tied = _TIE.fullmatch(cluster)
    if tied:
        return f"{{\\t{{{tied[1]}{tied[2]}}}}}" if cluster[0].isascii() and tied[2].isascii() else None
    return _accented(unicodedata.normalize("NFD", cluster)) or _plainer(cluster)


def _accented(decomposed: str) -> str | None:
    """Nest the accents over a letter: `{\\'{\\^e}}`."""
    base, marks = decomposed[0], decomposed[1:]
    accents = _tables().accents
    inner = base if base.isascii() else _tables().commands.get(base)
    if (
        not marks
        or inner is None
        or not inner.strip("{}\\").isalpha()
        or not all(mark in accents for mark in marks)
    ):
        return None
    for mark in marks:
        accent = accents[mark]
        inner = f"{{{accent}{' ' if _NAMED.search(accent) and not inner.startswith('{') else ''}{inner}}}"
    return inner


def _plainer(character: str) -> str | None:
    """Spell styled and small letters by what Unicode says they stand for: 𝛽, ᵗ, Ⅳ, ⅓."""
    kind, _, code_points = unicodedata.decomposition(character[0]).partition(" ")
    if len(character) > 1 or not kind.startswith("<"):
        return None
    plain = "".join(chr(int(code, 16)) for code in code_points.split())
    spelled = [spell(c, "ascii") for c in plain]
    if not all(c.isascii() for c in spelled):
        return None
    inner = "".join(spelled).replace("{$", "").replace("$}", "")
    if kind in _COMPATIBLE:
        return "".join(spelled).strip()
    if kind == "<font>":
        return f"{{${inner}$}}"
    if kind in ("<super>", "<sub>"):
        return f"{{${'_' if kind == '<sub>' else '^'}{{{inner}}}$}}"
    return None


class _Tables(NamedTuple):
    raw: frozenset[str]
    everywhere: dict[str, str]
    commands: dict[str, str]
    accents: dict[str, str]


@cache
def _tables() -> _Tables:
    codes = table("latex")
    commands: dict[str, str] = {
        c: f"{{${command}$}}" for c, command in (codes["greek"] | codes["math"]).items()
    }
    commands |= {c: f"{{{command}}}" for c, command in codes["text"].items()}
    return _Tables(
        raw=frozenset("".join(codes["raw"].split()) + codes["raw_t1"]),
        everywhere=codes["special"] | codes["everywhere"],
        commands=commands | codes["plain"],
        accents=codes["accents"],
    )
