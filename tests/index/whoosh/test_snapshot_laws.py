"""A commit in files tells the evaluator what dicts in memory tell it, however it lies in segments."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from index.engine import Hits
from index.evaluation.protocol import Column, Index
from index.evaluation.search import search
from index.query.ast import Query, Word
from index.query.parser import parse
from index.whoosh.commits import Commit, StoredSegment, tidied
from index.whoosh.inverting import invert
from index.whoosh.opening import start_anew
from index.whoosh.snapshots import Snapshot
from index.whoosh.storage import DurableStorage
from tests.index.builders import bounds, doc, documents, words
from tests.index.memory import MemoryIndex

few = settings(deadline=None, max_examples=30)

Segments = Sequence[Sequence[tuple[Document, bool]]]
"""Documents and whether they are alive."""

FIELDS = ("title", "abstract", "publisher", "id", "type", "note")
COLUMNS = ("facet.keyword", "facet.type", "sort.date", "sort.title", "facet.subject")


@st.composite
def segments(draw: st.DrawFn) -> Segments:
    sizes = draw(st.lists(st.integers(1, 4), max_size=4))
    return [
        [(draw(documents(f"k{part}-{number}")), draw(st.booleans())) for number in range(size)]
        for part, size in enumerate(sizes)
    ]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> DurableStorage:
    storage = DurableStorage(str(tmp_path_factory.mktemp("snapshot")))
    start_anew(storage)
    return storage


def stored(storage: DurableStorage, part: Sequence[tuple[Document, bool]]) -> StoredSegment:
    segment = StoredSegment()
    segment.write(storage, invert(document for document, _ in part))
    segment.deleted = {number for number, (_, is_alive) in enumerate(part) if not is_alive}
    return segment


def committed(storage: DurableStorage, parts: Segments) -> tuple[Snapshot, MemoryIndex]:
    kept = [part for part in parts if any(is_alive for _, is_alive in part)]
    with tidied(storage, ()):
        commit = Commit(storage)
        commit.segments = [stored(storage, part) for part in kept]
        commit.finish()
    return Snapshot(storage), MemoryIndex(kept)


def postings(index: Index, field: str, word: Word) -> list[tuple[int, int, list[int]]]:
    """Return documents, counts and positions, one for each term and document."""
    found = []
    for run in index.runs(field, word):
        ends = np.cumsum(run.counts)
        for document, count, end in zip(
            *map(np.ndarray.tolist, (run.documents, run.counts, ends)), strict=True
        ):
            found.append((document, count, run.positions[end - count : end].tolist()))
    return sorted(found)


def shown(column: Column) -> list[list[str]]:
    values, starts, ordinals = column
    assert list(values) == sorted(set(values)) == [values[n] for n in range(len(values))]
    return [[values[o] for o in ordinals[a:b].tolist()] for a, b in pairwise(starts.tolist())]


@few
@given(parts=segments(), data=st.data())
def test_files_tell_what_dicts_tell(storage: DurableStorage, parts: Segments, data: st.DataObject) -> None:
    index, wanted = committed(storage, parts)
    assert index.size() == wanted.size()
    assert index.alive().tolist() == wanted.alive().tolist()
    assert index.vocabulary() == wanted.vocabulary()
    for field in FIELDS:
        word = data.draw(words)
        assert list(index.terms(field, word)) == list(wanted.terms(field, word))
        assert postings(index, field, word) == postings(wanted, field, word)
    for field in FIELDS[:3]:
        assert index.lengths(field).tolist() == wanted.lengths(field).tolist()
    for name in COLUMNS:
        assert shown(index.column(name)) == shown(wanted.column(name))
    low, high = data.draw(bounds), data.draw(bounds)
    found, expected = (each.between("year", low, high) for each in (index, wanted))
    assert sorted(np.concatenate([[], *found])) == sorted(np.concatenate([[], *expected]))


@few
@given(parts=segments(), data=st.data())
def test_keys_and_numbers_belong_together(
    storage: DurableStorage, parts: Segments, data: st.DataObject
) -> None:
    index, wanted = committed(storage, parts)
    numbers = data.draw(st.lists(st.integers(0, index.size() - 1))) if index.size() else []
    asked = np.array(numbers, np.uint32)
    keys = index.keys(asked)
    assert keys == wanted.keys(asked)
    assert [index.number_of(key) for key in keys] == [wanted.number_of(key) for key in keys]
    assert index.number_of("nobody's") is None


def test_a_commit_takes_over_what_stays_and_leaves_the_one_before_readable(storage: DurableStorage) -> None:
    first, second, third = ([(doc(key, text={"title": ["peer"]}), True)] for key in ("a", "b", "c"))
    before, _ = committed(storage, [first, second])
    with tidied(storage, ()):
        commit = Commit(storage)
        commit.segments = [commit.segments[1], stored(storage, third)]
        commit.finish()
    after = Snapshot(storage, before)
    assert after.parts[0].reader is before.parts[1].reader
    assert [before.is_current(), after.is_current()] == [False, True]
    assert [index.keys(np.arange(2, dtype=np.uint32)) for index in (before, after)] == [
        ["a", "b"],
        ["b", "c"],
    ]
    assert len(postings(before, "title", Word("peer", "stem"))) == 2


@few
@given(parts=segments(), more=segments(), dropped=st.integers(0, 1))
def test_columns_of_a_commit_before_are_taken_on(
    storage: DurableStorage, parts: Segments, more: Segments, dropped: int
) -> None:
    before, _ = committed(storage, parts)
    for name in COLUMNS[::2]:
        before.column(name)
    with tidied(storage, ()):
        commit = Commit(storage)
        commit.segments = [*commit.segments[dropped:], *(stored(storage, part) for part in more)]
        commit.finish()
    after, alone = Snapshot(storage, before), Snapshot(storage)
    assert [shown(after.column(name)) for name in COLUMNS] == [shown(alone.column(name)) for name in COLUMNS]


def test_threads_share_a_commit(storage: DurableStorage) -> None:
    parts = [
        [
            (doc(f"k{n}", text={"title": [f"peer w{n % 7} support"]}, sort={"title": f"t{n}"}), True)
            for n in part
        ]
        for part in (range(300), range(300, 600))
    ]
    index, _ = committed(storage, parts)
    asked = [parse(text) for text in ("peer", "pee*", '"peer w3"', "w1 OR w2", "w3 NEAR/2 supports")] * 8

    def found(query: Query, snapshot: Snapshot) -> Hits:
        return search(query, snapshot, start=0, limit=5, sort="title", facets=())

    with ThreadPoolExecutor(8) as threads:
        shared = list(threads.map(lambda query: found(query, index), asked))
    assert shared == [found(query, Snapshot(storage)) for query in asked]
