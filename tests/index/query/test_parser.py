"""What is accepted and how it is understood."""

import pytest

from index.fields import DEFAULT_FIELDS
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.parser import parse, read
from index.query.printer import show

LINES: dict[int, Query] = {1: parse("peer OR mentor*"), 2: parse("title:support"), 12: parse("a AND b")}


def term(text: str, match: str = "stem", *fields: str) -> Term:
    return Term(fields or DEFAULT_FIELDS, Word(text, match))  # type: ignore[arg-type]


def exactly(*texts: str) -> Phrase:
    return Phrase(DEFAULT_FIELDS, tuple(Word(text, "exact") for text in texts))


def stems(*texts: str) -> Phrase:
    return Phrase(DEFAULT_FIELDS, tuple(Word(text, "stem") for text in texts))


PHRASE_OF_ALL_KINDS = Phrase(
    DEFAULT_FIELDS, (Word("peer", "exact"), Word("supports", "stem"), Word("grou*", "wildcard"))
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", All()),
        (" \u3000\ufeff", All()),
        ("*", All()),
        ("*:*", All()),
        ("supports", term("supports")),
        ('"supports"', term("supports", "exact")),
        ("wom*n", term("wom*n", "wildcard")),
        ("title:peer", term("peer", "stem", "title")),
        ("TI:peer", term("peer", "stem", "title")),
        ("peer support", And((term("peer"), term("support")))),
        ("peer AND support", And((term("peer"), term("support")))),
        ("peer OR support", Or((term("peer"), term("support")))),
        ("peer NOT support", And((term("peer"), Not(term("support"))))),
        ("peer AND NOT support", And((term("peer"), Not(term("support"))))),
        ("NOT peer", Not(term("peer"))),
        ("NOT peer support", And((Not(term("peer")), term("support")))),
        ("a (b OR c)", And((term("a"), Or((term("b"), term("c")))))),
        ('"peer supports"', Phrase(DEFAULT_FIELDS, (Word("peer", "exact"), Word("supports", "exact")))),
        ('"peer ~supports grou*"', PHRASE_OF_ALL_KINDS),
        ("peer-support", Or((stems("peer", "support"), term("peersupport")))),
        (
            "peer-support*",
            Or(
                (
                    Phrase(DEFAULT_FIELDS, (Word("peer", "stem"), Word("support*", "wildcard"))),
                    term("peersupport*", "wildcard"),
                )
            ),
        ),
        ("HIV/AIDS", stems("hiv", "aids")),
        ('"peer-support"', Or((exactly("peer", "support"), term("peersupport", "exact")))),
        (
            '"peer-support worker"',
            Or((exactly("peer", "support", "worker"), exactly("peersupport", "worker"))),
        ),
        ("~peer", term("peer")),
        ('keyword:="Peer Support"', Value("keyword", "peer support")),
        ("KW:=Café", Value("keyword", "cafe")),
        ('keyword:=(a OR "b c")', Or((Value("keyword", "a"), Value("keyword", "b c")))),
        ("keyword:=(a b) c", And((And((Value("keyword", "a"), Value("keyword", "b"))), term("c")))),
        ("subject:=“Medicine > Psychiatry”", Value("subject", "medicine > psychiatry")),
        (r'keyword:="\"so\" \\"', Value("keyword", '"so" \\')),
        ('keyword:="*"', Value("keyword", "*")),
        ("year:=2019", Value("year", "2019")),
        ("year:=２０１９", Value("year", "2019")),
        ("type:=Book", Value("type", "book")),
        ("has:=ab", Value("has", "abstract")),
        ("peer NEAR/3 support", Near(term("peer"), term("support"), 3)),
        ("peer W/0 support", Near(term("peer"), term("support"), 0, ordered=True)),
        ("a NEAR/2 b NEAR/2 c", Near(Near(term("a"), term("b"), 2), term("c"), 2)),
        ("year:2019-2024", Range("year", 2019, 2024)),
        ("#1", Line(1, LINES[1])),
        ("#1 NEAR/3 b", Near(LINES[1], term("b"), 3)),
        ("統計", term("統計", "exact")),
        ('"統計"', term("統計", "exact")),
        ("学", term("学*", "wildcard")),
        ("統計学", Phrase(DEFAULT_FIELDS, (Word("統計", "exact"), Word("計学", "exact")))),
    ],
)
def test_trees(text: str, expected: Query) -> None:
    assert parse(text, lines=LINES) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # as typed by word processors and Asian keyboards
        ("“peer support”", '"peer support"'),
        ("„peer support“", '"peer support"'),
        ("« peer support »", '"peer support"'),
        ("（統計 OR 学校）", "統計 OR 学校"),
        ("title：peer", "title:peer"),
        ("ｔｉｔｌｅ：（ａ　ＯＲ　ｂ）", "title:(a OR b)"),
        ("year：2019－2024", "year:2019-2024"),
        ("a ＮＥＡＲ／３ b", "a NEAR/3 b"),
        ("Mu\u0308ller-Lyer", "muller-lyer OR mueller-lyer"),
        ('"l’école d’été"', '"l-ecole d-ete"'),
        ('"a b-c d-e f"', '"a b-c d-e f"'),
        ('"~peer-support worker*"', '"~peer-support worker*"'),
        ('"peer-support* worker"', '"peer-support* worker"'),
        ('"a-b c-d e-f g-h"', '"a b c d e f g h"'),
        ('("peer-support group" OR a) NEAR/2 b', '("peer-support group" OR a) NEAR/2 b'),
        ("peer\u00a0support\u200b", "peer AND support"),
        ("\ufeffpeer\n\tsupport", "peer AND support"),
        ("O’Brien", "obrien"),
        ("'90s music", "90s AND music"),
        ("carers' patients'", "carers AND patients"),
        # folding
        ("Čapek", "capek"),
        ("éco*", "eco*"),
        ("ÉCOL?", "ecol?"),
        ("e\u0301cole", "ecole"),
        ("l'école", "l-ecole"),
        ("Straße", "strasse"),
        ("Löwe", "lowe OR loewe"),
        ("title:Löw* a", "title:(low* OR loew*) AND a"),
        ('"Löwe"', '"lowe"'),
        ("ǟb Ö.B.", "ab AND (ob OR oe/b)"),
        # brackets and operators
        ("((a))", "a"),
        ("(a OR b)(c OR d)", "(a OR b) AND (c OR d)"),
        ("(a)AND(b)", "a AND b"),
        ("a AND(b OR c)", "a AND (b OR c)"),
        ("a AND (b AND c)", "a AND (b AND c)"),
        ("a NOT (b OR c) NOT d", "a NOT (b OR c) NOT d"),
        ("a OR NOT b", "a OR NOT b"),
        ("a b AND c", "a AND b AND c"),
        ("peer support NEAR/3 group", "peer AND (support NEAR/3 group)"),
        ("(a OR b) W/2 (c NEAR/1 d)", "(a OR b) W/2 (c NEAR/1 d)"),
        ('and "OR" Not', 'and AND "or" AND not'),
        (r"a \OR b", "a AND or AND b"),
        # fields
        ("tiab:(peer OR mentor*)", "tiab:(peer OR mentor*)"),
        ("ti,ab:peer", "tiab:peer"),
        ("title,abstract,note:peer", "title,abstract,note:peer"),
        ("title:a title:b", "title:(a AND b)"),
        ("title:(a OR abstract:b)", "title:a OR abstract:b"),
        ("title:(a NOT b)", "title:(a NOT b)"),
        ("NOT title:a", "NOT title:a"),
        ("title:(a NEAR/3 b)", "title:(a NEAR/3 b)"),
        ("title:peer-support", "title:peer-support"),
        ("language:(en OR fr)", "language:(en OR fr)"),
        # years
        ("year:2019", "year:2019"),
        ("year:2019–2024", "year:2019-2024"),
        ("year:2019-", "year:2019-"),
        ("year:-2001", "year:-2001"),
        ("year:>2019", "year:2020-"),
        ("year:>=2019", "year:2019-"),
        ("year:<2019", "year:-2018"),
        ("year:<=2019", "year:-2019"),
        ("year:[2019 TO 2024]", "year:2019-2024"),
        ("year:[* TO 2024]", "year:-2024"),
        ("py:(2019 OR 2021-)", "year:(2019 OR 2021-)"),
        ("year:*", "year:*"),
        # values
        ("doi:10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
        ("(doi:10.1016/S0140-6736(20)30183-5)", "doi:10.1016/s0140-6736(20)30183-5"),
        (
            "doi:10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "doi:10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
        ("doi: 10.1000/XYZ", "doi:10.1000/xyz"),
        ("https://doi.org/10.1000/XYZ", "doi:10.1000/xyz"),
        ("doi:10.1016/*", "doi:10.1016/*"),
        ("issn:2049-3630", "issn:2049-3630"),
        ("2049-3630", "issn:2049-3630"),
        ("isbn:0-306-40615-2", "isbn:9780306406157"),
        ("978-0-306-40615-7", "isbn:9780306406157"),
        ("0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("https://example.org/a?b=(c)", "id:https://example.org/a?b=(c)"),
        ("id:doi:10.1000/XYZ", "id:10.1000/xyz"),
        ("language:English", "language:en"),
        ("lcc:ra1-1270", "lcc:RA1-1270"),
        ("lcc:RA*", "lcc:RA*"),
        ("type:Book", "type:book"),
        ("has:ab", "has:abstract"),
        ('id:"odd (key"', 'id:"odd (key"'),
        # what looks like a field and is none
        ("Peer support: a review", "peer AND support AND a AND review"),
        ("12:30", "12/30"),
        (r"title\:x", "title/x"),
        ("#MeToo", "metoo"),
        # words with signs
        ("and/or", "and/or"),
        ("C++ C#", "c++ AND c#"),
        ("CD4+", "cd4"),
        ("U.S.A.", "usa"),
        ("p<0.05", "p/0.05"),
        ("50%", "50"),
        ("self- and", "self AND and"),
        ("why, indeed.", "why AND indeed"),
        (r"\adj3 \ti", r"\adj3 AND ti"),
        (r"\9780306406157", r"\9780306406157"),
        # wildcards
        ("p?ediatric* f?etus an?emia", "p?ediatric* AND f?etus AND an?emia"),
        ("ag*ing", "ag*ing"),
        ("wom**n", "wom*n"),
        ('"peer support*"', '"peer support*"'),
        ("統計*", "統計"),
        (r"wom\*n", "wom/n"),
        # scripts without blanks
        ("統計学", "統計学"),
        ('"統計学 入門"', "統計学/入門"),
        ("iPS細胞", "ips/細胞"),
        ("통계학", "통계학"),
        # lines
        ("(#1 OR #2) NOT #12", "(#1 OR #2) NOT #12"),
    ],
)
def test_canonical_form(text: str, shown: str) -> None:
    query = parse(text, lines=LINES)

    assert show(query) == shown
    assert parse(shown, lines=LINES) == query


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("mental health or depression", "“or” was read as a word; the operator is written OR"),
        ("(cats and dogs)", "“and” was read as a word; the operator is written AND"),
        ("peer not support", "“not” was read as a word; the operator is written NOT"),
        ("peer support NEAR/3 group", "NEAR/3 joins the one word on each side"),
        ("group NEAR/3 peer support", "NEAR/3 joins the one word on each side"),
        ("what works?", "the ? of works? was read as any one letter"),
        ("Cats And dogs", "“And” was read as a word; the operator is written AND"),
        ("peer near support", "“near” was read as a word; the operator is written NEAR/5"),
        ("peer n3 support", "“n3” was read as a word; the operator is written NEAR/3"),
        ("peer w3 support", "“w3” was read as a word; the operator is written W/3"),
        ("ti:peer support", "ti: is for peer alone; for several words write ti:(…)"),
        ("year:2019 TO 2024", "“TO” was read as a word; years are written year:2019-2024"),
        ("keyword:=peer support", "keyword:=peer is a value of one word"),
        ("depression 2019-2024", "2019-2024 was read as words; for years write year:2019-2024"),
    ],
)
def test_notes_say_what_may_not_have_been_meant(text: str, note: str) -> None:
    (found,) = read(text).notes

    assert found.startswith(note)


@pytest.mark.parametrize(
    "text",
    [
        "peer support",
        "and",
        "NOT or",
        '"cats and dogs" fish',
        "a NEAR/3 b",
        "(a NEAR/3 b) c",
        "near n3",
        "language:en peer",
        "ti:(a b) c",
        'ti:"a b" c',
        "ti:a au:b",
    ],
)
def test_nothing_is_noted_of_a_plain_query(text: str) -> None:
    assert read(text).notes == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("peer support*", '"peer" AND support*'),
        ("peer-support", '"peer-support"'),
        ("title:(~peer OR group)", 'title:(peer OR "group")'),
        ('"~peer group"', '"~peer group"'),
        ("Löwe", '"lowe" OR "loewe"'),
        ("year:2019 統計", "year:2019 AND 統計"),
    ],
)
def test_stemming_is_off_on_request(text: str, shown: str) -> None:
    query = parse(text, exact=True)

    assert show(query) == shown
    assert parse(shown) == query
