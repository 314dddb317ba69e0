"""What a searcher types and which titles it finds, in every engine: spellings, hyphens, scripts, NEAR."""

import pytest

from index.engine import SearchEngine
from index.query.parser import parse
from index.query.question import question
from tests.index.builders import titled

TITLES = {
    "open": "Peer support workers in mental health",
    "hyphen": "A peer-support worker’s day",
    "one": "Peersupport: the worker and the women",
    "far": "Support by trained and paid peer workers",
    "loewe": "Der Loewe und die Woman",
    "lowe": "Löwe, Müller-Lyer",
    "colour": "Colour and behaviour in l’école d’été",
    "color": "Color and behavior: ECOLE",
    "cjk": "統計学入門とピアサポート",
    "email": "e-mail based counselling, e-health",
    "mail": "email-based counseling; E health",
}


@pytest.fixture(scope="module")
def titles(kept_engine: SearchEngine) -> SearchEngine:
    kept_engine.apply([titled(key, title) for key, title in TITLES.items()], 1)
    return kept_engine


def found(titles: SearchEngine, text: str, *, exact: bool = False) -> set[str]:
    return {hit.key for hit in titles.search(parse(text, exact=exact), limit=None).hits}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # hyphens
        ("peer-support", "open hyphen one"),
        ('"peer-support"', "open hyphen one"),
        ("peersupport", "hyphen one"),
        ('"peer support"', "open hyphen"),
        ('"peer‐support"', "open hyphen one"),
        ('"peer-support worker*"', "open hyphen"),
        ('"peersupport the"', "one"),
        ('"peer-support the"', "one"),
        ('"e-mail-based counsel*"', "email"),
        ('"e-mail based"', "email mail"),
        ('"e-health"', "email mail"),
        ("e-mail", "email mail"),
        # umlauts, accents, encodings, elisions
        ("Löwe", "loewe lowe"),
        ("Lo\u0308we", "loewe lowe"),
        ("LOEWE", "loewe lowe"),
        ("lowe", "lowe"),
        ("Müller-Lyer OR mueller-lyer", "lowe"),
        ("école", "colour color"),
        ("E\u0301COLE", "colour color"),
        ('"l\'école d’ete"', "colour"),
        ("ete", "colour"),
        # wildcards within words and phrases
        ("wom?n", "one loewe"),
        ("wom*n", "one loewe"),
        ("colo*r AND behavio?r", "colour"),
        ("colo*r AND behavio*r", "colour color"),
        ("“peer sup* work*”", "open hyphen"),
        ("counsel*ing", "email mail"),
        # scripts without blanks
        ("統計", "cjk"),
        ("統計学入門", "cjk"),
        ('"入門"', "cjk"),
        ("学", "cjk"),
        ("計統", ""),
        ("ピアサポート", "cjk"),
        # stems and themselves
        ("supporting", "open hyphen far"),
        ('"supporting"', ""),
        ('"~supporting"', "open hyphen far"),
        ('"~supporting workers"', "open hyphen"),
        # NEAR between words, phrases, patterns and groups, in chains and nested
        ("peer NEAR/0 support", "open hyphen"),
        ("peer W/0 support", "open hyphen"),
        ("support NEAR/3 peer", "open hyphen"),
        ("support NEAR/4 peer", "open hyphen far"),
        ("support W/4 peer", "far"),
        ('"peer support" NEAR/2 (mental OR day)', "open hyphen"),
        ('(sup* OR peersupport) NEAR/3 ("peer worker*" OR worker)', "open hyphen one"),
        ("peer NEAR/1 support NEAR/1 worker*", "open hyphen"),
        ("(peer NEAR/1 support) NEAR/5 (mental W/0 health)", "open"),
        ('"peer-support" NEAR/1 worker', "open hyphen one"),
        # fullwidth
        ("（ｐｅｅｒ　ＯＲ　ｗｏｍｅｎ）　ＮＯＴ　ｔｉｔｌｅ：ｍｅｎｔａｌ", "hyphen one far"),
    ],
)
def test_a_query_finds(text: str, keys: str, titles: SearchEngine) -> None:
    assert found(titles, text) == set(keys.split())


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("worker", "one"),
        ("~worker", "open hyphen one far"),
        ("worker*", "open hyphen one far"),
        ("peer-support", "open hyphen one"),
        ("supporting", ""),
    ],
)
def test_without_stemming(text: str, keys: str, titles: SearchEngine) -> None:
    assert found(titles, text, exact=True) == set(keys.split())


def test_a_question_ranks_what_has_most_of_its_words_first(titles: SearchEngine) -> None:
    text = "What is known about the mental health of women who are peer-support workers?"
    hits = titles.search(question(text).query, limit=None).hits

    assert hits[0].key == "open"
    assert {hit.key for hit in hits} == {"open", "hyphen", "one", "far", "email", "mail"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("peer support", "support peer"),
        ("(peer) AND ((support))", "peer support"),
        ("PEER", "peer"),
        ("peer-support OR women", "women OR peer-support"),
        ("peer NOT (support OR women)", "peer NOT support NOT women"),
        ("support NEAR/4 peer", "peer NEAR/4 support"),
        ("title:(peer support)", "title:peer title:support"),
    ],
)
def test_two_ways_to_say_the_same(one: str, other: str, titles: SearchEngine) -> None:
    assert found(titles, one) == found(titles, other)
