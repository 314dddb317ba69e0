"""Did you mean: what is offered, and what is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Vocabulary
from index.query.ast import Query
from index.query.parser import parse
from index.suggest import suggest
from index.suggest.candidates import nearest
from tests.index.builders import WORDS, queries, titled
from tests.index.memory import MemoryEngine

TITLES = {
    "peer support in counselling": 60,
    "counseling and recovery of women": 30,
    "councelling, as one record spells it": 1,
    "the behaviour of peers": 5,
    "Löwe und Recht": 3,
    "mental health of nurses": 55,
    "mantal cells": 1,
    "統計学の研究": 2,
    "self-help groups": 4,
    "inpatient care 2019": 2,
}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    made = MemoryEngine()
    titles = [title for title, times in TITLES.items() for _ in range(times)]
    made.apply([titled(f"k{n:03}", title) for n, title in enumerate(titles)], 1)
    return made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recovry", "recovery"),
        ("ercovery", "recovery"),
        ("nentalheath", None),
        ("counsleing", "counseling"),
        ('"counsleing"', '"counseling"'),
        ("title:(behavoir OR nothing)", "title:(behaviour OR nothing)"),
        ("peersupport", '"peer support"'),
        ("recov ery", "recovery"),
        ('"coun seling and"', '"counseling and"'),
        ("counselling suport", "counselling AND support"),
        ("counselng suport", "counseling AND support"),
        ("self-halp", "self-help"),
        ("selfhlep", "selfhelp"),
        ("Löve", "lowe OR loewe"),
        ("peer NEAR/2 cuonselling", "peer NEAR/2 counselling"),
        ('"peer suport*" OR recoverry', '"peer suport*" OR recovery'),
        ("recovry year:2019-", None),  # still nothing
        ("mantal", "mental"),  # found once, what it looks like 55 times
        ("in patient NOT nothing", "inpatient NOT nothing"),
        ("recovery NOT womne", None),
        ("recovry*", None),
        ("2018", None),
        ("統許", None),
        ("doi:10.1234/recovry", None),
        ("the", None),
        ("peer AND women", None),
        ("Loewe", None),
        ("Lowe", None),
        ("zzzzzz", None),
        ("*", None),
    ],
)
def test_what_may_have_been_meant_is_offered(engine: MemoryEngine, typed: str, meant: str | None) -> None:
    query = parse(typed)
    found = suggest(query, engine)
    assert (found[0].text if found else None) == meant
    for offer in found:
        assert parse(offer.text) == offer.query
        assert engine.count(offer.query) == offer.count > engine.count(query)


def test_it_is_said_what_was_replaced(engine: MemoryEngine) -> None:
    (offer, *_) = suggest(parse("coun seling womne"), engine)
    assert offer.text == "counseling AND women"
    assert set(offer.instead) == {("coun seling", "counseling"), ("womne", "women")}


def test_another_word_nearly_as_likely_is_offered_too() -> None:
    engine = MemoryEngine()
    engine.apply([titled(f"k{n}", text) for n, text in enumerate(("peers", "beers", "beers", "beers"))], 1)
    assert [offer.text for offer in suggest(parse("eers"), engine)] == ["beers", "peers"]


@settings(deadline=None, max_examples=60)
@given(query=queries, typo=st.sampled_from(["supprt", "womne", "peersupport", "pee r"]))
def test_an_offer_is_a_query_as_it_would_be_typed_and_finds_more(query: Query, typo: str) -> None:
    engine = MemoryEngine()
    engine.apply([titled(f"k{n}", word) for n, word in enumerate((*WORDS, "peer", "support"))], 1)
    for offer in suggest(query, engine):
        assert engine.count(offer.query) == offer.count > engine.count(query)
    for offer in suggest(parse(typo), engine):
        assert parse(offer.text) == offer.query


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_nothing_is_offered_when_every_word_is_found(words: list[str]) -> None:
    engine = MemoryEngine()
    engine.apply([titled(f"k{n}", " ".join(WORDS)) for n in range(2)], 1)
    assert suggest(parse(" ".join(words)), engine) == []


def test_a_first_letter_is_seldom_wrong() -> None:
    known = Vocabulary.of({"peer": 10, "beet": 10, "beer": 10, "peep": 600, "pe": 9, "peeper": 9})
    assert [found.text for found in nearest("peet", known, within=1)] == ["peep", "peer", "beet"]


def test_a_text_of_any_length_can_be_corrected(engine: MemoryEngine) -> None:
    text = " ".join(["recovery"] * 2000)
    (offered,) = suggest(parse(f'recovry OR "{text}"'), engine)
    assert offered.text == f'recovery OR "{text}"'
