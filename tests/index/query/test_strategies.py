"""Strategies in the shapes of published reviews: refused as other systems write them, accepted as ours."""

import pytest

from catalog.errors import QueryError
from index.query.ast import And, Line, Near, Not, Or, Phrase, Query, Range, Term
from index.query.parser import parse, read
from index.query.parts import parts
from index.query.printer import show


def leaf_count(query: Query) -> int:
    match query:
        case And(children) | Or(children):
            return sum(map(leaf_count, children))
        case Near(left, right):
            return leaf_count(left) + leaf_count(right)
        case Not(child) | Line(_, child):
            return leaf_count(child)
        case Term() | Phrase() | Range():
            return 1
        case _:
            return 0


FOREIGN = {
    "pubmed": (
        (
            '("Peer Group"[MeSH Terms] OR "peer support"[tiab] OR mentor*[tiab]) AND '
            '("Mental Disorders"[Mesh] OR depress*[tiab]) AND ("2010/01/01"[PDAT] : "2020/12/31"[PDAT])'
        ),
        '"Peer Group"‸[MeSH Terms]',
        "subject:",
    ),
    "ovid": (
        "(peer adj3 (support* or counsel?ing)).ti,ab,kf.",
        "(peer ‸adj3",
        "NEAR/2",
    ),
    "ovid heading": ("exp Mental Health/ or depress*.mp.", "exp Mental ‸Health/", "subject:Health"),
    "ovid lines": ("or/1-14", "‸or/1-14", "#1 OR"),
    "web of science": (
        'TS=("peer support*" NEAR/3 (mental* OR psych*)) AND PY=(2010-2020)',
        '‸TS=("peer',
        "tikwab:",
    ),
    "scopus": (
        'TITLE-ABS-KEY ( "peer support" W/3 ( mental OR psychiatric ) ) AND PUBYEAR > 2009',
        "‸TITLE-ABS-KEY (",
        "tikwab:(",
    ),
    "ebscohost": (
        '(MH "Peer Counseling") OR TI ( peer N3 support* ) OR AB ( peer N3 support* )',
        '(‸MH "Peer',
        "subject:(",
    ),
    "embase": ("'peer group'/exp OR ((peer NEAR/3 support*):ti,ab,kw)", "‸'peer group'/exp", '"peer group"'),
    "cochrane": (
        '[mh "Peer Group"] or (peer near/3 support*):ti,ab,kw',
        '‸[mh "Peer',
        'subject:"Peer Group"',
    ),
    "google scholar": ('"peer support" "mental health" -children', "‸-children", "NOT children"),
    "lucene": ('+peer +support "mental health"~5', "‸+peer", "write peer"),
}


@pytest.mark.parametrize("system", FOREIGN)
def test_other_systems_strategies_are_refused_with_a_translation(system: str) -> None:
    text, place, hint = FOREIGN[system]
    before, _, behind = place.partition("‸")

    with pytest.raises(QueryError) as caught:
        parse(text)

    assert text[: caught.value.position].endswith(before)
    assert text[caught.value.position :].startswith(behind)
    assert hint in (caught.value.hint or "")


OURS = {
    "a flat AND of OR groups": (
        (
            'tiab:("peer support*" OR "peer mentor*" OR "peer counsel*" OR "mutual aid" OR self-help) AND '
            'tiab:(depress* OR anxi* OR psychos?s OR schizophren* OR "severe mental illness*" OR SMI) AND '
            'tiab:(online OR virtual OR internet OR e-health OR "social media") AND year:2010-2020'
        ),
        19,
    ),
    "NEAR over groups": (
        "tikwab:((peer OR lay OR consumer*) NEAR/3 (support* OR counsel* OR deliver*)) NOT title:protocol*",
        7,
    ),
    "headings and words": (
        '(subject:"mental health" OR tiab:"mental health") AND (subject:peers OR tiab:(peer W/1 support*))',
        5,
    ),
    "smart quotes from a word processor": (
        "(“controlled trial” OR “controlled study” OR RCT) AND (“older adults” OR elder*)",
        5,
    ),
    "several languages": (
        '"peer support" OR "apoyo entre pares" OR "soutien par les pairs" OR ピアサポート OR 同伴支持',
        5,
    ),
    "spellings": ("p?ediatric* AND (an?emia* OR h?emoglobin* OR tumo*r) AND (behavio*r OR ag*ing)", 6),
}


@pytest.mark.parametrize("name", OURS)
def test_our_strategies_are_read_whole(name: str) -> None:
    text, leaves = OURS[name]

    query, notes = read(text)

    assert leaf_count(query) == leaves
    assert notes == ()
    assert parse(show(query)) == query
    assert len(list(parts(query))) > len(query.children if isinstance(query, And | Or) else ())


def test_a_strategy_of_lines() -> None:
    lines: dict[int, Query] = {}
    texts = [
        'tiab:("peer support" OR mentor*)',
        "subject:peers",
        "#1 OR #2",
        "tiab:(depress* OR anxi*)",
        "#3 AND #4",
        "#5 AND year:2015- NOT type:review",
    ]
    for number, text in enumerate(texts, 1):
        lines[number] = parse(text, lines=lines)

    assert show(lines[6]) == "#5 AND year:2015- NOT type:review"
    assert leaf_count(lines[6]) == 7


def test_a_string_of_two_hundred_synonyms() -> None:
    text = "tiab:(" + " OR ".join(f'"term {n} group*"' for n in range(200)) + ") AND year:2000-"

    query = parse(text)

    assert leaf_count(query) == 201
    assert show(query) == text


def test_the_tree_says_what_each_part_asks() -> None:
    query = parse(
        'title:(peer OR "support group") AND NOT (year:2019- OR ti:self-help*) AND (a W/2 b) AND has:doi'
    )

    assert ["  " * part.level + part.text for part in parts(query)] == [
        "all of",
        "  any of",
        "    forms of peer in title",
        '    side by side in title: "support", "group"',
        "  not",
        "    any of",
        "      year from 2019",
        "      side by side in title: forms of self, words like help*; or words like selfhelp*",
        "  with at most 2 words between, in this order",
        "    forms of a in any of the usual fields",
        "    forms of b in any of the usual fields",
        '  "doi" in has',
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", "every record"),
        ("year:*", "year is given"),
        ("year:2019", "year 2019"),
        ("year:-2019", "year up to 2019"),
        ("year:2018-2019", "year 2018 to 2019"),
        ("a NEAR/2 b", "with at most 2 words between, in either order"),
        ("#1", "line #1"),
    ],
)
def test_the_tree_of_one_part(text: str, expected: str) -> None:
    assert next(parts(parse(text, lines={1: parse("peer")}))).text == expected
