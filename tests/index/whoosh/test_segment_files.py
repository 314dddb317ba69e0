"""What is written to the file of a segment is what is read from it, or the damage is noticed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Segment

from catalog.errors import StoreError
from index.evaluation.protocol import Column
from index.query.ast import Word
from index.stem import stem
from index.whoosh.arrays import Arrays, Postings
from index.whoosh.names import encoded, named
from index.whoosh.segments import SEGMENT, SegmentReader, write_segment
from index.whoosh.storage import DurableStorage
from tests.index.oracle import fits_pattern

few = settings(deadline=None, max_examples=40)

Terms = dict[tuple[str, str], dict[int, list[int]]]
"""Field and term: document: positions."""

SIZE = 5
words = st.one_of(
    st.sampled_from(["peer", "peers", "peering", "support", "ü", "café"]), st.text("pers?*ü[]", max_size=5)
)
documents = st.dictionaries(
    st.integers(0, SIZE - 1), st.lists(st.integers(0, 99), unique=True, min_size=1).map(sorted), min_size=1
)
texts = st.dictionaries(st.tuples(st.sampled_from(["title", "abstract"]), words), documents, max_size=200)
numbers = st.dictionaries(st.integers(-3, 3), documents, max_size=5)
lists = st.lists(st.lists(st.text(max_size=3), unique=True, max_size=3), min_size=SIZE, max_size=SIZE)


def arrays(terms: Terms, column: Sequence[Sequence[str]] = ((),) * SIZE) -> Arrays:
    named_terms = sorted((named(field, encoded(term)), found) for (field, term), found in terms.items())
    sizes = [len(found) for _, found in named_terms]
    runs = [sorted(found.items()) for _, found in named_terms]
    spaces = [sum(len(places) for _, places in run) for run in runs]
    postings = Postings(
        [name for name, _ in named_terms],
        np.cumsum([0, *sizes], dtype=np.uint64),
        np.cumsum([0, *spaces], dtype=np.uint64),
        np.array([document for run in runs for document, _ in run], np.uint32),
        np.array([len(places) for run in runs for _, places in run], np.uint32),
        np.array([place for run in runs for _, places in run for place in places], np.uint32),
    )
    values = sorted({text for each in column for text in each})
    starts = np.cumsum([0, *map(len, column)], dtype=np.uint32)
    ordinals = np.array([values.index(text) for each in column for text in each], np.uint32)
    return Arrays(
        SIZE,
        postings,
        {"facet.type": Column(values, starts, ordinals)},
        {"title": np.arange(SIZE, dtype=np.uint32)},
    )


@contextmanager
def written(folder: Path, of: Arrays) -> Iterator[SegmentReader]:
    storage, segment = DurableStorage(str(folder)), W3Segment(None, "peerlit")
    write_segment(storage, segment, of)
    yield SegmentReader(storage, segment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("segments")


def listed(of: Arrays) -> object:
    columns = {
        name: [list(column.values), *map(np.ndarray.tolist, column[1:])]
        for name, column in of.columns.items()
    }
    names, *rest = of.postings
    return (
        of.size,
        list(names),
        [each.tolist() for each in rest],
        columns,
        {n: e.tolist() for n, e in of.lengths.items()},
    )


@few
@given(terms=texts, column=lists)
def test_a_segment_is_read_as_it_was_written(folder: Path, terms: Terms, column: list[list[str]]) -> None:
    made = arrays(terms, column)
    with written(folder, made) as reader:
        assert listed(reader.arrays()) == listed(made)


@few
@given(terms=texts, word=words, field=st.sampled_from(["title", "abstract", "note"]))
def test_words_stand_for_what_a_dict_would_give(folder: Path, terms: Terms, word: str, field: str) -> None:
    held = sorted(term for name, term in terms if name == field)
    fitting = {
        "exact": [term for term in held if term == word],
        "stem": [term for term in held if stem(term) == stem(word)],
        "wildcard": [term for term in held if fits_pattern(word, term)],
    }
    with written(folder, arrays(terms)) as reader:
        for match, wanted in fitting.items():
            found = reader.vocabulary.numbers(field, Word(word, match))  # type: ignore[arg-type]  # one of the three
            assert list(reader.vocabulary.terms(found)) == [term.encode() for term in wanted]
            runs = [zip(run.documents, run.counts, strict=True) for run in reader.runs(found)]
            places = [place for run in reader.runs(found) for place in run.positions]
            of_terms = [sorted(terms[field, term].items()) for term in wanted]
            assert list(chain.from_iterable(runs)) == [(d, len(each)) for of in of_terms for d, each in of]
            assert places == [place for of in of_terms for _, each in of for place in each]


def test_a_pattern_of_many_stars_is_tried_once(folder: Path) -> None:
    pattern = Word("acg" + "*c*g*a" * 4 + "*b", "wildcard")
    with written(folder, arrays({("title", "acg" * 80): {0: [0]}})) as reader:
        assert list(reader.vocabulary.numbers("title", pattern)) == []


def zeroed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes(len(data[place : place + 512])) + data[place + 512 :]


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def cut(data: bytes, place: int) -> bytes:
    return data[:place]


def longer(data: bytes, place: int) -> bytes:
    return data + data[:place]


@few
@given(
    column=lists,
    place=st.floats(0, 1, exclude_max=True),
    damage=st.sampled_from([zeroed, flipped, cut, longer]),
)
def test_damage_is_noticed_or_does_no_harm(
    folder: Path, column: list[list[str]], place: float, damage: Callable[[bytes, int], bytes]
) -> None:
    terms: Terms = {("title", f"w{n}"): {n % SIZE: [n]} for n in range(999)}
    made = arrays(terms, column)
    storage, segment = DurableStorage(str(folder)), W3Segment(None, "peerlit")
    write_segment(storage, segment, made)
    path = folder / segment.make_filename(SEGMENT)
    data = path.read_bytes()
    path.write_bytes(damage(data, int(place * len(data))))
    try:
        found = listed(SegmentReader(storage, segment).arrays())
    except (ValueError, StoreError):
        return
    assert found == listed(made)


def test_a_block_is_compared_when_it_is_read(folder: Path) -> None:
    terms: Terms = {("title", f"w{n:04}"): {n % SIZE: [n]} for n in range(9999)}
    made = arrays(terms)
    with written(folder, made) as sound:
        path = max(folder.glob("*.seg"), key=lambda file: file.stat().st_mtime_ns)
        data = path.read_bytes()
        path.write_bytes(zeroed(data, data.index(made.postings.documents.tobytes())))
        (run,) = sound.runs(sound.vocabulary.numbers("title", Word("w9998", "exact")))
        assert run.documents.tolist() == [9998 % SIZE]
        with pytest.raises(StoreError, match=path.name):
            list(sound.runs(sound.vocabulary.numbers("title", Word("w0001", "exact"))))
