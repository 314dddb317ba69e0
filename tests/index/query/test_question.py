"""Questions in plain language: which of their words count, and that no text is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import QueryError
from index.analyzer import words
from index.fields import DEFAULT_FIELDS
from index.query.ast import Or, Term, Word
from index.query.parser import parse
from index.query.printer import show
from index.query.question import question


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("peer support", "peer OR support"),
        ("What works for peers?", "works OR peers"),
        ("peer", "peer"),
        # what is said twice counts twice
        ("peer Peer ＰＥＥＲ pe\u00e9r pee\u0301r", "peer OR peer OR peer OR peer OR peer"),
        # quotes make phrases; a lone one is text
        ('"peer support" workers', '"peer support" OR workers'),
        ("(„peer support“) workers", '"peer support" OR workers'),
        ('"peer-support worker"', '"peer-support worker"'),
        ('a 12" disc "peer support', "12 OR disc OR peer OR support"),
        ('"the who"', '"the who"'),
        # hyphens, umlauts, scripts without blanks: all ways to find the word
        ("peer-support", "peer OR support"),
        ("well-being", "well OR wellbeing"),
        ("state-of-the-art care", "state OR art OR stateoftheart OR care"),
        ("Löwe", "lowe OR loewe"),
        ("Müller-Lyer", "muller OR lyer OR mueller"),
        ("統計学の iPS細胞", "統計 OR 計学 OR 学の OR ips OR 細胞"),
        ("学", "学*"),
        # signs of the language are text
        ("peer AND (support OR", "peer OR support"),
        ("title:peer year:2019-2024 NEAR/3", "title OR peer OR year OR 2019 OR 2024 OR near OR 3"),
        ("counsel* wom?n ~x \\y #1", "counsel OR wom OR n OR x OR y OR 1"),
        ('"wom*n ~x \\y"', '"wom n x y"'),
        ("Peer support: a review [PDF] {x}", "peer OR support OR review OR pdf OR x"),
        ("*:*, peer", "peer"),
        ("10.1186/s12913-024-1", "10.1186 OR s12913 OR 024 OR 1"),
        # names in capitals are no common words, unless all is in capitals
        ("WHO advice on IT", "who OR advice OR it"),
        ("WHO ADVICE ON IT", "advice"),
        ("NOT vitamin A", "vitamin"),
        # contractions, and words that look like them
        ("I'll tell what’s ill", "tell OR ill"),
        # nothing but common words
        ("to be or not to be", "to OR be OR or OR not OR to OR be"),
        ("The Who", "the OR who"),
    ],
)
def test_a_question_is_any_of_its_words(text: str, shown: str) -> None:
    query = question(text).query

    assert show(query) == shown
    assert parse(shown) == query


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("peer support", ()),
        ("the who", ()),
        ("What of the peers, and of the supporters?", ("common words left out: what, of, the, and",)),
    ],
)
def test_words_left_out_are_told(text: str, notes: tuple[str, ...]) -> None:
    assert question(text).notes == notes


def test_words_stand_for_themselves_on_request() -> None:
    terms = tuple(Term(DEFAULT_FIELDS, Word(text, "exact")) for text in ("peers", "supporting"))

    assert question("peers supporting", exact=True).query == Or(terms)


@pytest.mark.parametrize("text", ["", " \n", '"" ()', "*** ?", "\u0301"])
def test_a_question_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="there is no word"):
        question(text)


SIGNS = [
    *'()[]{}"“”:*?~\\#+-/',
    "AND",
    "OR",
    "NOT",
    "NEAR/3",
    "the",
    "peer",
    "統計",
    "a:b",
    "\x00",
    "ö",
    " ",
    "\ua66e",
    "\ua78f",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(SIGNS)).map("".join)))
@settings(deadline=None, max_examples=200)
def test_any_text_with_a_word_is_a_question(text: str) -> None:
    try:
        query = question(text).query
    except QueryError:
        # Two letters no text holds are taken for blanks; see index.query.leaves.
        assert not words(text.replace('"', " ").translate({0xA66E: " ", 0xA78F: " "}))
        return

    assert parse(show(query)) == query
