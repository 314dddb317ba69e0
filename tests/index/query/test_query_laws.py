"""Laws of the query language, over queries made from a grammar and over any text at all."""

import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import QueryError
from index.analyzer import words
from index.fields import DEFAULT_FIELDS, FIELDS
from index.folding import fold
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.parser import parse, read
from index.query.parts import parts
from index.query.printer import show
from index.scripts import is_unspaced

quick = settings(deadline=None, max_examples=80)
thorough = settings(deadline=None, max_examples=400)

FIELD_SETS = [
    DEFAULT_FIELDS,
    DEFAULT_FIELDS,
    ("title",),
    ("title", "abstract"),
    ("title", "keyword", "abstract"),
    ("abstract", "note"),
]
LINES: dict[int, Query] = {1: parse("peer OR mentor*"), 2: parse("title:support NOT year:2019-")}

# Words that look like something else are what breaks a printer.
TRICKY = [
    *("and", "or", "not", "near", "w", "adj", "adj3", "n3", "ti", "ab", "title", "year", "note", "id"),
    *("2019", "1234", "0.05", "c++", "c#", "9780306406157", "10.1016"),
]
latin = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
tokens = st.one_of(latin, st.sampled_from(TRICKY), st.sampled_from(["ελλασ", "кот", "हिन्दी", "كتب"]))
plain_words = st.builds(Word, tokens, st.sampled_from(["stem", "exact"]))
pattern_words = st.sampled_from(
    [Word(text, "wildcard") for text in ("wom*n", "supp*", "p?ediatric*", "an?emia", "学*")]
)
pairs = st.sampled_from([Word(text, "exact") for text in ("統計", "計学", "入門", "통계")])
any_word = st.one_of(plain_words, pattern_words, pairs)


def text_leaves(fields: tuple[str, ...]) -> st.SearchStrategy[Query]:
    return st.one_of(
        st.builds(Term, st.just(fields), any_word),
        st.builds(Phrase, st.just(fields), st.lists(any_word, min_size=2, max_size=4).map(tuple)),
    )


def nearby(fields: tuple[str, ...]) -> st.SearchStrategy[Query]:
    return st.recursive(
        text_leaves(fields),
        lambda inner: st.one_of(
            st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Near, inner, inner, st.integers(0, 255), st.booleans()),
        ),
        max_leaves=4,
    )


def ranges() -> st.SearchStrategy[Query]:
    bound = st.none() | st.integers(0, 9999)
    ordered = st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(sorted)
    closed = ordered.map(lambda ends: Range("year", *ends))
    return st.one_of(
        closed,
        st.builds(Range, st.just("year"), bound, st.none()),
        st.builds(Range, st.just("year"), st.none(), bound),
    )


def values() -> st.SearchStrategy[Query]:
    text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
    folded = (
        text.map(str.casefold)
        .map(str.casefold)
        .filter(lambda value: value == value.casefold() and "10." not in value)
    )
    exact = folded.filter(lambda value: value.split() == [value]).map(
        lambda value: Term(("id",), Word(value, "exact"))
    )
    known = st.sampled_from(
        [
            Term(("type",), Word("book", "exact")),
            Term(("lcc",), Word("RA1-1270", "exact")),
            Term(("lcc",), Word("RA*", "wildcard")),
        ]
    )
    return st.one_of(exact, known)


facet_values = st.one_of(
    st.builds(
        Value,
        st.sampled_from(["subject", "keyword", "journal", "author", "language"]),
        st.text(
            st.one_of(st.sampled_from('"\\“ >:()*~'), st.characters(codec="utf-8")), min_size=1, max_size=8
        )
        .map(fold)
        .filter(lambda folded: folded.strip() != "" and fold(folded) == folded),
    ),
    st.builds(Value, st.just("year"), st.integers(-999, 9999).map(str)),
    st.builds(Value, st.just("type"), st.just("article-journal")),
)
leaves = st.one_of(
    st.sampled_from(FIELD_SETS).flatmap(nearby),
    ranges(),
    values(),
    facet_values,
    st.just(All()),
    st.sampled_from([Line(number, query) for number, query in LINES.items()]),
    st.sampled_from(
        [
            "peer-support",
            "l'école",
            '"a peer-support b-c"',
            '"e-mail"',
            "title:self-help*",
            "and/or",
            "HIV/AIDS",
            "iPS細胞",
            "e-mail-based",
        ]
    ).map(parse),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        inner.filter(lambda query: not isinstance(query, Not)).map(Not),
    ),
    max_leaves=12,
)


@given(queries)
@quick
def test_a_printed_query_parses_to_itself(query: Query) -> None:
    text = show(query)

    # Numbers alone, of lines there are, are refused in a strategy.
    assert parse(text, lines=LINES if "#" in text else None) == query


@given(queries)
@quick
def test_a_tree_has_a_line_for_every_part(query: Query) -> None:
    found = list(parts(query))
    assert (found[0].level, found[0].query) == (0, query)
    assert all(0 < after.level <= before.level + 1 for before, after in pairwise(found))
    assert all(part.text for part in found)


PIECES = r"""
( ) [ ] { } " “ ” ' ’ : * ? \ # & + - – ~ ^ $ / , . ; = < > ！ （ ： AND OR NOT NEAR/3 W/2 NEAR #1 #2 #9
title: tiab: year: doi: id: lcc: has: nofield: ti,ab: peer support peer-support wom*n *ing 2019 2019-2024
-2019 >=2019 TO 統計学 学 l'école O’Brien 10.1000/x(1) https://doi.org/10.1/2 1234-5679 adj3 .ti,ab.
[tiab] /exp keyword:= year:= type:= ~
"""
pieces = st.sampled_from(
    [*PIECES.split(), "\u200b", "\u0301", "\x00", "\ufeff", "\ua66e", "\u1038", "か\u309a", " ", " ", " "]
)
typed = st.one_of(
    st.text(max_size=40),
    st.lists(pieces, max_size=14).map("".join),
    st.lists(pieces, max_size=14).map(" ".join),
)


def reading_of(text: str) -> Query | QueryError:
    try:
        return read(text, lines=LINES).query
    except QueryError as error:
        return error


@given(typed)
@thorough
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    found = reading_of(text)

    if isinstance(found, QueryError):
        assert found.text == text
        assert 0 <= found.position <= len(text)
        assert found.message
    else:
        assert parse(show(found), lines=LINES) == found


@given(typed)
@quick
def test_brackets_around_all_of_it_change_nothing(text: str) -> None:
    found = reading_of(text)

    if not isinstance(found, QueryError | All):
        assert parse(f"({text} )", lines=LINES) == found


def _is_known(query: Query) -> bool:
    """Tell whether all words of a query are tokens that the analyser would make."""
    match query:
        case Term(fields, word):
            return FIELDS[fields[0]].kind != "text" or _is_token(word)
        case Phrase(_, found):
            return all(map(_is_token, found))
        case And(children) | Or(children):
            return all(map(_is_known, children))
        case Near(left, right):
            return _is_known(left) and _is_known(right)
        case Not(child) | Line(_, child):
            return _is_known(child)
        case _:
            return True


def _is_token(word: Word) -> bool:
    return word.match == "wildcard" or (
        words(word.text) == [word.text] and (word.match == "exact" or not is_unspaced(word.text))
    )


@given(st.text(max_size=30))
@thorough
def test_words_of_a_query_are_words_of_the_index(text: str) -> None:
    found = reading_of(text)

    assert isinstance(found, QueryError) or _is_known(found)


@pytest.mark.parametrize("joiner", [" OR ", " AND ", " "])
def test_five_thousand_terms_are_one_level(joiner: str) -> None:
    query = parse(joiner.join(f"term{n}" for n in range(5000)))

    assert isinstance(query, And | Or)
    assert len(query.children) == 5000
    assert parse(show(query)) == query


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "a" + ")" * 5000,
        "NOT (" * 300 + "a" + ")" * 300,
        " NEAR/1 ".join("a" * 300),
        "(" * 5000,
        "title:(" * 90,
    ],
)
def test_what_is_too_deep_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_lines_that_refer_to_lines_twice_are_read_at_once() -> None:
    lines: dict[int, Query] = {1: parse("peer")}
    for n in range(2, 25):
        lines[n] = parse(f"#{n - 1} OR #{n - 1}", lines=lines)

    assert show(lines[24]) == "#23 OR #23"


def test_a_chain_of_lines_ends_in_an_error_not_in_a_crash() -> None:
    lines: dict[int, Query] = {1: parse("peer")}
    for n in range(2, 100):
        lines[n] = parse(f"#{n - 1} OR b", lines=lines)
    deep: Query = Line(1, Not(lines[99]))

    with pytest.raises(QueryError, match="nested too deeply"):
        parse("#1 OR b", lines={1: deep})
