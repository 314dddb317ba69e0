"""Small documents, corpora and queries for tests of engines."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import strategies as st

from index import open_engine
from index.analyzer import tokens
from index.document import Document
from index.engine import Change
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word

WORDS = (
    "peer",
    "peers",
    "support",
    "supporting",
    "peer-support",
    "women",
    "woman",
    "café",
    "IT",
    "心理健康",
    "O'Brien",
)
TOKENS = (
    "peer",
    "peers",
    "support",
    "supporting",
    "peersupport",
    "women",
    "cafe",
    "it",
    "心理",
    "康",
    "obrien",
    "absent",
)
PATTERNS = ("pe*", "*er", "wom?n", "s*ing", "??", "peer*", "caf?", "*port*")
TEXT_FIELDS = ("title", "abstract", "publisher")
KEYWORDS = ("a", "A", "á", "b", "B", "c")
TYPES = ("book", "article-journal")


def doc(
    key: str,
    *,
    text: Mapping[str, Sequence[str]] | None = None,
    values: Mapping[str, tuple[str, ...]] | None = None,
    years: tuple[int, ...] = (),
    facets: Mapping[str, tuple[str, ...]] | None = None,
    sort: Mapping[str, str] | None = None,
) -> Document:
    analyzed = {field: tuple(map(tokens, found)) for field, found in (text or {}).items()}
    numbers = {"year": years} if years else {}
    return Document(key, analyzed, values or {}, numbers, facets or {}, sort or {})


def titled(key: str, title: str) -> Change:
    return Change(key, doc(key, text={"title": [title]}))


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def documents(draw: st.DrawFn, key: str) -> Document:
    kind = draw(st.sampled_from(TYPES))
    years = tuple(draw(st.lists(st.integers(-5, 5), max_size=2, unique=True)))
    keywords = tuple(draw(st.lists(st.sampled_from(KEYWORDS), max_size=3, unique=True)))
    return doc(
        key,
        text={
            field: draw(st.lists(texts, min_size=1, max_size=3))
            for field in TEXT_FIELDS
            if draw(st.booleans())
        },
        values={"type": (kind,), "id": (key, f"10.1/{key}")},
        years=years,
        facets={"type": (kind,), **({"keyword": keywords} if keywords else {})},
        sort={
            name: text
            for name in ("date", "title", "added")
            if (text := draw(st.sampled_from(("", "a", "b", "ü"))))
        },
    )


@st.composite
def batches(draw: st.DrawFn) -> list[list[Change]]:
    """Return changes in batches: documents come, change and go, the same one also twice in a batch."""
    keys = st.sampled_from([f"k{n}" for n in range(9)])
    changes = keys.flatmap(
        lambda key: st.builds(Change, st.just(key), st.one_of(*[documents(key)] * 2, st.none()))
    )
    return draw(st.lists(st.lists(changes, min_size=1, max_size=8), min_size=1, max_size=4))


fields = st.lists(st.sampled_from(TEXT_FIELDS), min_size=1, max_size=3, unique=True).map(tuple)
words = st.one_of(
    st.builds(Word, st.sampled_from(TOKENS), st.sampled_from(("stem", "exact"))),
    st.builds(Word, st.sampled_from(PATTERNS), st.just("wildcard")),
)


def in_fields(named: tuple[str, ...], depth: int = 2) -> st.SearchStrategy[Query]:
    """Return what may stand beside NEAR, all in the same fields."""
    terms = st.builds(Term, st.just(named), words)
    phrases = st.builds(Phrase, st.just(named), st.lists(words, min_size=2, max_size=3).map(tuple))
    if not depth:
        return st.one_of(terms, phrases)
    inner = in_fields(named, depth - 1)
    either = st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple))
    nears = st.builds(Near, inner, inner, st.integers(0, 4), st.booleans())
    return st.one_of(terms, phrases, either, nears)


nears = fields.flatmap(
    lambda named: st.builds(Near, in_fields(named, 1), in_fields(named, 1), st.integers(0, 4), st.booleans())
)
values = st.one_of(
    st.builds(Term, st.just(("type",)), st.builds(Word, st.sampled_from(TYPES), st.just("exact"))),
    st.builds(
        Term,
        st.just(("id",)),
        st.builds(Word, st.sampled_from(("10.1/k*", "k?", "*1", "K1")), st.just("wildcard")),
    ),
)
bounds = st.one_of(st.none(), st.integers(-6, 6))
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, fields, words),
    st.builds(Phrase, fields, st.lists(words, min_size=2, max_size=3).map(tuple)),
    nears,
    values,
    st.builds(Range, st.just("year"), bounds, bounds),
    st.builds(Value, st.just("keyword"), st.sampled_from("abcd")),
    st.just(All()),
)


def _wider(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, inner),
        st.builds(Line, st.just(1), inner),
    )


queries: st.SearchStrategy[Query] = st.recursive(leaves, _wider, max_leaves=5)


def made(folder: Path) -> None:
    """Make an index of three records in a folder, in two commits."""
    engine = open_engine(folder, write=True)
    engine.apply([titled("a", "peer support"), titled("b", "other")], 3)
    engine.apply([Change("c", doc("c", text={"abstract": ["peer"]}))], 4)
    engine.close()
