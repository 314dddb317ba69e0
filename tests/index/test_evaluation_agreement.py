"""The evaluator says what an engine says that looks at every document in turn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Change, Reason
from index.query.ast import And, Query
from tests.index.builders import batches, queries
from tests.index.memory import MemoryEngine
from tests.index.oracle import Oracle
from tests.index.test_engine_agreement import assert_agree, fill

Batches = list[list[Change]]
FORMS = ("a", "A", "á", "b", "B", "c")
asked = st.lists(queries, min_size=1, max_size=8)


def both(changes: Batches) -> tuple[MemoryEngine, Oracle]:
    memory, oracle = MemoryEngine(), Oracle()
    fill(memory, changes)
    fill(oracle, changes)
    return memory, oracle


@settings(deadline=None, max_examples=30)
@given(batches(FORMS), asked)
def test_searches_agree(changes: Batches, asked: list[Query]) -> None:
    memory, oracle = both(changes)
    for query in asked:
        assert_agree(memory, oracle, query)
    assert memory.counts(asked) == oracle.counts(asked)
    assert list(map(memory.keys, asked)) == list(map(oracle.keys, asked))


@settings(deadline=None, max_examples=30)
@given(batches(FORMS), queries, st.integers(0, 5))
def test_the_most_frequent_values_agree(changes: Batches, query: Query, most: int) -> None:
    memory, oracle = both(changes)
    facets = ("keyword", "type", "journal")
    found = memory.search(query, limit=0, facets=facets, most_values=most)
    assert found == oracle.search(query, limit=0, facets=facets, most_values=most)


@settings(deadline=None, max_examples=30)
@given(batches(FORMS), st.lists(queries, min_size=2, max_size=4))
def test_near_misses_agree(changes: Batches, children: list[Query]) -> None:
    memory, oracle = both(changes)
    for query in (*children, And(tuple(children))):
        assert memory.nearly(query) == oracle.nearly(query)


@settings(deadline=None, max_examples=30)
@given(batches(FORMS), queries)
def test_reasons_agree(changes: Batches, query: Query) -> None:
    memory, oracle = both(changes)
    for key in (*oracle.held, "absent"):
        mine, theirs = memory.reasons(query, key), oracle.reasons(query, key)
        assert list(map(rounded, mine)) == list(map(rounded, theirs))
        if mine and mine[0].met:
            hits = memory.search(query, limit=None).hits
            assert mine[0].score == pytest.approx(next(hit.score for hit in hits if hit.key == key))


def rounded(reason: Reason) -> Reason:
    return Reason(
        reason.level,
        reason.text,
        reason.met,
        reason.records,
        dict(reason.where),
        round(reason.score, 9) + 0.0,
    )
