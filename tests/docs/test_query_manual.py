"""Every query, count, note and error of the query manual is what the program says of the demo's records."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from catalog.errors import QueryError
from cli.caret import underline
from index.engine import SearchEngine
from index.fields import FACETS
from index.folding import fold
from index.query.ast import All, Value
from index.query.expansion import expansions, notes
from index.query.parser import parse, read
from index.query.printer import show
from index.query.question import question

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text(encoding="utf-8")


class Row(NamedTuple):
    """A row of one of the manual's tables: the query in its first cell, and the other cells."""

    query: str
    cells: tuple[str, ...]


def rows(*titles: str) -> list[Row]:
    """Return the rows of all tables with these titles."""
    head = f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    tables = [part.partition("\n\n")[0] for part in MANUAL.split(head)[1:]]
    assert tables, titles
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for t in tables for line in t.splitlines()]
    return [Row(first.strip("`"), tuple(others)) for first, *others in lines]


COUNTED = [
    row
    for titles in (("you write", "it finds", "hits"), ("operator", "meaning", "hits"))
    for row in rows(*titles)
    if row.cells[-1]
]
QUESTIONS = rows("with `--any`", "understood as", "hits")
NOTED = rows("you write", "note")
REFUSED = rows("you write", "error", "what to do")


def test_the_tables_are_read() -> None:
    assert min(map(len, (COUNTED[30:], QUESTIONS, NOTED[5:], REFUSED[30:]))) >= 3


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row.query)
def test_a_query_finds_as_many_as_the_manual_says(row: Row, demo: SearchEngine) -> None:
    query = read(row.query).query

    assert demo.count(query) == int(row.cells[-1])
    assert demo.count(parse(show(query))) == int(row.cells[-1])


def test_the_manual_counts_the_records_of_the_demo(demo: SearchEngine) -> None:
    assert f" {demo.count(All())} records that `peerlit demo` collects" in MANUAL


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.query)
def test_a_question_is_understood_as_the_manual_says(row: Row, demo: SearchEngine) -> None:
    understood, hits = row.cells
    query = question(row.query).query

    assert (show(query), demo.count(query)) == (understood.strip("`"), int(hits))


@pytest.mark.parametrize("row", NOTED, ids=lambda row: row.query)
def test_a_note_is_given_as_the_manual_says(row: Row, demo: SearchEngine) -> None:
    query, given = read(row.query)

    assert row.cells[0] in [*given, *notes(expansions(query, demo))]


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.query)
def test_a_query_is_refused_as_the_manual_says(row: Row) -> None:
    with pytest.raises(QueryError) as caught:
        read(row.query)

    assert (caught.value.message, caught.value.hint or "") == row.cells


def test_the_caret_of_the_manual() -> None:
    (block,) = re.findall(r"```text\n\$ peerlit search '(.*)'\n(error: .*\n)((?: .*\n)+)```", MANUAL)
    typed, message, place = block

    with pytest.raises(QueryError) as caught:
        read(typed)

    assert message == f"error: {caught.value.message}\n"
    assert place == underline(typed, caught.value.position) + "\n"


@pytest.mark.parametrize("facet", FACETS)
def test_a_value_finds_as_many_as_its_facet_counted(facet: str, demo: SearchEngine) -> None:
    values = demo.search(All(), limit=0, facets=[facet]).facets[facet]
    counted = {show(Value(facet, fold(value.value))): value.count for value in values}

    assert len(counted) == len(values) > 0
    assert {text: demo.count(parse(text)) for text in counted} == counted
