"""The class table: looked up as people type, walked, and named as DOAJ's feed names its sets."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.classes import (
    browse,
    class_table,
    find_class,
    narrower_codes,
    set_spec,
    suggestions,
)
from catalog.normalize.subjects import set_spec_subject

REAL_SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "doaj" / "lcc_sets.tsv"
CODES = sorted(class_table().by_code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RA1-1270", ["RA1-1270"]),
        ("ra1-1270", ["RA1-1270"]),
        (" LCC: RA1–1270 ", ["RA1-1270"]),
        ("lcc:r", ["R"]),
        ("public ASPECTS of  medicine.", ["RA1-1270"]),
        ("Philosophy, Psychology; Religion", ["B"]),
        ("Seconhand trade", ["HF5482-5482.4"]),
        ("secondhand trade", ["HF5482-5482.4"]),
        ("By period", ["CB305-430", "B108-5802"]),
        ("Public finance", ["HJ9-9940", "K4430-4675"]),
        ("Medicine", ["R"]),
        ("peer support", []),
        ("", []),
    ],
)
def test_a_class_is_found_by_its_code_or_whole_caption(text: str, codes: list[str]) -> None:
    assert sorted(subject.code or "" for subject in find_class(text)) == sorted(codes)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("psycology", "BF1-990"),
        ("Psychiatri", "RC435-571"),
        ("public medicine", "RA1-1270"),
        ("health of the public", "RA1-1270"),
        ("RC43", "RC435-571"),
    ],
)
def test_a_near_miss_is_answered_with_what_may_be_meant(text: str, first: str) -> None:
    assert suggestions(text)[0].code == first


@pytest.mark.parametrize("text", ["", "qqqq", "??", "peer support"])
def test_nothing_is_suggested_where_nothing_is_near(text: str) -> None:
    assert suggestions(text) == ()


def test_a_branch_is_walked_to_its_leaves() -> None:
    assert len(narrower_codes("R")) == 52
    assert "RC475-489" in narrower_codes("RC435-571")
    assert "R" not in narrower_codes("R")


def test_the_tree_is_shown_in_the_order_of_the_shelf() -> None:
    rows = list(browse())
    assert sorted(row.code for row in rows) == CODES
    assert [row.code for row in rows if row.depth == 0][:4] == ["A", "B", "C", "D"]
    assert all(len(row.path) == row.depth + 1 and row.path[-1] == row.caption for row in rows)
    medicine = [row.code for row in rows if row.path[:1] == ("Medicine",)]
    assert medicine == ["R", *narrower_codes("R")]


def test_browsing_for_a_class_shows_it_and_all_below_it_else_what_has_the_words() -> None:
    assert [row.code for row in browse("psychiatry")][:2] == ["RC435-571", "RC475-489"]
    assert {row.code for row in browse("psych")} >= {"B", "BF1-990", "RC435-571", "RC475-489"}
    assert list(browse("no such words")) == []


@settings(deadline=None)
@given(st.sampled_from(CODES), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_every_class_is_found_by_each_of_its_names_and_its_set_is_read_back(code: str, typed: object) -> None:
    assert callable(typed)
    subject = class_table().by_code[code]
    assert subject in find_class(typed(code))
    assert subject in find_class(typed(subject.term))
    decoded = set_spec_subject(set_spec(subject.term or ""))
    assert decoded is not None
    assert decoded.term == subject.term
    assert decoded.code in (code, None)
    assert code not in narrower_codes(code)


@pytest.mark.skipif(not REAL_SETS.exists(), reason="DOAJ's table of sets is not beside the checkout")
def test_set_specs_are_those_of_doaj() -> None:
    rows = [line.split("\t") for line in REAL_SETS.read_text(encoding="utf-8").splitlines()]
    head, rows = rows[0], rows[1:]
    at = {name.strip().lower(): n for n, name in enumerate(head)}
    assert {set_spec(row[at["term"]]) for row in rows} == {row[at["setspec"]] for row in rows}
