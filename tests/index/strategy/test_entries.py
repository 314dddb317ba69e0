"""Strategies as databases print them, cut into numbered entries."""

import pytest

from catalog.errors import UsageFault
from index.strategy.entries import entries


def cut(text: str, **how: bool) -> list[tuple[int, str]]:
    return [(entry.number, entry.text) for entry in entries(text, **how).entries]


THREE = [(1, "peer support"), (2, "depress*"), (3, "#1 AND #2")]

PRINTED = {
    "hash": "#1 peer support\n#2 depress*\n#3 #1 AND #2\n",
    "points": "1. peer support\n2. depress*\n3. #1 AND #2\n",
    "brackets": "1) peer support\n2) depress*\n3) #1 AND #2\n",
    "bare": "1 peer support\n2 depress*\n3 #1 AND #2\n",
    "right-aligned": "  1  peer support\n  2  depress*\n  3  #1 AND #2\n",
    "columns": "1\tpeer support\t1,234\n2\tdepress*\t99\n3\t#1 AND #2\t12\n",
    "counts and times": "#1\tpeer support\t1,234\t10:21:05\n#2\tdepress*\t99\n#3\t#1 AND #2\t12\t10:22\n",
    "counts in front": "# 1\t1,234\tpeer support\n# 2\t99\tdepress*\n# 3\t12\t#1 AND #2\n",
    "a blank before the tab": "# 3 \t12 \t#1 AND #2\n# 2 \t99 \tdepress*\n# 1 \t1,234 \tpeer support\n",
    "the history pubmed shows": "Search\tQuery\tResults\n#3\tSearch: #1 AND #2\t12\n"
    "#2\tSearch: depress*\t99\n#1\tSearch: peer support\t1,234\n",
    "counts behind a blank": "No. Query Results\n#3 #1 AND #2 12\n#2 depress* 345,678\n#1 peer support 1\n",
    "settings below": "S1\tpeer support\tInterface - X\t5\n \t \tSearch Screen - Y\t\nS2\tdepress*\t7\n"
    "S3\t#1 AND #2\t2\n",
    "newest first": "#3 #1 AND #2\n#2 depress*\n#1 peer support\n",
    "ebsco": "S1 peer support\nS2 depress*\nS3 #1 AND #2\n",
    "no numbers": "peer support\ndepress*\n#1 AND #2\n",
    "some numbers": "peer support\ndepress*\n#3 #1 AND #2\n",
    "unnumbered end": "#1 peer support\n#2 depress*\n#1 AND #2\n",
    "comments": "# a search\n\n#1 peer support\n# 2 more\n#2 depress*\n   # in the end\n#3 #1 AND #2\n",
    "continued": "#1 peer\n   support\n#2 depress*\n#3 #1\nAND #2\n",
    "continued with a reference": "#1 peer support\n#2 depress*\n#3\n   #1\n   AND #2\n",
    "windows": "\r\n#1 peer support\r\n#2 depress*\r\n#3 #1 AND #2\r\n",
    "headings": "Database: X\nSearch Strategy:\n----\n1 peer support\n2 depress*\n3 #1 AND #2\n",
    "header row": "ID\tSearch\tHits\n#1\tpeer support\t5\n#2\tdepress*\t7\n#3\t#1 AND #2\t2\n",
    "points of web of science": "1: peer support\n2: depress*\n3: #1 AND #2\n",
    "columns of ovid": "1\tpeer support\t12\tAdvanced\n2\tdepress*\t9\tBasic\n3\t#1 AND #2\n",
    "columns of embase": "No.\tQuery\n#1\tpeer support\t12\t3 Nov 2020\n#2\tdepress*\n#3\t#1 AND #2\n",
    "colons": "#1: peer support\n#2: depress*\n#3: #1 AND #2",
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_strategy_as_it_is_printed(name: str) -> None:
    assert cut(PRINTED[name]) == THREE


def test_ovid_prints_counts_in_brackets() -> None:
    text = "1     exp Mental Health/ (12345)\n2     (peer adj3 support*).ti,ab. (1,234)\n3     1 and 2 (7)\n"

    assert cut(text, counts_in_brackets=True) == [
        (1, "exp Mental Health/"),
        (2, "(peer adj3 support*).ti,ab."),
        (3, "1 and 2"),
    ]
    assert cut(text)[2] == (3, "1 and 2 (7)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 step programme\nalcohol*", [(1, "12 step programme"), (2, "alcohol*")]),
        ("peer support", [(1, "peer support")]),
        ("#1\t2019", [(1, "2019")]),
        ("#5 peer\n#9 lay", [(5, "peer"), (9, "lay")]),
        ("#1 peer\n#1 lay", [(1, "peer"), (1, "lay")]),
        ("#1 peer\n#2 NOT lay", [(1, "peer"), (2, "NOT lay")]),
        ("1 in 4 women\nalcohol*", [(1, "1 in 4 women"), (2, "alcohol*")]),
        ("1 peer\n   support", [(1, "peer support")]),
        ("#1 peer\n#2\n#3 lay", [(1, "peer"), (2, ""), (3, "lay")]),
        ("#1 peer\n#2 #1 NOT lay\n#2 NOT old", [(1, "peer"), (2, "#1 NOT lay"), (3, "#2 NOT old")]),
        ("(peer OR\nlay)\nAND\nsupport\ndepress*", [(1, "(peer OR lay) AND support"), (2, "depress*")]),
        ("peer\nNOT lay", [(1, "peer"), (2, "NOT lay")]),
        ("No. Query Results\n#1 covid 19\n#2 lay", [(1, "covid 19"), (2, "lay")]),
        ("1 peer\n2 lay\n1 and 2", [(1, "peer"), (2, "lay"), (3, "1 and 2")]),
        ("", []),
        ("# nothing\n\n", []),
    ],
)
def test_corners(text: str, expected: list[tuple[int, str]]) -> None:
    assert cut(text) == expected


def test_the_history_that_pubmed_lets_download() -> None:
    text = (
        "Search number,Query,Sort By,Filters,Search Details,Results,Time\n"
        '2,"#1 AND ""low mood""[tiab]",,"Humans, English","""low mood""",3,10:20:30\n'
        '1,"peer support[tiab]\nOR lay[ti]",,,"x",1234,10:19:00\n'
    )

    assert cut(text) == [
        (1, "peer support[tiab] OR lay[ti]"),
        (2, '#1 AND "low mood"[tiab] Filters: Humans, English'),
    ]


@pytest.mark.parametrize(
    "row", ["x,peer", "1", ",peer", '1,"' + "a" * 200_000 + '"'], ids=lambda row: row[:8]
)
def test_a_damaged_history_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(UsageFault, match="line 2"):
        entries(f"Search number,Query\n{row}\n")


def test_headings_are_told() -> None:
    assert entries("Search Strategy:\n1 peer\n").skipped == ((1, "Search Strategy:"),)


def test_comments_that_look_like_lines_are_told() -> None:
    assert entries("# 1  500 peer\n#1 lay\n# a comment\n").skipped == ((1, "# 1  500 peer"),)


def test_a_place_in_a_text_of_several_lines() -> None:
    entry = entries("# title\n#1 peer\n   support\n   group").entries[0]

    assert entry.text == "peer support group"
    assert [entry.row_of(entry.text.index(word)) for word in entry.text.split()] == [2, 3, 4]
