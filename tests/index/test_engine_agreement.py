"""Both engines give the same hits, counts, orders and facets, however the documents came in."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import open_engine
from index.engine import Change, SearchEngine
from index.query.ast import Query, Term, Word
from tests.index.builders import batches, queries
from tests.index.oracle import Oracle


def fill(engine: SearchEngine, changes: list[list[Change]]) -> None:
    for number, batch in enumerate(changes, 1):
        engine.apply(batch, number)


def assert_agree(engine: SearchEngine, oracle: Oracle, query: Query) -> None:
    assert engine.count(query) == oracle.count(query)
    for sort in ("newest", "oldest", "title", "added"):
        assert engine.search(query, sort=sort) == oracle.search(query, sort=sort)
    mine = engine.search(query, limit=None, facets=("type", "keyword", "journal"))
    theirs = oracle.search(query, limit=None, facets=("type", "keyword", "journal"))
    assert (mine.total, mine.facets) == (theirs.total, theirs.facets)
    scores = {hit.key: hit.score for hit in theirs.hits}
    assert {hit.key: hit.score for hit in mine.hits} == pytest.approx(scores)
    if any(scores.values()):
        assert list(mine.hits) == sorted(mine.hits, key=lambda hit: (-hit.score, hit.key))
    else:
        assert mine.hits == theirs.hits
    assert engine.keys(query) == oracle.keys(query)
    assert engine.nearly(query) == oracle.nearly(query)
    for most in (0, 1, 3):
        few = engine.search(query, limit=0, facets=("keyword",), most_values=most)
        assert few == oracle.search(query, limit=0, facets=("keyword",), most_values=most)


def assert_same_reasons(engine: SearchEngine, oracle: Oracle, query: Query) -> None:
    for key in (*oracle.held, "absent"):
        mine, theirs = engine.reasons(query, key), oracle.reasons(query, key)
        assert [replace(reason, score=0.0) for reason in mine] == [
            replace(reason, score=0.0) for reason in theirs
        ]
        assert [reason.score for reason in mine] == pytest.approx([reason.score for reason in theirs])


def assert_same_scans(engine: SearchEngine, oracle: Oracle) -> None:
    for start in ("", "peer", "s", "心"):
        for before, after in ((0, 2), (3, 1), (99, 99)):
            for fields in (("title",), ("title", "abstract"), ("id",)):
                mine = engine.scan(fields, start, before=before, after=after)
                assert mine == oracle.scan(fields, start, before=before, after=after)
                for term in (*mine.before, *mine.after):
                    assert term.count == engine.count(Term(fields, Word(term.value, "exact"))) > 0
    for start in ("", "B", "book"):
        for facets in (("keyword",), ("keyword", "type")):
            mine = engine.scan_values(facets, start, before=1, after=2)
            assert mine == oracle.scan_values(facets, start, before=1, after=2)


@settings(deadline=None, max_examples=30)
@given(batches(), st.lists(queries, min_size=1, max_size=8))
def test_whoosh_agrees_with_the_oracle(changes: list[list[Change]], asked: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whoosh, oracle = open_engine(Path(folder), write=True), Oracle()
        try:
            fill(whoosh, changes)
            fill(oracle, changes)
            for query in asked:
                assert_agree(whoosh, oracle, query)
            assert whoosh.counts(asked) == oracle.counts(asked)
            assert_same_scans(whoosh, oracle)
            assert_same_reasons(whoosh, oracle, asked[0])
        finally:
            whoosh.close()


@settings(deadline=None, max_examples=15)
@given(batches(), queries)
def test_batches_do_not_matter(changes: list[list[Change]], query: Query) -> None:
    with tempfile.TemporaryDirectory() as folder:
        apart = open_engine(Path(folder, "apart"), write=True)
        together = open_engine(Path(folder, "together"), write=True)
        try:
            fill(apart, changes)
            fill(together, [[change for batch in changes for change in batch]])
            assert apart.search(query, facets=("keyword",)) == together.search(query, facets=("keyword",))
        finally:
            apart.close()
            together.close()
