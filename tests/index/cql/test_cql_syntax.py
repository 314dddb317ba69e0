"""CQL text read into its tree: the standard's examples, what YAZ takes, and what neither does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cql.errors import CqlError
from index.cql.parser import parse
from index.cql.printer import show
from index.cql.translate import read
from index.cql.tree import Boolean, Clause, Cql, Joined, Modifier, Node, Prefixed, Relation, SortKey

DC = "info:srw/cql-context-set/1/dc-v1.1"


def term(text: str) -> Clause:
    return Clause((text,))


def clause(index: str, relation: str, text: str, *modifiers: Modifier) -> Clause:
    return Clause((text,), index, Relation(relation, modifiers))


def joined(first: Node, *rest: tuple[str, Node]) -> Joined:
    return Joined(first, tuple((Boolean(name), node) for name, node in rest))


TREES: dict[str, Node] = {
    # Terms
    "fish": term("fish"),
    '"fish"': term("fish"),
    '"squirrels fish"': term("squirrels fish"),
    '""': term(""),
    '"="': term("="),
    '"<xml:element>"': term("<xml:element>"),
    "comp.os.linux": term("comp.os.linux"),
    "cat^": term("cat^"),
    r'"^cat says \"fish\""': term('^cat says "fish"'),
    r'"a\*b \\ c"': term(r"a\*b \\ c"),
    r"fish\ food\(s\)": term(r"fish\ food\(s\)"),
    # What is reserved is a term where only a term can stand.
    "and": term("and"),
    "prox": term("prox"),
    "any": term("any"),
    "fred and any": joined(term("fred"), ("and", term("any"))),
    "or or or": joined(term("or"), ("or", term("or"))),
    '"and"': term("and"),
    "prox=fuzzy": clause("prox", "=", "fuzzy"),
    # Index, relation, term
    "title = fish": clause("title", "=", "fish"),
    "title=fish": clause("title", "=", "fish"),
    "title == fish": clause("title", "==", "fish"),
    "dc.title any fish": clause("dc.title", "any", "fish"),
    "dc.title cql.any fish": clause("dc.title", "cql.any", "fish"),
    "dc.date within 2002": clause("dc.date", "within", "2002"),
    '"dc.title" exact "fish food"': clause("dc.title", "exact", "fish food"),
    "year<=9": clause("year", "<=", "9"),
    "year<>9": clause("year", "<>", "9"),
    "title any/stem/relevant fish": clause("title", "any", "fish", Modifier("stem"), Modifier("relevant")),
    "title=/rel.algorithm=CORI squid": clause("title", "=", "squid", Modifier("rel.algorithm", "=", "CORI")),
    "a any/f.foo/b.bar>1 b": clause("a", "any", "b", Modifier("f.foo"), Modifier("b.bar", ">", "1")),
    "(title any fish)": clause("title", "any", "fish"),
    # Booleans bind all alike, from the left.
    "a or b and c not d": joined(term("a"), ("or", term("b")), ("and", term("c")), ("not", term("d"))),
    "a OR b And c": joined(term("a"), ("or", term("b")), ("and", term("c"))),
    "a or (b and c)": joined(term("a"), ("or", joined(term("b"), ("and", term("c"))))),
    "((a))": term("a"),
    "a prox/distance<=3/unit=word/ordered b": Joined(
        term("a"),
        (
            (
                Boolean(
                    "prox",
                    (Modifier("distance", "<=", "3"), Modifier("unit", "=", "word"), Modifier("ordered")),
                ),
                term("b"),
            ),
        ),
    ),
    # Prefixes
    f'> dc = "{DC}" dc.title any fish': Prefixed("dc", DC, clause("dc.title", "any", "fish")),
    f'>"{DC}" title=fish': Prefixed("", DC, clause("title", "=", "fish")),
    "(> x = y a) and b": joined(Prefixed("x", "y", term("a")), ("and", term("b"))),
    "> any > any = exact any > any": Prefixed("", "any", Prefixed("any", "exact", clause("any", ">", "any"))),
    # Beyond the standard, as YAZ reads it
    "peer support": Clause(("peer", "support")),
    'title = peer "support worker"': Clause(("peer", "support worker"), "title", Relation("=")),
    "all a": Clause(("all", "a")),
    "title = (a or b)": joined(clause("title", "=", "a"), ("or", clause("title", "=", "b"))),
    "title = (a or date < 9)": joined(clause("title", "=", "a"), ("or", clause("date", "<", "9"))),
}

SORTED = {
    "a sortBy title": (SortKey("title"),),
    "a or b SORTBY dc.title/sort.ascending author": (
        SortKey("dc.title", (Modifier("sort.ascending"),)),
        SortKey("author"),
    ),
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=list(TREES))
def test_a_query_is_read(text: str, tree: Node) -> None:
    assert parse(text).query == tree


@pytest.mark.parametrize(("text", "keys"), SORTED.items(), ids=list(SORTED))
def test_what_to_sort_by_is_read(text: str, keys: tuple[SortKey, ...]) -> None:
    assert parse(text).sort == keys


REFUSED = {
    "": (10, 0),
    "<": (10, 0),
    "===": (10, 0),
    "()": (10, 1),
    "(emptyParens or ())": (10, 17),
    "missingClause or": (10, 16),
    "missingTerm any": (10, 15),
    "a and": (10, 5),
    "a b.c": (10, 5),
    "title = a = b": (10, 10),
    "(a) b": (10, 4),
    "a/b": (10, 1),
    "a any/ b c/": (10, 10),
    "a any/stem<": (10, 11),
    "a sortBy": (10, 8),
    "a sortBy title )": (10, 15),
    "a)": (13, 1),
    "(missingParen": (13, 0),
    "missingParen any fish)": (13, 21),
    "(" * 61 + "a": (13, 60),
    '> illegal="urn:missingQuery"': (10, 28),
    ">": (10, 1),
    "> x =": (10, 5),
    '"never closed': (14, 0),
    'a"b': (14, 1),
    "a\\": (10, 1),
    "not fish": (37, 0),
    "and b c": (37, 0),
    "dc.title matches fish": (19, 9),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=list(REFUSED))
def test_what_is_no_query_is_refused_at_its_place(text: str, expected: tuple[int, int]) -> None:
    with pytest.raises(CqlError) as caught:
        parse(text)

    assert (caught.value.number, caught.value.position) == expected
    assert caught.value.text == text


escaped = st.sampled_from(["\\*", "\\?", "\\\\", "\\^"])
words = st.sampled_from(["fish", "and", "any", "a.b", "*", "é", "<", ' " ', "", "/x", "(", "^a", "9", ">="])
texts = st.lists(st.one_of(words, escaped), max_size=3).map("".join)
names = st.one_of(st.sampled_from(["title", "dc.title", "and", "prox", "a b", "x:y", "sortBy", ""]), texts)
comparisons = st.sampled_from(["=", "==", "<", "<=", ">", ">=", "<>"])
modifiers = st.lists(
    st.one_of(st.builds(Modifier, names), st.builds(Modifier, names, comparisons, names)), max_size=2
).map(tuple)
relations = st.builds(
    Relation, st.one_of(comparisons, st.sampled_from(["any", "ALL", "cql.adj", "x.y"])), modifiers
)
terms = st.one_of(
    st.tuples(texts),
    st.tuples(st.sampled_from(["fish", "peer", "any"]), texts, st.sampled_from(["x", "all"])),
)
clauses = st.one_of(st.builds(Clause, terms), st.builds(Clause, terms, names, relations))


def _wider(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    booleans = st.builds(Boolean, st.sampled_from(["and", "or", "not", "prox"]), modifiers)
    rest = st.lists(st.tuples(booleans, inner), min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Joined, inner, rest), st.builds(Prefixed, names, names, inner))


trees: st.SearchStrategy[Node] = st.recursive(clauses, _wider, max_leaves=6)
queries = st.builds(Cql, trees, st.lists(st.builds(SortKey, names, modifiers), max_size=2).map(tuple))


@given(queries)
@settings(deadline=None, max_examples=50)
def test_a_printed_query_is_read_as_the_same(cql: Cql) -> None:
    assert parse(show(cql)) == cql


PIECES = """
    and or not prox sortby title dc.title = == <= > any all adj within ( ) / " \\ * ? ^ ~ fish 2019
    "peer support" unit=word distance<=3 stem x= cql.allRecords=1 10.1234/x 心理 peer-support
    """
pieces = st.sampled_from(PIECES.split())


@given(st.one_of(st.lists(pieces, max_size=10).map(" ".join), st.text(max_size=20)))
@settings(deadline=None, max_examples=150)
def test_any_text_is_a_query_or_refused_within_it(text: str) -> None:
    error = refusal(text)

    assert error is None or (0 <= error.position <= len(text) and 10 <= error.number < 100)


def refusal(text: str) -> CqlError | None:
    try:
        read(text)
    except CqlError as error:
        return error
    return None
