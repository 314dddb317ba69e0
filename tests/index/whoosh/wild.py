"""Documents with all that can go wrong in them, and arrays as plain Python."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from index.analyzer import Tokens
from index.document import Document
from index.evaluation.protocol import VALUE_GAP
from index.whoosh.arrays import Arrays

Content = tuple[dict[bytes, dict[int, list[int]]], dict[str, list[list[str]]], dict[str, list[int]]]
"""Postings by name and document, columns and lengths by document."""

_LETTERS = st.sampled_from(["a", "b", "é", "心", "\0", "\n", "\ud800", "?", " "])
_TEXTS = st.text(_LETTERS, min_size=1, max_size=3)


@st.composite
def _tokens(draw: st.DrawFn) -> Tokens:
    words = tuple(draw(st.lists(_TEXTS, max_size=4)))
    steps = draw(st.lists(st.integers(0, 2), min_size=len(words), max_size=len(words)))
    return Tokens(words, range(len(words)) if draw(st.booleans()) else tuple(map(sum, _heads(steps))))


def _heads(steps: Sequence[int]) -> list[Sequence[int]]:
    return [steps[: number + 1] for number in range(len(steps))]


def _some(names: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    values = st.lists(value, max_size=3, unique=True).map(tuple)
    return st.dictionaries(st.sampled_from(names.split()), values, max_size=2)


_sorts = st.dictionaries(st.sampled_from(["title", "date"]), _TEXTS, max_size=2)
wild_documents: st.SearchStrategy[list[Document]] = st.lists(
    st.builds(
        Document,
        key=_TEXTS,
        text=_some("title key2 abstract", _tokens()),
        values=_some("type id", _TEXTS),
        numbers=_some("year", st.integers(-(1 << 33), 1 << 33)),
        facets=_some("type keyword", _TEXTS),
        sort=_sorts,
    ),
    max_size=6,
)


def content(arrays: Arrays) -> Content:
    """Return what arrays say, having checked that they are laid out as they should be."""
    names, starts, places, documents, counts, positions = arrays.postings
    assert list(names) == sorted(set(names))
    assert len(starts) == len(places) == len(names) + 1
    assert (starts[0], starts[-1], places[0], places[-1]) == (0, len(documents), 0, len(positions))
    found = {}
    for number, name in enumerate(names):
        term = slice(int(starts[number]), int(starts[number + 1]))
        left = positions[int(places[number]) : int(places[number + 1])].tolist()
        of_term = dict(zip(documents[term].tolist(), counts[term].tolist(), strict=True))
        assert list(of_term) == sorted(of_term)
        assert len(of_term) == term.stop - term.start > 0
        has_places = bool(left)
        for document, count in of_term.items():
            of_term[document], left = (left[:count], left[count:]) if has_places else ([], left)
        assert not left
        found[name] = of_term
    return found, {name: _texts(arrays, name) for name in arrays.columns}, _lengths(arrays)


def _texts(arrays: Arrays, name: str) -> list[list[str]]:
    values, starts, ordinals = arrays.columns[name]
    assert list(values) == sorted(set(values))
    assert len(starts) == arrays.size + 1
    assert set(ordinals.tolist()) == set(range(len(values)))
    ends = starts.tolist()
    return [[values[o] for o in ordinals[a:b].tolist()] for a, b in pairwise(ends)]


def _lengths(arrays: Arrays) -> dict[str, list[int]]:
    return {field: lengths.tolist() for field, lengths in arrays.lengths.items()}


def expected(documents: Sequence[Document]) -> Content:
    """Return the same, document by document."""
    postings: dict[bytes, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    columns: dict[str, list[list[str]]] = defaultdict(lambda: [[] for _ in documents])
    lengths: dict[str, list[int]] = defaultdict(lambda: [0] * len(documents))
    for number, document in enumerate(documents):
        columns["key"][number].append(_kept(document.key))
        for field, values in document.text.items():
            start = 0
            for words, places in values:
                for word, place in zip(words, places, strict=True):
                    postings[_name(field, word)][number].append(start + place)
                if words:
                    lengths[field][number] += places[-1] + 1
                    start += places[-1] + VALUE_GAP
        terms = {**document.values, "key": (document.key,)}
        terms["year"] = tuple(f"{max(year + 2**31, 0):010d}" for year in document.numbers.get("year", ()))
        for field, texts in terms.items():
            for text in texts:
                postings[_name(field, text)][number] = []
        shown = {f"facet.{facet}": texts for facet, texts in document.facets.items()}
        shown |= {f"sort.{sort_key}": (text,) for sort_key, text in document.sort.items()}
        for column, texts in shown.items():
            columns[column][number] += map(_kept, texts)
    made = {name: dict(found) for name, found in postings.items()}
    return (
        made,
        {name: found for name, found in columns.items() if any(found)},
        dict(lengths),
    )


def _name(field: str, term: str) -> bytes:
    return f"{field}\0".encode() + _kept(term).replace("\0", " ").replace("\n", " ").encode()


def _kept(text: str) -> str:
    return text.replace("\ud800", "?")
