"""Tokens with the characters they come from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analyzer import LONGEST, located, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peer Support", [("peer", "Peer"), ("support", "Support")]),
        ("peer-support.", [("peer", "peer"), ("peersupport", "peer-support"), ("support", "support")]),
        ("the U.S.A.", [("the", "the"), ("usa", "U.S.A")]),
        ("O’Brien’s", [("obriens", "O’Brien’s")]),
        ("C++ (0.05)", [("c++", "C++"), ("c", "C"), ("0.05", "0.05")]),
        (
            "l’arc-en-ciel",
            [
                ("l", "l"),
                ("larcenciel", "l’arc-en-ciel"),
                ("arc", "arc"),
                ("arcenciel", "arc-en-ciel"),
                ("en", "en"),
                ("ciel", "ciel"),
            ],
        ),
        ("Straße–ﬁn", [("strasse", "Straße"), ("strassefin", "Straße–ﬁn"), ("fin", "ﬁn")]),
        (
            "nai\u0308ve Lo\u0308we",
            [("naive", "nai\u0308ve"), ("lowe", "Lo\u0308we"), ("loewe", "Lo\u0308we")],
        ),
        ("so\u00adft x\u200b", [("soft", "so\u00adft"), ("x", "x\u200b")]),
        ("3½", [("31", "3½"), ("2", "½")]),
        ("統計学、", [("統計", "統計"), ("計学", "計学"), ("学", "学")]),
        ("ｶﾞｲﾄﾞ", [("ガイ", "ｶﾞｲ"), ("イド", "ｲﾄﾞ"), ("ド", "ﾄﾞ")]),
        ("\u1112\u1161\u11ab글", [("한글", "\u1112\u1161\u11ab글"), ("글", "글")]),
    ],
)
def test_tokens_come_from(text: str, expected: list[tuple[str, str]]) -> None:
    found = located(text)
    slices = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert list(zip(found.words, slices, strict=True)) == expected


_odd = st.text(
    "abldQu'’-–.`+# 012öÄß½ﬁ統計ステ\u0301\u0308\u3099\u1161\u11abกิ\u200b\u00adİ´¨⒈㍿\u0345\n", max_size=14
)
_texts = st.text(max_size=12) | _odd | st.text(st.characters(max_codepoint=0x24F), max_size=20)


@given(_texts)
@settings(deadline=None, max_examples=500)
def test_located_tokens_are_the_tokens(text: str) -> None:
    assert located(text)[:2] == tokens(text)


@given(_texts)
@settings(deadline=None, max_examples=500)
def test_the_characters_of_a_token_give_that_token(text: str) -> None:
    found = located(text)
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert word in tokens(text[start:end]).words


@given(_texts, _texts)
@settings(deadline=None, max_examples=300)
def test_a_text_is_analysed_piece_by_piece(left: str, right: str) -> None:
    first, second = tokens(left), tokens(right)
    after = max(first.positions, default=-1) + 1

    both = tokens(f"{left} {right}")

    assert both.words == first.words + second.words
    assert [*both.positions] == [*first.positions, *(after + place for place in second.positions)]


@pytest.mark.parametrize("long", ["x" * 300, "é" * 300, "x" * 250 + "-a.b'c" * 3, "x" * 254 + "-y"])
def test_a_word_that_is_cut_comes_from_its_beginning(long: str) -> None:
    found = located(f"one {long}")
    assert found.words[:2] == ("one", long[:LONGEST].replace("é", "e").partition("-")[0])
    assert max(found.ends) <= 4 + LONGEST
    assert "" not in found.words
