"""The manual's strategies are read as it says, and refused where it says so."""

import re
from pathlib import Path

import pytest

from catalog.errors import QueryError
from index.dialect.table import DIALECTS
from index.dialect.tags import BY_NAME
from index.dialect.translate import translate
from index.query.lexer import lex
from index.query.parser import parse, read
from index.query.printer import show
from index.strategy.file import read_strategy

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "strategies.md").read_text(encoding="utf-8")
KINDS = re.findall(r"^\| ([^|`]+) \| `(\w+)` \| `([^|]+)` \| (.+) \|$", MANUAL, re.MULTILINE)
ANY = parse("title:line")


def test_every_kind_of_strategy_is_there() -> None:
    assert len(KINDS) >= 36
    assert {dialect for _, dialect, _, _ in KINDS} == set(DIALECTS)


@pytest.mark.parametrize(("kind", "dialect", "text", "ours"), KINDS)
def test_a_kind_of_strategy(kind: str, dialect: str, text: str, ours: str) -> None:
    assert kind
    if ours.startswith("*refused:*"):
        with pytest.raises(QueryError) as caught:
            translate(text, dialect)
        assert caught.value.message == ours.removeprefix("*refused:* ")
        assert caught.value.text == text
    else:
        assert f"`{translate(text, dialect).text}`" == ours
        lines = {int(lexeme.text[1:]): ANY for lexeme in lex(ours.strip("`")) if lexeme.kind == "line"}
        query = read(ours.strip("`"), lines=lines).query
        assert read(show(query), lines=lines).query == query


def test_the_strategy_shown_is_read() -> None:
    (text,) = re.findall(r"```strategy\n(.*?)```", MANUAL, re.DOTALL)

    strategy = read_strategy(text)

    assert [line.number for line in strategy.lines] == [1, 2, 3, 4, 5]
    assert strategy.lines[3].typed == 'tiab:(depress* OR dysthymi* OR "low mood")'
    assert strategy.lines[4].refers_to == (3, 4)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_tag_is_in_the_manual(name: str) -> None:
    assert f"`{name}`" in MANUAL


@pytest.mark.parametrize("dialect", ["pubmed", "ovid", "wos", "scopus", "ebsco", "embase", "cochrane"])
def test_a_string_of_114_terms(dialect: str) -> None:
    words = [f"term{n}*" for n in range(114)]
    joined = " OR ".join(words)
    text = {
        "pubmed": " OR ".join(f"{word}[tiab]" for word in words),
        "ovid": f"({joined}).ti,ab.",
        "wos": f"(TI=({joined}) OR AB=({joined}))",
        "scopus": f"TITLE-ABS({joined})",
        "ebsco": f"TI ({joined})",
        "embase": f"({joined}):ti,ab",
        "cochrane": f"({joined}):ti,ab",
    }[dialect]

    ours, losses = translate(text, dialect)

    assert ours.count("term113*") == text.count("term113*")
    assert losses == ()
    parse(ours)
