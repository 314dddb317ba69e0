"""What the words of a query stand for, asked of a small index of known words."""

import re
from collections.abc import Sequence

import pytest

from index.query.ast import Query, Word
from index.query.expansion import expansions, notes
from index.query.parser import parse
from index.query.printer import show

WORDS = "counsel counselling counsellor counselor counsels counseling counselors peer peers support lowe help"


class Known:
    """Words of all fields, by their beginnings; every query has as many records as its text has letters."""

    def __init__(self) -> None:
        self.calls = 0

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        if fields == ("doi",):
            return ["10.1/a", "10.1/b"]
        pattern = {"stem": f"{word.text}s?", "exact": re.escape(word.text)}.get(
            word.match, word.text.replace("*", ".*")
        )
        return [known for known in WORDS.split() if re.fullmatch(pattern, known)]

    def counts(self, queries: Sequence[Query]) -> list[int]:
        self.calls += 1
        return [0 if "absent" in show(query) else len(show(query)) for query in queries]


def told(text: str, *, stems: bool = False) -> list[str]:
    return notes(expansions(parse(text), Known()), stems=stems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer support", []),
        (
            "Counsel*",
            [
                (
                    "`counsel*` matched 7 words: "
                    "counsel, counsels, counselor, counseling, counsellor, counselors, …"
                )
            ],
        ),
        ("title:pee*", ["`title:pee*` matched 2 words: peer, peers"]),
        ("supp*", []),
        ("peeer NOT absent", ["`peeer` was found nowhere", "`absent` was found nowhere"]),
        ("peeer OR (peeer peer)", ["`peeer` was found nowhere"]),
        ("zzz* AND title:peeer", ["`zzz*` was found nowhere", "`title:peeer` was found nowhere"]),
        # words of phrases and beside NEAR
        (
            '"pee* peeer" NEAR/3 "peers"',
            ["`pee*` matched 2 words: peer, peers", '`"peeer"` was found nowhere'],
        ),
        # one way to write it is enough
        ("peer-support", []),
        ('"peer-support help"', []),
        ('"help-peer workers"', ['`"workers"` was found nowhere']),
        ('"peer-help pee*"', ["`pee*` matched 2 words: peer, peers"]),
        ('"peer-worker support"', ['`"peer-worker"` was found nowhere']),
        ("Löwe", []),
        ("Löwe-help", []),
        ("peer-worker", ["`peer-worker` was found nowhere"]),
        ("lowe OR laewe", ["`laewe` was found nowhere"]),
        ("title:lowe OR abstract:loewe", ["`abstract:loewe` was found nowhere"]),
        (
            "help-counsel*",
            [
                (
                    "`counsel*` matched 7 words: "
                    "counsel, counsels, counselor, counseling, counsellor, counselors, …"
                )
            ],
        ),
        # values
        ('keyword:="absent"', ['`keyword:="absent"` was found nowhere']),
        ('keyword:="there"', []),
        ("doi:10.1/*", ["`doi:10.1/*` matched 2 values: 10.1/a, 10.1/b"]),
        # nothing to tell
        ("year:2019- NOT *", []),
        ("学", ["`学*` was found nowhere"]),
    ],
)
def test_notes(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_stems_are_told_on_request() -> None:
    assert told("peer support", stems=True) == ["`peer` matched 2 words: peer, peers"]


def test_what_each_word_stands_for() -> None:
    found = expansions(parse('peer "support peer" peer'), Known())

    assert [(show(each.query), each.terms) for each in found] == [
        ("peer", ("peer", "peers")),
        ('"support"', ("support",)),
        ('"peer"', ("peer",)),
    ]


def test_lines_of_a_strategy_are_queries_of_their_own() -> None:
    assert notes(expansions(parse("#1 peer", lines={1: parse("absent")}), Known())) == []


def test_an_engine_counts_once_or_not_at_all() -> None:
    known = Known()

    expansions(parse("peer OR support"), known)
    assert known.calls == 0

    expansions(parse("peer OR keyword:=x OR keyword:=y"), known)
    assert known.calls == 1
