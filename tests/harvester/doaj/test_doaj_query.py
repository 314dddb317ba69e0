"""Topics made into queries of DOAJ's article API, and held against its own guards."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import QueryError
from harvester.doaj.query import notes, rewrite, within
from tests.harvester.doaj.doaj_guard import quoted_alone, refused, searched_fields


def anywhere(text: str) -> str:
    return f'(bibjson.keywords:"{text}" OR bibjson.title:"{text}" OR bibjson.abstract:"{text}")'


EVERYTHING = "created_date:[2000-01-01 TO 2999-12-31]"

TOPICS = [
    ("peer support", anywhere("peer support")),
    ("  peer   support ", anywhere("peer support")),
    ('"peer support"', anywhere("peer support")),
    ("“peer support”", anywhere("peer support")),
    ("peer support AND psychosis", f"({anywhere('peer support')} AND {anywhere('psychosis')})"),
    ('peer support "mental health"', f"({anywhere('peer support')} AND {anywhere('mental health')})"),
    ("peer + support", f"({anywhere('peer')} AND {anywhere('support')})"),
    ("+peer +support", f"({anywhere('peer')} AND {anywhere('support')})"),
    ("peers OR mentors", f"({anywhere('peers')} OR {anywhere('mentors')})"),
    ("(peer support)", anywhere("peer support")),
    ("a AND (b OR c)", f"({anywhere('a')} AND ({anywhere('b')} OR {anywhere('c')}))"),
    ("a NOT b", f"({anywhere('a')} AND NOT {anywhere('b')})"),
    ("a AND NOT b", f"({anywhere('a')} AND NOT {anywhere('b')})"),
    ("NOT b AND a", f"({anywhere('a')} AND NOT {anywhere('b')})"),
    ("NOT b", f"({EVERYTHING} AND NOT {anywhere('b')})"),
    ("a OR NOT b", f"({anywhere('a')} OR ({EVERYTHING} AND NOT {anywhere('b')}))"),
    ("NOT NOT b", anywhere("b")),
    ("health and safety", anywhere("health and safety")),
    ("title:peer", 'bibjson.title:"peer"'),
    ("TI:peer", 'bibjson.title:"peer"'),
    ("title: peer support", f'(bibjson.title:"peer" AND {anywhere("support")})'),
    ('title:"peer support"', 'bibjson.title:"peer support"'),
    ("title:(peer support)", 'bibjson.title:"peer support"'),
    ("keyword:(a OR b)", '(bibjson.keywords:"a" OR bibjson.keywords:"b")'),
    ("tiab:peer", '(bibjson.title:"peer" OR bibjson.abstract:"peer")'),
    ("author:Müller", 'bibjson.author.name:"Müller"'),
    (
        'subject:Psychiatry NOT journal:"The Lancet"',
        '(bibjson.subject.term:"Psychiatry" AND NOT bibjson.journal.title:"The Lancet")',
    ),
    ("publisher:Elsevier", 'bibjson.journal.publisher:"Elsevier"'),
    ("year:2024", 'bibjson.year.exact:"2024"'),
    ("year:2019-2024", "bibjson.year.exact:[2019 TO 2024]"),
    ("year:2019–2024", "bibjson.year.exact:[2019 TO 2024]"),
    ("year:2019-", "bibjson.year.exact:[2019 TO 2999]"),
    ("year:-2019", "bibjson.year.exact:[1000 TO 2019]"),
    ("year:[2019 TO 2024]", "bibjson.year.exact:[2019 TO 2024]"),
    ("year:[2019 TO *]", "bibjson.year.exact:[2019 TO 2999]"),
    ("year:(2019 OR 2021)", '(bibjson.year.exact:"2019" OR bibjson.year.exact:"2021")'),
    (
        "doi:https://doi.org/10.1/S01(20)30-5",
        r'(bibjson.identifier.id.exact:"10.1\/S01(20)30-5" OR index.doi.exact:"10.1\/s01(20)30-5")',
    ),
    ("issn:1234567x", '(bibjson.journal.issns.exact:"1234-567X" OR index.issn.exact:"1234-567X")'),
    ("lcc:ra1-1270", r'index.schema_codes_tree.exact:"LCC\:RA1-1270"'),
    ("bibjson.subject.code.exact:RA1-1270", 'bibjson.subject.code.exact:"RA1-1270"'),
    ("Peer support: 3:1 and/or 1:1", anywhere(r"Peer support\: 3\:1 and\/or 1\:1")),
    (
        '"cats AND dogs: a study" OR x',
        f"({anywhere(chr(92).join(['cats AND dogs', ': a study']))} OR {anywhere('x')})",
    ),
    ("R&D {C++} a^2 b! c\\", anywhere("R&D {C++} a^2 b! c")),
    ("peer - support", anywhere("peer - support")),
    ("N95 masks", anywhere("N95 masks")),
    ("COVID\u200b 19\n同伴支持", anywhere("COVID 19 同伴支持")),
]


@pytest.mark.parametrize(("topic", "query"), TOPICS)
def test_a_topic_is_asked_for_so(topic: str, query: str) -> None:
    assert rewrite(topic) == query


@pytest.mark.parametrize(
    ("topic", "position", "what"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("peer supp*", 9, "no *"),
        ("what is peer support?", 20, "no ?"),
        ('a AND "wom?n"', 10, "no ?"),
        ("peer support~2", 12, "no ~"),
        ("peer＊", 4, "no *"),
        ("peer NEAR/3 support", 5, "NEAR/3"),
        ("peer ADJ3 support", 5, "ADJ3"),
        ("#1 AND #2", 0, "#1"),
        ("peer -children", 5, "-children"),
        ("a && b", 2, "&&"),
        ('a "peer support', 2, "other half"),
        ("(a OR b", 0, "not closed"),
        ("a OR b)", 6, "closes nothing"),
        ("a AND ()", 7, "nothing in these brackets"),
        ("a OR", 2, "behind"),
        ("a NOT", 2, "behind"),
        ("a AND OR b", 2, "behind"),
        ("AND a", 0, "before"),
        ("a AND b OR c", 8, "need brackets"),
        ("a b OR c d e AND f", 13, "need brackets"),
        ("peer[tiab]", 4, "years only"),
        ("title:[a TO b]", 6, "years only"),
        ("colour:red", 0, "no field colour"),
        ("title:", 0, "behind"),
        ("title:AND", 0, "behind"),
        ("year:soon", 5, "no year"),
        ("year:2024-2019", 5, "backwards"),
        ("a AND &", 6, "no letter"),
        ("(" * 80 + "a" + ")" * 80, 60, "too often"),
    ],
)
def test_what_the_api_cannot_be_asked_is_refused_where_it_stands(
    topic: str, position: int, what: str
) -> None:
    with pytest.raises(QueryError) as refusal:
        rewrite(topic)
    assert what in refusal.value.message
    assert refusal.value.position == position
    assert refusal.value.text == topic


@pytest.mark.parametrize("query", [query for _, query in TOPICS])
def test_doaj_s_own_guards_let_it_through_as_it_is(query: str) -> None:
    narrowed = f"{within(query, 'RA1-1270')} AND NOT created_date:[2002-01-01T00\\:00\\:00Z TO 2026-01-01]"
    for each in (query, narrowed):
        assert not refused(each)
        assert len(searched_fields(each)) == len(re.findall(r"(?<!\\):", each))
    assert narrowed.startswith(f'{query} AND index.schema_codes_tree.exact:"LCC\\:RA1-1270" AND NOT')


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("health and safety", ["and"]),
        ("a or b or not c", ["or", "not"]),
        ('"a and b" OR c', []),
        ("a OR b", []),
    ],
)
def test_operators_in_small_letters_are_words_and_that_is_told(topic: str, words: list[str]) -> None:
    assert [note.split()[0] for note in notes(topic)] == words


def test_the_guard_as_restated_breaks_what_doaj_s_breaks() -> None:
    assert refused("a title?")
    assert refused("[2015 TO *]")
    assert searched_fields('title:"a" NOT abstract:"b"') == ["title"]
    assert searched_fields('title:"a" AND NOT abstract:"b"') == ["title", "abstract"]


TYPED = st.lists(
    st.sampled_from(
        [
            "peer",
            "support",
            '"a b"',
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            "title:",
            "year:",
            "2019-2020",
            "x:y",
            "10.1/a",
            "doi:",
            "&",
            "+",
            "-",
            '"',
            "*",
            "\\",
            "[",
            "]",
            "a/b:c",
            "é",
            "{",
            "!",
            "^",
            "'",
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(deadline=None)
@given(TYPED | st.text(max_size=30))
def test_whatever_is_typed_is_refused_within_its_text_or_passes_the_guards(topic: str) -> None:
    query = place = None
    try:
        query = rewrite(topic)
    except QueryError as refusal:
        place = refusal.position
    if query is None:
        assert place is not None
        assert 0 <= place <= len(topic)
        return
    assert not refused(query)
    assert len(searched_fields(query)) == len(re.findall(r"(?<!\\):", query))
    signs = quoted_alone(query)
    assert signs.count("(") == signs.count(")")
    assert re.findall(r"[^\w\s.:()\[\]\"-]", signs) == []
