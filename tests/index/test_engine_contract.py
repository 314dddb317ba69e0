"""What every engine does with changes and queries."""

import pytest

from catalog.errors import QueryTooCostly
from index.engine import Change, FacetValue, Scanned, SearchEngine
from index.query.ast import All, Term, Word
from index.query.cost import Budget
from index.query.parser import parse
from tests.index.builders import doc, titled


def keys(engine: SearchEngine, query: str, **options: object) -> list[str]:
    return [hit.key for hit in engine.search(parse(query), limit=None, **options).hits]  # type: ignore[arg-type]  # options of search


def put(engine: SearchEngine, *changes: Change) -> None:
    engine.apply(changes, engine.revision() + 1)


def test_a_new_engine_is_empty(engine: SearchEngine) -> None:
    assert (engine.revision(), engine.count(All())) == (0, 0)
    assert engine.search(parse("peer"), facets=("type",)).facets == {"type": ()}


def test_the_revision_is_remembered(engine: SearchEngine) -> None:
    engine.apply([titled("a", "peer")], 41)
    engine.apply([], 42)
    assert (engine.revision(), engine.count(All())) == (42, 1)


def test_a_change_replaces_and_none_removes(engine: SearchEngine) -> None:
    put(engine, titled("a", "peer support"), titled("b", "peer review"))
    put(engine, titled("a", "group support"))
    assert (keys(engine, "peer"), keys(engine, "support")) == (["b"], ["a"])
    put(engine, Change("b", None), Change("never there", None))
    assert (keys(engine, "peer"), keys(engine, "")) == ([], ["a"])


def test_of_one_key_the_last_change_counts(engine: SearchEngine) -> None:
    put(engine, titled("a", "first"), titled("a", "second"))
    put(engine, titled("a", "third"), Change("a", None), titled("a", "fourth"))
    put(engine, titled("b", "gone"), Change("b", None))
    assert (keys(engine, ""), keys(engine, "fourth"), keys(engine, "second")) == (["a"], ["a"], [])


def test_many_small_batches_are_one_index(engine: SearchEngine) -> None:
    for number in range(60):
        put(engine, titled(f"k{number % 25:02}", f"peer {'support' if number >= 50 else 'review'} {number}"))
    put(engine, *(Change(f"k{number:02}", None) for number in range(3)))
    assert keys(engine, "peer") == [f"k{number:02}" for number in range(3, 25)]
    assert keys(engine, "support") == [f"k{number:02}" for number in range(3, 10)]
    assert keys(engine, '"review 49"') == ["k24"]


needs_commits = pytest.mark.parametrize("engine", ["memory", "whoosh"], indirect=True)


@needs_commits
def test_what_reads_one_commit_reads_no_later_one(engine: SearchEngine) -> None:
    put(engine, titled("a", "peer"))
    then = engine.at_one_commit()
    put(engine, titled("b", "peer"), Change("a", None))
    assert (then.keys(parse("peer")), engine.keys(parse("peer"))) == (["a"], ["b"])
    assert (then.revision(), then.newest(), engine.revision()) == (1, "a", 2)


@needs_commits
@pytest.mark.parametrize(("places", "seconds"), [(9, 5.0), (1_000, -1.0)], ids=["words of the index", "time"])
def test_a_budget_ends_what_costs_too_much(engine: SearchEngine, places: int, seconds: float) -> None:
    put(engine, *(titled(f"k{number}", f"peer{number}") for number in range(20)))
    assert engine.at_one_commit(Budget(10, 1_000, 5.0)).count(parse("peer*")) == 20
    with pytest.raises(QueryTooCostly):
        engine.at_one_commit(Budget(10, places, seconds)).count(parse("peer*"))


@needs_commits
def test_a_budget_counts_what_neighbours_multiply_to(engine: SearchEngine) -> None:
    put(engine, titled("a", "the " * 100))
    chain = parse("the NEAR/50 the NEAR/50 the")
    assert engine.at_one_commit(Budget(10, 1_000, 5.0)).count(parse('the OR "the the"')) == 1
    assert engine.at_one_commit(Budget(10, 10**9, 5.0)).count(chain) == 1
    with pytest.raises(QueryTooCostly, match="too many words"):
        engine.at_one_commit(Budget(10, 10_000, 5.0)).count(chain)


def test_clear_empties(engine: SearchEngine) -> None:
    put(engine, titled("a", "peer"))
    engine.clear()
    assert (engine.revision(), engine.count(All())) == (0, 0)
    put(engine, titled("b", "peer"))
    assert keys(engine, "peer") == ["b"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peer support worker", "ab"),
        ('"peer-support worker"', "ab"),
        ('"peer support worker"', "ab"),
        ("peer-support", "ab"),
        ("peersupport", "a"),
        ('"support workers"', ""),
        ('"support ~workers"', "ab"),
        ('"work* review"', "b"),
        ("workers", "ab"),
        ('"workers"', ""),
        ("NOT worker", "cd"),
        ('"women the"', ""),
        ("women NEAR/5 the", ""),
        ("keyword:women", "c"),
        ('title:"who"', "c"),
        ("café", "d"),
        ("心理", "d"),
        ("理健", "d"),
        ("健", "d"),
        ("doi:10.1000/X", "d"),
        ("year:2001", "d"),
        ("year:2000", ""),
        ("year:1990-2001", "d"),
        ("has:keyword", "c"),
    ],
)
def test_queries_find(engine: SearchEngine, query: str, found: str) -> None:
    put(
        engine,
        Change("a", doc("a", text={"title": ["The peer-support worker"]})),
        Change("b", doc("b", text={"title": ["Peer support worker review"]})),
        Change(
            "c",
            doc(
                "c",
                text={"title": ["The Who"], "keyword": ["women", "the war"]},
                values={"has": ("keyword",)},
            ),
        ),
        Change(
            "d",
            doc("d", text={"title": ["Café 心理健康"]}, values={"doi": ("10.1000/x",)}, years=(1999, 2001)),
        ),
    )
    assert "".join(sorted(keys(engine, query))) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", "bacd"),
        ("oldest", "cabd"),
        ("title", "cbad"),
        ("author", "dabc"),
        ("journal", "abcd"),
        ("added", "badc"),
        ("relevance", "bacd"),
    ],
)
def test_orders(engine: SearchEngine, sort: str, order: str) -> None:
    sorts: dict[str, dict[str, str]] = {
        "a": {"date": "2001-00-00", "title": "zebra", "added": "2"},
        "b": {"date": "2001-02-00", "title": "über", "added": "3"},
        "c": {"date": "0900-00-00", "title": "a", "added": "1"},
        "d": {"author": "x", "added": "2"},
    }
    sorts["b"]["title"] = "uber"
    put(engine, *(Change(key, doc(key, sort=known)) for key, known in sorts.items()))
    assert "".join(keys(engine, "", sort=sort)) == order


def test_relevance_prefers_titles_rare_words_and_short_texts(engine: SearchEngine) -> None:
    texts = {
        "long": {"title": ["one two three"], "abstract": ["recovery " + "other words here " * 3]},
        "short": {"title": ["one two three"], "abstract": ["recovery other words"]},
        "title": {"title": ["one two recovery"], "abstract": ["some other words"]},
        "rare": {"title": ["one nothing three"], "abstract": ["some other words"]},
    }
    put(engine, *(Change(key, doc(key, text=text)) for key, text in texts.items()))
    assert keys(engine, "recovery") == ["title", "short", "long"]
    assert keys(engine, "recovery OR nothing") == ["rare", "title", "short", "long"]
    assert {hit.score for hit in engine.search(parse("NOT recovery")).hits} == {0.0}


def test_equal_ranks_are_ordered_by_key(engine: SearchEngine) -> None:
    put(engine, *(titled(key, "same words") for key in "cab"))
    put(engine, *(titled(key, "same words") for key in "fed"))
    assert keys(engine, "words") == list("abcdef")


def test_facets_count_the_whole_result(engine: SearchEngine) -> None:
    kinds = {"a": ("x", "y"), "b": ("x",), "c": ("y", "x"), "d": ("z",), "e": ()}
    put(
        engine,
        *(Change(key, doc(key, facets={"keyword": kind} if kind else {})) for key, kind in kinds.items()),
    )
    hits = engine.search(All(), limit=1, facets=("keyword", "author"))
    assert hits.facets == {
        "keyword": (FacetValue("x", 3), FacetValue("y", 2), FacetValue("z", 1)),
        "author": (),
    }
    assert (hits.total, len(hits.hits)) == (5, 1)


def test_terms_are_scanned_around_a_place(engine: SearchEngine) -> None:
    put(engine, titled("a", "peer support"), titled("b", "peer review"), titled("c", "zebra"))
    put(engine, titled("d", "peers and pears"), Change("c", None))
    found = engine.scan(("title",), "peer", before=2, after=9)
    assert found.before == (FacetValue("and", 1), FacetValue("pears", 1))
    assert [(term.value, term.count) for term in found.after] == [
        ("peer", 2),
        ("peers", 1),
        ("review", 1),
        ("support", 1),
    ]
    assert engine.scan(("title",), "pf", before=1, after=1) == Scanned(
        (FacetValue("peers", 1),), (FacetValue("review", 1),)
    )
    assert engine.scan(("title",), "zz", before=0, after=5) == Scanned()
    assert engine.scan(("abstract",), "", before=5, after=5) == Scanned()


def test_whole_values_are_scanned_as_they_file(engine: SearchEngine) -> None:
    facets = {"a": ("Zulu", "apple"), "b": ("Apple",), "c": ("apple", "Éclair"), "d": ("gone",)}
    put(engine, *(Change(key, doc(key, facets={"keyword": values})) for key, values in facets.items()))
    put(engine, Change("d", None))
    assert engine.scan_values(("keyword",), "ECLAIR", before=3, after=3) == Scanned(
        (FacetValue("apple", 3),), (FacetValue("Éclair", 1), FacetValue("Zulu", 1))
    )
    assert engine.scan_values(("author",), "", before=3, after=3) == Scanned()


def test_odd_values_are_kept_apart(engine: SearchEngine) -> None:
    odd = ("a\nb", "c\0d", "e\x1ff", "*", "[x]")
    values = {"id": tuple(" ".join(value.split()) for value in odd)}
    put(
        engine,
        Change("a\nkey", doc("a\nkey", values=values, facets={"keyword": odd}, sort={"title": "x\0y"})),
    )
    put(engine, titled("b", "other"))
    assert engine.count(Term(("id",), Word("*", "exact"))) == 1
    assert engine.count(Term(("id",), Word("[?]", "wildcard"))) == 1
    assert engine.search(All()).total == 2
