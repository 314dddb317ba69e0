"""What a report says of lines and terms is what counting without them says."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Change
from index.query.ast import And, Or, Query
from index.query.parser import parse
from index.strategy.file import read_strategy
from index.strategy.report import LineReport, Report, others, report, without_line
from tests.index.builders import doc
from tests.index.memory import MemoryEngine
from tests.index.oracle import Oracle, matches

TITLES = (
    "peer support for depression",
    "lay workers and anxiety",
    "peer mentoring in school",
    "peer support in depression, a protocol",
    "anxiety in school",
    "lay support",
)


def filled(engine: MemoryEngine | Oracle, titles: Sequence[str] = TITLES) -> MemoryEngine | Oracle:
    documents = [
        doc(f"k{n}", text={"title": [title]}, years=(2015 + n,)) for n, title in enumerate(titles, 1)
    ]
    engine.apply([Change(document.key, document) for document in documents], 1)
    return engine


def made(text: str) -> Report:
    return report(read_strategy(text), filled(MemoryEngine()))


def line(text: str, number: int) -> LineReport:
    return next(each for each in made(text).lines if each.number == number)


STRATEGY = """
#1 title:("peer support" OR "lay worker*" OR "mutual aid")
#2 mentor* OR mentoring
#3 #1 OR #2
#4 depress* OR anxi*
#5 school
#6 #3 AND #4 NOT protocol
"""


def test_lines_are_counted() -> None:
    found = made(STRATEGY)

    assert [(each.number, each.hits) for each in found.lines] == [
        (1, 3),
        (2, 1),
        (3, 4),
        (4, 4),
        (5, 2),
        (6, 2),
    ]
    assert (found.result, found.hits) == (6, 2)
    assert [each.used_by for each in found.lines] == [(3,), (3,), (6,), (6,), (), ()]
    assert [each.leads for each in found.lines] == [True, True, True, True, False, True]


def test_terms_are_counted_and_flagged() -> None:
    parts = line(STRATEGY, 1).parts

    assert [(p.level, p.text, p.hits, p.effect, p.flag) for p in parts] == [
        (0, 'title:("peer support" OR "lay worker*" OR "mutual aid")', 3, None, ""),
        (1, 'title:"peer support"', 2, 2, ""),
        (1, 'title:"lay worker*"', 1, 1, ""),
        (1, 'title:"mutual aid"', 0, 0, "finds nothing"),
    ]
    assert [p.flag for p in line(STRATEGY, 2).parts] == ["", "adds nothing", "adds nothing"]


def test_parts_of_an_and_tell_what_they_exclude() -> None:
    parts = line(STRATEGY, 6).parts

    assert [(p.text, p.role, p.effect, p.flag) for p in parts[1:]] == [
        ("#3", "and", 1, ""),
        ("#4", "and", 1, ""),
        ("NOT protocol", "and", 1, ""),
        ("protocol", "not", None, ""),
    ]


def test_lines_tell_what_they_do_to_the_result() -> None:
    found = made(STRATEGY)

    assert [each.effect for each in found.lines] == [2, 0, -1, -1, None, None]
    assert [each.flags for each in found.lines] == [
        (),
        ("the result is the same without it",),
        (),
        (),
        ("no other line uses it",),
        (),
    ]


def test_a_line_used_by_lines_that_lead_nowhere() -> None:
    text = "#1 peer\n#2 #1 AND lay\n#3 school"

    assert line(text, 1).flags == ("the result does not depend on it",)
    assert line(text, 2).flags == ("finds nothing", "no other line uses it")


def test_words_of_a_line_beside_near() -> None:
    text = "#1 peer OR lay\n#2 support\n#3 #1 NEAR/2 #2"

    assert [each.used_by for each in made(text).lines] == [(3,), (3,), ()]
    assert [each.effect for each in made(text).lines] == [None, None, None]
    assert [(p.text, p.role) for p in line(text, 3).parts][1:] == [
        ("peer OR lay", "near"),
        ("peer", "or"),
        ("lay", "or"),
        ("support", "near"),
    ]


def test_a_hyphenated_word_is_one_term() -> None:
    assert [p.text for p in line("#1 peer-support OR lay", 1).parts] == [
        "peer-support OR lay",
        "peer-support",
        "lay",
    ]


@pytest.mark.parametrize("kind", [And, Or])
@pytest.mark.parametrize("size", range(2, 12))
def test_others_leaves_out_each_in_turn(kind: type[And] | type[Or], size: int) -> None:
    children = tuple(parse(f"w{n}") for n in range(size))

    for child, rest in zip(children, others(children, kind), strict=True):
        assert leaves(rest) == set(children) - {child}


def leaves(query: Query) -> set[Query]:
    if isinstance(query, And | Or):
        return {leaf for child in query.children for leaf in leaves(child)}
    return {query}


TERMS = (
    "peer",
    "lay",
    "support",
    "school",
    "anxi*",
    '"peer support"',
    "absent",
    "NOT protocol",
    "year:2016-2018",
)
term = st.sampled_from(TERMS)
group = st.lists(term, min_size=2, max_size=4).map(lambda some: f"({' OR '.join(some)})")
both = st.lists(st.one_of(term, group), min_size=2, max_size=3).map(" AND ".join)


@settings(deadline=None)
@given(
    one=st.one_of(both, group, term),
    two=st.one_of(both, group, term),
    sign=st.sampled_from((" AND ", " OR ", " NOT ")),
)
def test_effects_are_what_counting_without_says(one: str, two: str, sign: str) -> None:
    strategy = read_strategy(
        f"#1 {one}\n#2 {two}\n#3 #1{sign}#2".replace("NOT NOT", "NOT").replace("AND NOT", "NOT")
    )
    oracle = filled(Oracle())
    held = list(oracle.held.values()) if isinstance(oracle, Oracle) else []

    found = report(strategy, filled(MemoryEngine()))

    def count(query: Query) -> int:
        return sum(matches(query, document) for document in held)

    assert found.hits == count(strategy.query)
    for each, source in zip(found.lines, strategy.lines, strict=True):
        assert each.hits == count(source.query)
        rest = without_line(strategy.query, each.number)
        if each.effect is not None and rest is not None:
            assert each.effect == found.hits - count(rest)
        if isinstance(source.query, Or | And):
            top = [part for part in each.parts if part.level == 1]
            kind = type(source.query)
            for n, part in enumerate(top):
                kept = source.query.children[:n] + source.query.children[n + 1 :]
                alone = count(kind(kept) if len(kept) > 1 else kept[0])
                assert part.effect == abs(each.hits - alone)
