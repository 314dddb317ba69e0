"""Queries made to hurt: deep, wide and far-reaching ones are answered rightly, within bounds of memory."""

import tracemalloc
from random import Random

import pytest
from hypothesis import given, settings

from index.engine import Change
from index.evaluation import places, spans
from index.query.ast import And, Line, Near, Not, Or, Phrase, Query, Term, Word
from tests.index.builders import batches, doc, nears
from tests.index.memory import MemoryEngine
from tests.index.oracle import Oracle
from tests.index.test_engine_agreement import assert_agree, fill

TITLE = ("title",)


def term(text: str) -> Term:
    return Term(TITLE, Word(text, "exact"))


def filled(texts: list[str]) -> MemoryEngine:
    engine = MemoryEngine()
    engine.apply([Change(f"k{n}", doc(f"k{n}", text={"title": [text]})) for n, text in enumerate(texts)], 1)
    return engine


@settings(deadline=None, max_examples=30)
@given(batches(), nears)
def test_spans_made_a_few_at_a_time_are_the_same(changes: list[list[Change]], near: Query) -> None:
    memory, oracle = MemoryEngine(), Oracle()
    fill(memory, changes)
    fill(oracle, changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "MOST", 2)
        patch.setattr(places, "MOST", 2)
        assert_agree(memory, oracle, near)


@pytest.mark.parametrize("joiner", ["and", "or", "not", "line", "near"])
def test_sixty_levels(joiner: str) -> None:
    engine, oracle = filled(["a b", "b a b", "c"]), Oracle()
    oracle.apply([Change(f"k{n}", engine._segments[0][n][0]) for n in range(3)], 1)
    query: Query = term("b")
    for level in range(60):
        wrapped: dict[str, Query] = {
            "and": And((term("a"), query)),
            "or": Or((query, term("a"))),
            "not": Not(query),
            "line": Line(level, query),
            "near": Near(query, Or((term("a"), term("b"))), 3) if level < 12 else query,
        }
        query = wrapped[joiner]
    assert engine.count(query) == oracle.count(query)
    assert len(engine.reasons(query, "k1")) >= 13


def test_two_thousand_words() -> None:
    rng = Random(3)
    texts = [" ".join(f"w{rng.randrange(4000)}" for _ in range(20)) for _ in range(50)]
    engine = filled(texts)
    asked = [f"w{n}" for n in range(2000)]
    expected = sum(bool(set(text.split()) & set(asked)) for text in texts)
    query = Or(tuple(map(term, asked)))
    assert engine.count(query) == expected
    assert engine.search(query, limit=None).total == expected
    assert engine.nearly(And(tuple(map(term, asked)))) is not None


FREQUENT = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    "query",
    [
        Near(term("a"), term("b"), 16_000),
        Near(term("a"), term("a"), 10**12),
        Near(Or((term("a"), term("b"))), Or((term("b"), term("c"))), 16_000),
        Near(Or((term("a"), Phrase(TITLE, (Word("a", "exact"), Word("b", "exact"))))), term("b"), 10**9),
        Near(Near(term("a"), term("b"), 300), term("c"), 16_000, ordered=True),
    ],
)
def test_neighbours_that_are_everywhere_need_little_memory(query: Near) -> None:
    rng = Random(5)
    engine = filled([" ".join(rng.choices(FREQUENT, k=1200)) for _ in range(6)])
    tracemalloc.start()
    try:
        assert engine.search(query).total == 6
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 250e6
