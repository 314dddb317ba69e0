"""What text becomes: folded words at positions."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analyzer import LONGEST, Token, analyze, is_unspaced, joined, words
from index.folding import fold, written_out
from index.stem import stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\n", ""),
        ("& – … !", ""),
        ("Peer support", "peer support"),
        # case and accents
        ("Łódź Čapek Ångström ĐURO", "lodz capek angstrom duro"),
        ("naïve nai\u0308ve NAÏVE", "naive naive naive"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("İstanbul ISTANBUL ıspanak", "istanbul istanbul ispanak"),
        ("Þórður Æsir œuvre Øre", "thordur aesir oeuvre ore"),
        ("ΕΛΛΆΣ Ελλάς", "ελλασ ελλασ"),
        ("Ёлка Київ", "елка киів"),
        ("Việt Nam", "viet nam"),
        ("ŉ", "n"),
        # compatibility forms
        ("H₂O CO₂ m²", "h2o co2 m2"),
        ("ﬁnding ＡＢＣ１２", "finding abc12"),
        ("Prozac™ Aspirin®", "prozac aspirin"),
        ("so\u00adft zero\u200bwidth \ufeffbom", "soft zerowidth bom"),
        ("col·lecció", "colleccio"),
        # apostrophes
        ("O'Brien O’Brien Oʼbrien O´Brien O`Brien", "obrien obrien obrien obrien obrien"),
        ("O`Brien", "obrien"),
        ("don't don’t patient's patients'", "dont dont patients patients"),
        ("Qurʼān ʻAbd alʹbom", "quran abd albom"),
        ("'quoted' ‘quoted’", "quoted quoted"),
        ("aujourd'hui rock'n'roll", "aujourdhui rocknroll"),
        # numbers, dots, signs
        ("p < 0.05, 1.5mg, .5", "p 0.05 1.5mg 5"),
        ("U.S.A. U.S. e.g. i.v.", "usa us eg iv"),
        ("end.Begin disease.12 3.Results", "end begin disease 12 3 results"),
        ("Ph.D. node.js", "ph d node js"),
        ("p53 COX2 3D", "p53 cox2 3d"),
        ("AT&T R&D and/or", "at t r d and or"),
        ("snake_case a@b.org 50%", "snake case a b org 50"),
        ("C++ C# F# CD4+ ABC#", "c++ c# f# cd4 abc"),
        ("١٢٣ ۴۵ १२", "123 45 12"),
        # other scripts
        ("العَرَبِيّة الأدب ـكـتـب", "العربيه الادب كتب"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी भाषा", "हिन्दी भाषा"),
        ("தமிழ்", "தமிழ்"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer-support group", [("peer", 0), ("peersupport", 0), ("support", 1), ("group", 2)]),
        ("peer‐support", [("peer", 0), ("peersupport", 0), ("support", 1)]),
        ("peer–support", [("peer", 0), ("peersupport", 0), ("support", 1)]),
        ("peer—support", [("peer", 0), ("support", 1)]),
        ("peer--support", [("peer", 0), ("support", 1)]),
        ("self- and", [("self", 0), ("and", 1)]),
        ("COVID-19", [("covid", 0), ("covid19", 0), ("19", 1)]),
        ("2019-2020", [("2019", 0), ("2020", 1)]),
        ("0.5-1.5", [("0.5", 0), ("1.5", 1)]),
        ("l'école", [("l", 0), ("lecole", 0), ("ecole", 1)]),
        ("qu’il", [("qu", 0), ("quil", 0), ("il", 1)]),
        ("dell'Arte", [("dell", 0), ("dellarte", 0), ("arte", 1)]),
        (
            "l'arc-en-ciel",
            [("l", 0), ("larcenciel", 0), ("arc", 1), ("arcenciel", 1), ("en", 2), ("ciel", 3)],
        ),
        ("a-b-c-d-e-f-g", [(letter, n) for n, letter in enumerate("abcdefg")]),
        ("C++", [("c++", 0), ("c", 0)]),
        ("Löwe", [("lowe", 0), ("loewe", 0)]),
        ("Lo\u0308we", [("lowe", 0), ("loewe", 0)]),
        ("Å Ørsted", [("a", 0), ("aa", 0), ("orsted", 1), ("oersted", 1)]),
        ("Ö.B.", [("ob", 0)]),
        ("für-sich", [("fur", 0), ("fuer", 0), ("fursich", 0), ("fuersich", 0), ("sich", 1)]),
        ("統計", [("統計", 0), ("計", 0)]),
        ("統計学 入門", [("統計", 0), ("計学", 1), ("学", 1), ("入門", 2), ("門", 2)]),
        ("学", [("学", 0)]),
        ("iPS細胞", [("ips", 0), ("細胞", 1), ("胞", 1)]),
        ("通계", [("通계", 0), ("계", 0)]),
        ("カタカナ", [("カタ", 0), ("タカ", 1), ("カナ", 2), ("ナ", 2)]),
        ("ｶﾞｲﾄﾞ", [("ガイ", 0), ("イド", 1), ("ド", 1)]),
        ("𠮷野", [("𠮷野", 0), ("野", 0)]),
        ("สถิติ", [("สถิ", 0), ("ถิติ", 1), ("ติ", 1)]),
    ],
)
def test_positions(text: str, expected: list[tuple[str, int]]) -> None:
    assert analyze(text) == [Token(*pair) for pair in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer-support", "peersupport"),
        ("e-mail-based", "emailbased"),
        ("l'école", "lecole"),
        ("peer support", None),
        ("and/or", None),
        ("2019-2020", None),
        ("peer", None),
        ("統計学", None),
    ],
)
def test_joined_form(text: str, expected: str | None) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Löwe", "Loewe"),
        ("O\u0308l", "OEl"),
        ("\u212bngström Ø", "AAngstroem OE"),
        ("école", None),
        ("plain", None),
    ],
)
def test_umlauts_written_out(text: str, expected: str | None) -> None:
    assert written_out(text) == expected


def test_every_character_of_an_unspaced_script_begins_a_token() -> None:
    text = "統計学入門"

    assert {token.text[0] for token in analyze(text)} == set(text)


def test_an_endless_word_is_cut_alike_in_records_and_queries() -> None:
    assert words("A" * 1000) == ["a" * LONGEST]
    assert words("é" * 1000) == ["e" * LONGEST]


def test_is_unspaced() -> None:
    assert is_unspaced("統計")
    assert not is_unspaced("peer")
    assert not is_unspaced("हिन्दी")


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_every_token_is_a_word_of_its_own(text: str) -> None:
    for token in analyze(text):
        assert words(token.text) == [token.text]


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@settings(deadline=None, max_examples=300)
def test_unicode_forms_do_not_matter(text: str, form: str) -> None:
    # A spacing accent (´) decomposes into a blank and a mark, but in text it stands for an apostrophe; marks
    # of trade are letters when decomposed, but no part of the name.
    odd = [
        char for char in text if unicodedata.decomposition(char).startswith("<compat> 0020") or char in "™℠"
    ]
    plain = text.translate(dict.fromkeys(map(ord, odd)))

    assert analyze(unicodedata.normalize(form, plain)) == analyze(plain)  # type: ignore[arg-type]


@given(st.text(st.characters(max_codepoint=0x24F)))
@settings(deadline=None, max_examples=300)
def test_case_does_not_matter(text: str) -> None:
    assert analyze(text.upper()) == analyze(text.lower())


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_positions_leave_no_gap(text: str) -> None:
    positions = [token.position for token in analyze(text)]

    assert sorted(set(positions)) == list(range(len(set(positions))))


_marks = st.text("abC DEF-'`.+#_0123é’統計ส\u0301", max_size=12)


@given(st.text() | _marks, st.text() | _marks)
@settings(deadline=None, max_examples=400)
def test_words_on_both_sides_of_a_blank_are_independent(left: str, right: str) -> None:
    assert words(f"{left} {right}") == words(left) + words(right)


@pytest.mark.parametrize(
    ("token", "expected"),
    [("supports", "support"), ("mentored", "mentor"), ("2019", "2019"), ("統計", "統計")],
)
def test_stem(token: str, expected: str) -> None:
    assert stem(token) == expected


def test_an_abstract_is_analysed_in_well_under_a_millisecond() -> None:
    abstract = (
        "Peer-support groups for people with severe mental illness: a review of 23 trials (p < 0.05). " * 14
    )

    best = min(_seconds(abstract) for _ in range(5))

    assert best < 0.001


def _seconds(text: str) -> float:
    start = time.process_time()
    analyze(text)
    return time.process_time() - start
