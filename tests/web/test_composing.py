"""Boxes are text: whatever is typed, the query composed of it reads as it was meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import QueryError
from index.fields import FIELDS
from index.query.ast import And, Line, Or, Phrase, Query, Term, Word
from index.query.parser import parse
from index.query.printer import show
from web.composing import Box, boxed, composed, inlined, values_of

TEXT_FIELDS = [None, *(field.name for field in FIELDS.values() if field.kind == "text")]
signs = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR/3", "(", ")", '"', "*", "?", "~", "\\", "#1", "title:", "10.1/x", "['", "[ti]"]
)
typed = st.lists(signs | st.text(max_size=6) | st.sampled_from(["peer-support", "支援", "dogs*"]), max_size=5)
boxes = st.builds(
    Box,
    typed.map(" ".join) | typed.map("".join),
    st.sampled_from(TEXT_FIELDS),
    st.sampled_from(["all", "any", "phrase"]),
    st.sampled_from(["and", "or", "not"]),
)


@settings(deadline=None)
@given(st.lists(boxes, max_size=4))
def test_what_is_typed_into_boxes_is_never_misread(given_boxes: list[Box]) -> None:
    query = composed(given_boxes)
    if query is not None:
        assert show(parse(show(query))) == show(query)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (Box("peer OR support"), "peer AND or AND support"),
        (Box("peer (support"), "peer AND support"),
        (Box("title:recovery"), "title/recovery"),
        (Box("counsel* wh?t a*"), "counsel* AND wh/t AND a"),
        (Box('"peer support" worker'), '"peer support" AND worker'),
        (Box('say "when'), "say AND when"),
        (Box("a b", None, "any"), "a OR b"),
        (Box("peer: support!", "title", "phrase"), 'title:"peer support"'),
        (Box("müller", "author"), "author:(muller OR mueller)"),
        (Box("& – …"), None),
        (Box("https://doi.org/10.1234/AB", "doi"), "doi:10.1234/ab"),
        (Box("2019-2021", "year"), "year:2019-2021"),
        (Box("a\\b*", "source"), 'source:"a\\\\b*"'),
    ],
)
def test_a_box_asks_for_its_words(box: Box, expected: str | None) -> None:
    query = boxed(box)
    assert (None if query is None else show(query)) == expected


def test_boxes_are_joined_from_the_first_on() -> None:
    row = [Box("a"), Box("b", joiner="or"), Box(""), Box("c d", joiner="not"), Box("e", "title")]
    assert show(composed(row) or And(())) == "(a OR b) NOT (c AND d) AND title:e"
    assert show(composed([Box("a b", None, "any", "not")]) or And(())) == "NOT (a OR b)"


def test_what_is_no_value_of_its_field_is_refused() -> None:
    with pytest.raises(QueryError, match="check digit"):
        boxed(Box("1234-5678", "issn"))


def test_several_values_are_any_of_them() -> None:
    assert show(values_of("type", ["book", "Article"])) == 'type:="book" OR type:="article"'


def test_the_lines_of_a_strategy_are_written_out() -> None:
    def word(text: str) -> Query:
        return Term(("title",), Word(text, "stem"))

    near = Phrase(("title",), (Word("x", "exact"), Word("y", "exact")))
    query = And((Line(3, And((Line(1, Or((word("a"), word("b")))), word("c")))), Line(2, near)))
    assert inlined(query) == And((Or((word("a"), word("b"))), word("c"), near))
