"""The manual of SRU says what the tables and the server do."""

import re
from pathlib import Path

import pytest

from catalog.export.schemas import SRU_SCHEMAS
from index.cql.context_sets import ALL_RECORDS, RESULT_SET, SETS, Target
from index.cql.errors import CqlError
from index.cql.sorting import SORTS
from index.cql.translate import read
from index.engine import SearchEngine
from index.fields import DEFAULT_FIELDS, FIELDS
from web.sru import diagnostics
from web.sru.request import PARAMETERS
from web.sru.searching import MOST_RECORDS

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "sru.md").read_text(encoding="utf-8")


def rows(*titles: str) -> list[tuple[str, ...]]:
    """Return the cells of the rows of the table with these titles."""
    head = f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    table = MANUAL.split(head)[1].partition("\n\n")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in table.splitlines()]


QUERIES = rows("you write", "it finds", "hits")


@pytest.mark.parametrize(("query", "_meaning", "hits"), QUERIES, ids=[row[0] for row in QUERIES])
def test_a_query_finds_as_many_as_the_manual_says(
    query: str, _meaning: str, hits: str, demo: SearchEngine
) -> None:
    assert demo.count(read(query.strip("`")).query) == int(hits) > 0


def looked_in(target: Target) -> str:
    texts = tuple(name for name, field in FIELDS.items() if field.kind == "text")
    special = {
        ALL_RECORDS: "every record",
        RESULT_SET: "refused: result sets are not kept",
        DEFAULT_FIELDS: "the usual fields",
        texts: "all fields of words",
    }
    return special.get(target) or ", ".join(f"`{field}`" for field in target)


def test_the_table_of_indexes_is_the_one_that_is_searched_by() -> None:
    assert rows("index", "looks in") == [
        (f"`{known.name}.{name}`", looked_in(target))
        for known in SETS.values()
        if known.name != "peerlit"
        for name, target in known.indexes.items()
    ]


KINDS = {"words": "dc.title", "whole values": "dc.language", "years": "dc.date"}


@pytest.mark.parametrize("kind", KINDS)
def test_relations_are_refused_where_the_manual_says(kind: str) -> None:
    for relations, *cells in rows("relation", *KINDS):
        for relation in re.findall("`(.+?)`", relations):
            term = '"2010 2015"' if relation == "within" else "2015" if kind == "years" else "en"
            index = "dc.creator" if kind == "words" and relation in ("==", "exact") else KINDS[kind]
            try:
                read(f"{index} {relation} {term}")
                refused = False
            except CqlError:
                refused = True
            assert refused == (cells[list(KINDS).index(kind)] == "refused"), relation


def test_every_diagnostic_is_told() -> None:
    told = {int(number) for cell, _ in rows("number", "when") for number in cell.split(",")}

    assert told == set(diagnostics.MEANINGS)


def test_schemas_orders_and_parameters_are_told() -> None:
    assert all(f"`{name}`" in MANUAL for name in SRU_SCHEMAS)
    assert all(f"`{target[0]}`" in MANUAL for target in SORTS if target != ("year",))
    assert f"at most {MOST_RECORDS}" in MANUAL
    new = PARAMETERS["searchRetrieve"][True] - PARAMETERS["searchRetrieve"][False]
    assert all(name in MANUAL for name in new - {"httpAccept", "responseType", "renderedBy"})
