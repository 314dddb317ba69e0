"""Relations between counts in any search system to be trusted (Gusenbauer & Haddaway, 10.1002/jrsm.1378)."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Change, SearchEngine
from index.query.ast import And, Line, Near, Not, Or, Phrase, Query, Term, Word
from index.query.parser import parse
from tests.index import builders
from tests.index.builders import doc, in_fields, queries

LETTERS = [
    "peer",
    "support",
    "supports",
    "worker",
    "women",
    "woman",
    "womén",
    "naïve",
    "of",
    "the",
    "peer-support",
    "心理",
]
few = settings(deadline=None, max_examples=25)
named = st.sampled_from([("title",), ("title", "abstract")])


@pytest.fixture(scope="module")
def engine(kept_engine: SearchEngine) -> SearchEngine:
    rng = random.Random(7)
    for batch in range(4):
        changes = []
        for number in range(30):
            key = f"k{batch}-{number:02}"
            text = {
                field: [" ".join(rng.choices(LETTERS, k=rng.randint(1, 7))) for _ in range(rng.randint(1, 2))]
                for field in ("title", "abstract", "publisher")
            }
            facets = {"type": (rng.choice("xyz"),)}
            sort = {"date": str(rng.randint(1990, 1995)), "title": rng.choice(LETTERS)}
            kind = rng.choice(builders.TYPES)
            years = (rng.randint(-3, 3),)
            changes.append(
                Change(
                    key, doc(key, text=text, values={"type": (kind,)}, years=years, facets=facets, sort=sort)
                )
            )
        kept_engine.apply([*changes, Change(f"k{batch}-00", None)], batch + 1)
    return kept_engine


@few
@given(a=queries, b=queries)
def test_counts_add_up(engine: SearchEngine, a: Query, b: Query) -> None:
    count = engine.count
    both = count(And((a, b)))
    assert count(Or((a, b))) == count(a) + count(b) - both
    assert count(And((a, Not(b)))) == count(a) - both
    assert both == count(And((b, a)))
    assert count(Not(Not(a))) == count(a) == count(Or((a, a))) == count(And((a, a)))
    assert count(Not(Or((a, b)))) == count(And((Not(a), Not(b))))
    assert count(Or((Line(1, a), Line(2, b)))) == count(Or((a, b)))
    assert count(And((a, And((b, a))))) == both


@few
@given(data=st.data(), fields=named, distance=st.integers(0, 6))
def test_nearness_lies_between_phrase_and_and(
    engine: SearchEngine, data: st.DataObject, fields: tuple[str, ...], distance: int
) -> None:
    left, right = data.draw(in_fields(fields, 1)), data.draw(in_fields(fields, 1))
    count = engine.count
    ordered, either = (count(Near(left, right, distance, ordered=order)) for order in (True, False))
    assert ordered <= either <= count(Near(left, right, distance + 1)) <= count(And((left, right)))
    assert either == count(Near(right, left, distance))
    assert either <= ordered + count(Near(right, left, distance, ordered=True))


@few
@given(fields=named, words=st.lists(builders.words, min_size=2, max_size=2))
def test_a_phrase_is_words_next_to_each_other(
    engine: SearchEngine, fields: tuple[str, ...], words: list[Word]
) -> None:
    first, second = (Term(fields, word) for word in words)
    phrase = engine.count(Phrase(fields, tuple(words)))
    assert phrase == engine.count(Near(first, second, 0, ordered=True))
    assert phrase <= engine.count(Near(first, second, 3)) <= engine.count(And((first, second)))


@few
@given(fields=named, word=st.sampled_from(builders.TOKENS))
def test_a_wildcard_or_stem_finds_at_least_the_word(
    engine: SearchEngine, fields: tuple[str, ...], word: str
) -> None:
    exact = engine.count(Term(fields, Word(word, "exact")))
    assert exact <= engine.count(Term(fields, Word(word, "stem")))
    assert exact <= engine.count(
        Term(fields, Word(f"{word[:1]}*{word[-1:]}" if len(word) > 1 else "*", "wildcard"))
    )
    assert exact <= engine.count(Term((*fields, "publisher"), Word(word, "exact")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("peer support", "support peer"),
        ("peer support", "peer AND support"),
        ("PEER Support", "peer support"),
        ("naïve", "naive"),
        ("women OR worker", "worker OR women"),
        ("(peer AND support) OR women", "women OR (support AND peer)"),
        ("((peer))", "peer"),
        ("peer (support (worker))", "peer support worker"),
        ('"peer support"', "“peer support”"),
        ("peer NOT women", "NOT women AND peer"),
        ("peer NEAR/3 support", "support NEAR/3 peer"),
        ("ti:peer", "title:peer"),
        ("title:(peer support)", "title:peer title:support"),
    ],
)
def test_spelling_does_not_change_the_count(engine: SearchEngine, one: str, other: str) -> None:
    forms = {
        engine.count(parse(unicodedata.normalize(form, text)))
        for text in (one, other)
        for form in ("NFC", "NFD")
    }
    assert len(forms) == 1
    assert forms != {0}


def test_a_wildcard_inside_a_word_finds_its_singular_and_plural(engine: SearchEngine) -> None:
    count = engine.count
    assert (
        0
        < count(parse("women"))
        <= count(parse("wom*n"))
        == count(parse("wom?n"))
        == count(parse("woman OR women"))
    )


def test_lines_are_what_they_stand_for(engine: SearchEngine) -> None:
    lines = {1: parse("peer NEAR/2 support"), 2: parse("women NOT worker")}
    for joined in ("#1 OR #2", "#1 AND #2", "#1 NOT #2"):
        inline = joined.replace("#1", "(peer NEAR/2 support)").replace("#2", "(women NOT worker)")
        assert engine.search(parse(joined, lines=lines), limit=None) == engine.search(
            parse(inline), limit=None
        )


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title", "author", "journal", "added"])
@pytest.mark.parametrize("query", ["", "peer", "(peer OR women) NOT (worker AND of)"])
def test_pages_are_the_whole_without_overlap(engine: SearchEngine, query: str, sort: str) -> None:
    asked = parse(query)
    whole = engine.search(asked, limit=None, sort=sort)  # type: ignore[arg-type]  # one of the orders
    pages = [engine.search(asked, start=start, limit=7, sort=sort) for start in range(0, whole.total + 7, 7)]  # type: ignore[arg-type]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert len({hit.key for hit in whole.hits}) == whole.total == len(whole.hits)


@few
@given(query=queries)
def test_a_facet_of_one_value_each_adds_up_to_the_total(engine: SearchEngine, query: Query) -> None:
    hits = engine.search(query, limit=0, facets=("type",))
    assert sum(value.count for value in hits.facets["type"]) == hits.total == engine.count(query)
