"""A snippet has a mark exactly where the query's leaves match, and its text is the record's own."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.record import Container, Contributor, Record, Subject, Title
from index.analyzer import located, tokens
from index.document import TEXT_VALUES, document
from index.fields import FIELDS
from index.query.ast import Near, Not, Phrase, Query, Term, Word
from index.snippet import ELLIPSIS, Highlighter, Snippet
from index.snippet.excerpt import windows
from index.snippet.graphemes import is_border
from index.snippet.places import Places
from index.snippet.words import Words
from index.stem import stem
from tests.index import builders
from tests.index.oracle import fits, places, speaking

PIECES = (
    *builders.WORDS,
    "Peer,",
    "(support)",
    "Cafe\u0301s",
    "Löwe",
    "loewe.",
    "l’école",
    "U.S.A.",
    "統計学の",
    "peer–support—women",
    "C++",
    "0.05",
    "🇩🇪",
    "ﬁnal",
    "…",
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join)
few_texts = st.lists(texts, max_size=3).map(tuple)
SEARCHED = (
    "title",
    "abstract",
    "keyword",
    "subject",
    "author",
    "journal",
    "publisher",
    "affiliation",
    "note",
)

records = st.builds(
    Record,
    title=st.none() | texts,
    other_titles=st.lists(st.builds(Title, text=texts), max_size=2).map(tuple),
    abstract=st.none() | texts,
    keywords=few_texts,
    subjects=st.lists(st.builds(Subject, term=texts, path=few_texts), max_size=2).map(tuple),
    contributors=st.lists(
        st.builds(
            Contributor,
            literal=texts,
            family=st.none() | texts,
            given=st.none() | texts,
            vernacular=st.none() | texts,
            affiliations=few_texts,
        ),
        max_size=2,
    ).map(tuple),
    container=st.none() | st.builds(Container, title=texts),
    publisher=st.none() | texts,
    notes=few_texts,
)
fields = st.lists(st.sampled_from(SEARCHED), min_size=1, max_size=3, unique=True).map(tuple)
words = builders.words | st.builds(
    Word, st.sampled_from(("lowe", "loewe", "ecole", "usa", "統計", "計学", "c++", "cafes")), st.just("exact")
)
phrases = st.builds(Phrase, fields, st.lists(words, min_size=2, max_size=3).map(tuple))
nears = fields.flatmap(
    lambda named: st.builds(
        Near, builders.in_fields(named, 1), builders.in_fields(named, 1), st.integers(0, 4), st.booleans()
    )
)
leaves: st.SearchStrategy[Query] = st.builds(Term, fields, words) | phrases | nears
queries = st.recursive(leaves, builders._wider, max_leaves=5)
quick = settings(deadline=None, max_examples=60)


def fields_of(query: Query) -> tuple[str, ...]:
    return (
        fields_of(query.left)
        if isinstance(query, Near)
        else getattr(query, "fields", ()) or fields_of(query.children[0])
    )


def marked_fields(snippets: tuple[Snippet, ...]) -> set[str]:
    return {snippet.field for snippet in snippets if snippet.is_marked}


@quick
@given(record=records, query=queries, width=st.none() | st.integers(10, 40))
def test_a_field_has_a_mark_if_and_only_if_a_leaf_matches_in_it(
    record: Record, query: Query, width: int | None
) -> None:
    text = document("k", record, citation_key="c", sources=()).text
    wanted = {
        field for leaf in speaking(query) for field in fields_of(leaf) if places(leaf, text.get(field, ()))
    }
    snippets = Highlighter(query).snippets(record, width=width)
    assert marked_fields(snippets) == wanted
    assert all(snippet.is_marked or snippet.field == "title" for snippet in snippets)


@quick
@given(text=texts, query=leaves)
def test_what_is_marked_is_what_was_asked_and_all_of_it(text: str, query: Query) -> None:
    field = fields_of(query)[0]
    segments = Highlighter(query).marked(field, text)
    marked = [segment.text for segment in segments if segment.is_match]
    if isinstance(query, Term):
        assert all(any(fits(query.word, word) for word in tokens(part).words) for part in marked)
        found = located(text)
        spans = {
            text[start:end]
            for word, start, end in zip(found.words, found.starts, found.ends, strict=True)
            if fits(query.word, word)
        }
        assert all(any(span in part for part in marked) for span in spans)
        assert bool(spans) == bool(marked)
    elif isinstance(query, Phrase):
        assert all(places(query, [tokens(part)]) for part in marked)


@quick
@given(record=records, query=queries)
def test_nothing_is_changed_in_the_text_that_is_marked(record: Record, query: Query) -> None:
    for field, segments in Highlighter(query).snippets(record, width=None):
        assert "".join(text for text, _ in segments) in TEXT_VALUES[field](record)
        assert all(segment.text for segment in segments)
        assert all(one.is_match != other.is_match for one, other in pairwise(segments))


@quick
@given(text=st.lists(texts, min_size=3, max_size=12).map(". ".join), query=leaves, width=st.integers(30, 120))
def test_excerpts_are_stretches_of_the_text_no_longer_than_asked(text: str, query: Query, width: int) -> None:
    text = text.replace("…", "")
    segments = Highlighter(query).marked(fields_of(query)[0], text, width=width)
    marks = [segment.text for segment in segments if segment.is_match]
    if not marks or len(text) <= width:
        assert "".join(segment.text for segment in segments) == text
        return
    shown = "".join(segment.text for segment in segments)
    parts = [part for part in shown.split(ELLIPSIS) if part]
    at = 0
    for n, part in enumerate(parts):
        inner = part[
            (n > 0 or shown.startswith(ELLIPSIS)) : len(part)
            - (n + 1 < len(parts) or shown.endswith(ELLIPSIS))
        ]
        at = text.index(inner, at)
        assert is_border(text, at)
        assert is_border(text, at + len(inner))
        at += len(inner)
    if max(map(len, marks)) <= width // 3:
        assert sum(map(len, parts)) - 2 * len(parts) <= width


@quick
@given(
    text=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=9).map(" ".join),
    asked=st.lists(words, max_size=4),
)
def test_the_tokens_found_are_those_of_the_analyser(text: str, asked: list[Word]) -> None:
    at = located(text)
    wanted: dict[Word, set[tuple[int, int, int]]] = {}
    for token, *place in zip(*at, strict=True):
        for word in asked:
            if fits(word, token):
                wanted.setdefault(word, set()).add(tuple(place))
    found = Words(asked).find(text)
    assert {word: set(places) for word, places in found.items()} == wanted


@quick
@given(
    text=st.lists(
        st.sampled_from("peörsupt \u0301\u0308\u200d\ufe0f\u0600統計กำ가\u11a8👍🏽🇩🇪'-.\u1100\u1161"),
        min_size=1,
        max_size=60,
    ).map("".join),
    word=st.sampled_from(["pe*", "p?*", "s*", "統*", "ก*", "가*"]),
    width=st.integers(1, 20),
)
def test_no_character_is_cut_as_a_reader_counts_them(text: str, word: str, width: int) -> None:
    marks = Places(Term(("title",), Word(word, "wildcard"))).marks("title", text)
    cut = [place for mark in marks for place in (mark.start, mark.end)]
    if marks:
        cut += [place for stretch in windows(text, marks, width) for place in stretch]
    assert all(is_border(text, place) for place in cut)


@settings(deadline=None, max_examples=300)
@given(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789éß", min_size=1),
    st.sampled_from(
        [
            "",
            "s",
            "ies",
            "ying",
            "ization",
            "ational",
            "edly",
            "fulness",
            "ogist",
            "eed",
            "iviti",
            "ement",
            "bli",
        ]
    ),
)
def test_a_stem_begins_as_its_word_does(head: str, ending: str) -> None:
    assert stem(head + ending)[0] == head[0]


@quick
@given(record=records, query=queries)
def test_nothing_under_a_not_is_marked(record: Record, query: Query) -> None:
    assert marked_fields(Highlighter(Not(query)).snippets(record)) == set()


def test_every_text_field_can_be_marked() -> None:
    assert {field.name for field in FIELDS.values() if field.kind == "text"} == set(TEXT_VALUES)
