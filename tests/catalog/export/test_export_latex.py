"""Text as LaTeX, and back by an independent reader."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from catalog.codes import table
from catalog.export.latex import Letters, text
from catalog.export.plain import clean


@pytest.mark.parametrize(
    ("value", "pdftex", "ascii_", "raw"),
    [
        ("\\{}&%$#_~^<>|", None, None, None),
        ("é", "é", "{\\'e}", "é"),
        ("e\u0301", "é", "{\\'e}", "é"),
        ("ł Đ ß ı", "ł Đ ß ı", "{\\l} {\\DJ} {\\ss} {\\i}", "ł Đ ß ı"),
        ("ế", "{\\'{\\^e}}", "{\\'{\\^e}}", "ế"),
        ("ș", "ș", "{\\textcommabelow s}", "ș"),
        ("β, TNF-α and ΔF", "{$\\beta$}, TNF-{$\\alpha$} and {$\\Delta$}F", None, "β, TNF-α and ΔF"),
        ("Η ψυχική β", "Η ψυχική β", "Η ψυχική β", "Η ψυχική β"),
        ("≥5 ± 2", "{$\\geq$}5 ± 2", "{$\\geq$}5 {$\\pm$} 2", "≥5 ± 2"),
        ("CO₂ H₂₀", "CO{$_{2}$} H{$_{20}$}", None, "CO₂ H₂₀"),
        ("m² 10²³", "m² 10²³", "m{$^{2}$} 10{$^{23}$}", "m² 10²³"),
        ("𝛽 Ⅳ ⅔ ᵃ", "{$\\beta$} IV 2/3 {$^{a}$}", None, "𝛽 Ⅳ ⅔ ᵃ"),
        ("a–b — c‑d", "a--b --- c-d", "a--b --- c-d", "a--b --- c-d"),
        ("a\u00a0b\u202fc", "a~b~c", "a~b~c", "a~b~c"),
        ("so\u00adft\u200b\u200e\x07", "soft", "soft", "soft"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("漢字 Ёж 😀", "漢字 Ёж 😀", "漢字 Ёж 😀", "漢字 Ёж 😀"),
        ("i\u0361a i\ufe20a\ufe21", "{\\t{ia}} {\\t{ia}}", "{\\t{ia}} {\\t{ia}}", "i\u0361a i\ufe20a\ufe21"),
        ("ả ơ", "ả ơ", "ả ơ", "ả ơ"),
        ('"a" ("b") "c', "``a'' (``b'') ``c", "``a'' (``b'') ``c", "``a'' (``b'') ``c"),
        ('5" x 3"', "5'' x 3''", "5'' x 3''", "5'' x 3''"),
        ("“a” ‘b’ …", "“a” ‘b’ …", "``a'' `b' {\\ldots}", "“a” ‘b’ …"),
        ("  many \n\t blanks  ", "many blanks", "many blanks", "many blanks"),
        ("", "", "", ""),
    ],
)
def test_each_profile_spells_its_own_way(
    value: str, pdftex: str | None, ascii_: str | None, raw: str | None
) -> None:
    specials = "{\\textbackslash}{$\\lbrace$}{$\\rbrace$}\\&\\%\\$\\#\\_{\\textasciitilde}"
    specials += "{\\textasciicircum}{$<$}{$>$}{$|$}"
    assert text(value, "pdftex") == (specials if pdftex is None else pdftex)
    assert text(value, "ascii") == (ascii_ if ascii_ is not None else pdftex or specials)
    assert text(value, "unicode") == (specials if raw is None else raw)


_LETTERS: tuple[Letters, ...] = ("pdftex", "ascii", "unicode")


@given(st.text(max_size=60), st.sampled_from(_LETTERS))
@settings(deadline=None, max_examples=300)
def test_whatever_comes_in_the_braces_balance(value: str, letters: Letters) -> None:
    written = text(value, letters)
    depth = 0
    for character in written:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert "\n" not in written
    assert written == unicodedata.normalize("NFC", written)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_clean_text_stays_as_it_is(value: str) -> None:
    assert clean(clean(value)) == clean(value)


# What one reader gives back otherwise, and why: TeX has one character for several (dashes, quotes, primes,
# blanks), or the reader decodes the command to a near relation.
_ONE_FOR_SEVERAL = "\"`'‘’‚“”„‛‟´ʻʼʽʾʿʹʺ′″‴ˈˌː-‐‑‒–—―−~ˆ^˜^∼\u00a0\u202f"
_LOST_IN_DECODING = (
    set(_ONE_FOR_SEVERAL) | set(table("latex")["plain"]) | set("…⋯µ∆ΩΩ★☆⋆▲△◯○⩽⩾≦≧·⋅∙•℃℉℗℠№฿∗*\u0326")
)
_READABLE = sorted(
    c
    for c in {chr(code) for code in range(32, 127)}
    | set(table("latex")["raw"].split()[0])
    | set("".join(table("latex")["raw"].split()))
    | set(table("latex")["raw_t1"])
    | set("ếễậắặẽỵβγδλπΔΓΩ≥≤≠≈∞∑∈∪漢字Ёжساहि")
    if c not in _LOST_IN_DECODING
)


def _decoded(written: str) -> str:
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True).latex_to_text(written)


@given(st.text(alphabet=st.sampled_from(_READABLE), max_size=40))
@settings(deadline=None, max_examples=200)
def test_a_latex_reader_gives_the_default_spelling_back(value: str) -> None:
    assert unicodedata.normalize("NFC", _decoded(text(value, "pdftex"))) == clean(value)
