"""What is refused, and where."""

import pytest

from catalog.errors import QueryError
from index.query.ast import Query
from index.query.parser import parse

LINES: dict[int, Query] = {1: parse("peer OR mentor*"), 2: parse("title:support"), 12: parse("a AND b")}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        # ‸ stands before the place the caret points at
        ("a b ‸OR c", "need brackets", "write (a b) OR c or a (b OR c)"),
        ("a AND b ‸OR c", "need brackets", "write (a AND b) OR c or a AND (b OR c)"),
        ("a OR b ‸c", "need brackets", "write (a OR b) c or a OR (b c)"),
        ("a OR b ‸NOT c", "need brackets", ""),
        ("title:(a OR b ‸AND c) d", "need brackets", ""),
        ('a ‸"peer support', "never closed", ""),
        ('peer‸" support"', "inside a word", "blank"),
        ("a ‸(b OR (c)", "never closed", ""),
        ("a‸)", "never opened", ""),
        ("a‸]", "never opened", ""),
        ("‸()", "nothing in these brackets", ""),
        ('‸""', "nothing to search for", ""),
        ('a ‸"–"', "nothing to search for", ""),
        ("a ‸– b", "nothing to search for", "quotes"),
        ("a ‸+ b", "nothing to search for", ""),
        ("‸AND a", "something before", '"and"'),
        ("a ‸AND", "something behind", '"and"'),
        ("(a ‸OR) b", "something behind", ""),
        ("a AND ‸OR b", "something before", ""),
        ("‸NEAR/3 a", "something before", ""),
        ("‸NOT", "something behind", ""),
        ("NOT ‸NOT a", "NOT NOT", ""),
        ("‸nofield:x", "no field nofield", '"nofield:x"'),
        ("a ‸titel:x", "no field titel", "did you mean title:?"),
        ("‸pmid:123", "no field", "id:123"),
        ("ti,‸foo:x", "no field foo", ""),
        ("title‸: x", "nothing follows", ""),
        ("(title‸:)", "nothing follows", ""),
        ("title:‸[2019 TO 2020]", "takes no range", "year"),
        ("‸[2019 TO 2020]", "for ranges", "year:[2019 TO 2024]"),
        ("year:‸[2019 2020]", "no range", "TO"),
        ("year:‸[2019 TO 2020", "never closed", ""),
        ("year:‸2024-2019", "backwards", "year:2019-2024"),
        ("year:‸20199", "no year", ""),
        ("year:‸2019-20", "backwards", "write year:2019-2020"),
        ("year:‸2019-7", "backwards", "write year:7-2019"),
        ("year:‸MMXX", "no year", "year:2019-2024"),
        ("year:‸20*", "no year", ""),
        ("issn:‸2049-3631", "its check digit should be 0", ""),
        ("isbn:‸9780306406158", "its check digit should be 7", ""),
        ("orcid:‸0000-0002-1825-0098", "its check digit should be 7", ""),
        ("doi:‸foo", "is no DOI", ""),
        ("language:‸Klingonese", "is no language", ""),
        ("type:‸article-jurnal", "is no type", "type:article-journal"),
        ("has:‸abstrct", "is no has", "has:abstract"),
        ("lcc:‸R*1*", "one wildcard", ""),
        ("‸*ing", "cannot come first", ""),
        ("peer-‸*", "cannot come first", ""),
        ('"peer ‸*ing"', "cannot come first", ""),
        ("w‸*", "too few letters", "three letters"),
        ("wo‸*", "too few letters", ""),
        ("é‸*", "too few letters", ""),
        ("supp* w‸*n", "too few letters", ""),
        ("統‸?学", "without blanks", ""),
        ("abstract:‸*", "needs letters", "has:abstract"),
        ("behavio‸(u)r", "inside a word", "quotes"),
        ("(a)‸b", "a blank is missing", ""),
        ("‸(a AND b) NEAR/3 c", "joins words, phrases and OR groups", ""),
        ("c NEAR/3 ‸(a NOT b)", "joins words", ""),
        ("c NEAR/3 ‸year:2019", "joins words", ""),
        ("title:a NEAR/3 ‸b", "the same fields", "title:(… NEAR/3 …)"),
        ("a NEAR/3 ‸abstract:b", "the same fields", "abstract:(… NEAR/3 …)"),
        ("a NEAR/3 b ‸W/3 c", "need brackets", ""),
        ("NOT a ‸NEAR/3 b", "what is not there", "NOT ("),
        ("a ‸NEAR/3 NOT b", "what is not there", ""),
        ("a ‸NEAR/999 b", "too wide", "255"),
        ("a ‸NEAR/99999999999 b", "too wide", ""),
        ("‸#3", "no line #3", "#1, #2, #12"),
        ("‸#99999999999", "no line", ""),
        ("title:‸#1", "its own fields", ""),
        ("‸1 AND 2", "a line or a word", "#1"),
        ("‸S1 OR S2", "a line or a word", "#1"),
        ("a‸\\", "backslash", ""),
        ("‸“a b", "never closed", ""),
        ("a ‸{b}", "curly", ""),
        # whole values
        ("‸title:=x", "not counted by title", "facets are subject, year"),
        ("‸doi:=10.1/2", "not counted by doi", "subject"),
        ("‸tiab:=x", "not counted by tiab", "subject"),
        ("a ‸nofield:=x", "no field nofield", ""),
        ("keyword‸:=", "nothing follows keyword:=", 'keyword:="…"'),
        ("keyword‸:= x", "nothing follows", ""),
        ("(keyword‸:=)", "nothing follows", ""),
        ('keyword:=‸""', "nothing to search for", ""),
        ("keyword:=peer‸*", "no wildcard", "keyword:peer*"),
        ("keyword:=‸*", "needs letters", "has:keyword"),
        ("year:=‸2019-2020", "no year", "year:2019-2024"),
        ("year:=‸[2019 TO 2020]", "no range", "year:[…]"),
        ("type:=‸bok", "no type", "type:=book"),
        ("‸keyword:=a NEAR/3 b", "joins words", ""),
        ("keyword:=‸(a", "never closed", ""),
        ('"~wom‸*n x"', "no wildcard", "leave out the ~"),
        ("~wom‸*n", "no wildcard", ""),
        # other systems' signs
        ("peer ‸adj3 support", "no operator", "NEAR/2"),
        ("peer ‸ADJ support", "no operator", ""),
        ("peer ‸N5 support", "no operator", "NEAR/5"),
        ("peer ‸W5 support", "no operator", "W/5"),
        ("peer ‸near/5 support", "not how it is written", "NEAR/5"),
        ("peer ‸NEAR5 support", "not how it is written", "NEAR/5"),
        ("peer ‸NEAR support", "number of words", "NEAR/5"),
        ("peer ‸NEAR/x support", "not how it is written", "NEAR/3"),
        ("peer ‸NEAR/2.5 support", "not how it is written", "NEAR/3"),
        ("peer ‸W/ support", "not how it is written", "W/3"),
        ("‸wom#n", "# is no wildcard", "?"),
        ("‸supports#", "# is no wildcard", "*"),
        ("‸colo$r", "$ is no wildcard", "*"),
        ("peer ‸PRE/2 support", "no operator", "W/2"),
        ("peer ‸NEXT/2 support", "no operator", "W/2"),
        ("peer ‸& support", "no operator", "AND"),
        ("peer ‸|| support", "no operator", "OR"),
        ("peer ‸!support", "no operator", "NOT support"),
        ("peer ‸-support", "dash", "NOT support"),
        ("peer ‸+support", "+", "write support"),
        ("‸support$", "no wildcard", "support*"),
        ("‸support~2", "~", ""),
        ("‸support^2", "weight", ""),
        ('"peer support"‸~5', "~", "NEAR/5"),
        ('"peer support"‸*', "inside the quotes", ""),
        ('"peer support"‸[tiab]', "in front", "tiab:"),
        ("support‸[Title/Abstract]", "in front", "tiab:"),
        ("support ‸[tiab]", "in front", "tiab:"),
        ("‸support.ti,ab,kw.", "Ovid", "tikwab:support"),
        ("(a OR b)‸.ti,ab.", "Ovid", "tiab:"),
        ("(a OR b)‸:ti,ab", "in front", "tiab:"),
        ("‸support:ti,ab,kw", "in front", "tikwab:support"),
        ("exp ‸Depression/", "slash", "subject:Depression"),
        ("‸Depression/th", "slash", "subject:Depression"),
        ("‸'peer support'/exp", "single quotes", '"peer support"'),
        ("‸‘peer support’", "single quotes", '"peer support"'),
        ("‸TS=(peer)", "Web of Science", "tikwab:"),
        ("‸TI=peer", "Web of Science", "title:peer"),
        ('‸TI "peer support"', "no field name", "title:"),
        ("‸TITLE-ABS-KEY(peer)", "no field name", "tikwab:"),
        ('(‸MH "Peer Group")', "no field name", "subject:"),
        ('‸[mh "peer group"]', "heading", 'subject:"peer group"'),
        ("‸or/1-5", "lines", "#1 OR"),
    ],
)
def test_refused_at_a_place(text: str, message: str, hint: str) -> None:
    typed = text.replace("‸", "")

    with pytest.raises(QueryError) as caught:
        parse(typed, lines=LINES)

    marked = f"{typed[: caught.value.position]}‸{typed[caught.value.position :]}"
    assert (marked, caught.value.text) == (text, typed)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_a_line_without_a_strategy_is_refused() -> None:
    with pytest.raises(QueryError, match="there is no line #1") as caught:
        parse("#1")

    assert 'write "#1"' in (caught.value.hint or "")


def test_long_operands_are_shortened_in_the_hint() -> None:
    group = "(" + " OR ".join(f"word{n}" for n in range(100)) + ")"

    with pytest.raises(QueryError) as caught:
        parse(f"{group} AND {group} OR c")

    assert caught.value.hint is not None
    assert len(caught.value.hint) < 250
