"""The evaluator, over an index that is nothing but dicts, says what looking at every document says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Change
from index.query.ast import And, Query, Term, Word
from tests.index.builders import batches, queries, words
from tests.index.memory import MemoryEngine
from tests.index.oracle import Oracle
from tests.index.test_engine_agreement import assert_agree, assert_same_reasons, fill

Batches = list[list[Change]]
Both = tuple[MemoryEngine, Oracle]


def filled(changes: Batches) -> Both:
    memory, oracle = MemoryEngine(), Oracle()
    fill(memory, changes)
    fill(oracle, changes)
    return memory, oracle


both = batches().map(filled)
few = settings(deadline=None, max_examples=30)


@few
@given(both, st.lists(queries, min_size=2, max_size=5))
def test_searches_agree(both: Both, asked: list[Query]) -> None:
    memory, oracle = both
    for query in (*asked, And(tuple(asked))):
        assert_agree(memory, oracle, query)
    assert memory.counts(asked) == oracle.counts(asked)


@few
@given(both, queries)
def test_reasons_agree(both: Both, query: Query) -> None:
    assert_same_reasons(*both, query)


@few
@given(both, words)
def test_words_agree(both: Both, word: Word) -> None:
    memory, oracle = both
    fields = ("title", "abstract", "type")
    found = memory.terms(fields, word)
    assert found == sorted(set(found))
    held = {text for text in found if memory.count(Term(fields, Word(text, "exact")))}
    assert sorted(held) == oracle.terms(fields, word)  # the others are of documents that are gone
