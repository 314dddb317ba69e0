"""Whatever is written in any dialect: a query that ours reads, or an error that points into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import QueryError
from index.dialect.table import DIALECTS
from index.dialect.translate import Translation, translate
from index.query.ast import Query, Term, Word
from index.query.lexer import lex
from index.query.parser import read

WORD = Term(("title",), Word("line", "exact"))
SIGNS = (
    "peer", "support*", "coun?el$", "lay-worker", '"peer support"', "'self help'", "{exact}", "(", ")", "(",
    ")", "and", "OR", "NOT", "AND NOT", "near/3", "NEAR", "adj3", "adj", "W/2", "PRE/1", "NEXT", "N3", "W3",
    "SAME", "[tiab]", "[mh]", "[Mesh:NoExp]", "[tiab:~2]", "[dp]", "[au]", "[pt]", "[la]", "[nonsense]",
    ".ti,ab.", ".mp.", ":ti,ab", "/exp", "/", "/th", "exp ", "*", "TS=", "TI=", "PY=", "TI ", "MH ",
    "TITLE-ABS-KEY(", "PUBYEAR > 2009", 'LIMIT-TO(DOCTYPE,"ar")', '[mh "Peer Group"]', "#1", "S2", "3",
    "or/1-3", "{and #1-#2}", "limit 3 to english", "2010:2020", "2010", ":", "[english]/lim", "english",
    "é", "統計", "“peer”", "\\", "$", "#", "~", "^2", "Limiters - Published Date: 20100101-20201231",
)  # fmt: skip


def readable(ours: str) -> Query:
    """Read a translation, whatever lines it refers to."""
    return read(
        ours, lines={int(lexeme.text[1:]): WORD for lexeme in lex(ours) if lexeme.kind == "line"}
    ).query


def attempt(text: str, dialect: str) -> Translation | QueryError:
    try:
        return translate(text, dialect)
    except QueryError as error:
        return error


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(pieces=st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8), gap=st.sampled_from((" ", " ", "")))
def test_a_translation_can_be_read_or_says_where_not(dialect: str, pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)

    outcome = attempt(text, dialect)

    if isinstance(outcome, QueryError):
        assert outcome.text == text
        assert 0 <= outcome.position <= len(text)
    else:
        readable(outcome.text)
        for loss in outcome.losses:
            assert loss.written in text[loss.position :]


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(text=st.text(alphabet="aB1 ()[]{}\"'*?$#:/.,=~-’é統\t\n", max_size=14))
def test_any_text_is_read_or_refused(dialect: str, text: str) -> None:
    outcome = attempt(text, dialect)

    if isinstance(outcome, Translation):
        readable(outcome.text)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(("peer", "lay", "OR", "AND", "NOT", "(", ")", "#1")), min_size=1, max_size=9
    )
)
def test_brackets_that_change_nothing_change_nothing(dialect: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    plain, bracketed = attempt(text, dialect), attempt(f"({text})", dialect)

    if isinstance(plain, Translation) and isinstance(bracketed, Translation):
        assert bracketed.text == plain.text


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "text",
    [
        "NOT " * 2000 + "a",
        "(" * 2000 + "a" + ")" * 2000,
        "TS=" * 2000 + "a",
        "TITLE(" * 2000 + "a" + ")" * 2000,
        " : ".join(["2010"] * 400),
        "aa AND bb OR " * 400 + "cc",
        *(sign + "9" * 5000 for sign in ("aa adj", "aa NEAR/", "aa N", "#", "limit ", '"a b"[tiab:~')),
        *(f" {sign} ".join(["aa"] * 400) for sign in ("adj3", "NEAR/3", "N3", "W/3", "NEXT")),
    ],
    ids=lambda text: text[:10],
)
def test_what_is_too_deep_or_too_large_is_refused(dialect: str, text: str) -> None:
    attempt(text, dialect)
