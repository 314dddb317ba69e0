"""Snippets as a reader sees them."""

from html import escape

import pytest

from catalog.record import Contributor, Record, Subject, Title
from index.query.parser import parse
from index.snippet import Highlighter
from index.snippet.graphemes import is_border

RECORD = Record(
    title="Virtual peer-support for Löwe’s women",
    other_titles=(Title(text="Peers help"), Title(text="Other")),
    contributors=(
        Contributor(literal="Smith, Judd", family="Smith", given="Judd"),
        Contributor(literal="Ng, Ann, 1950-", family="Ng", given="Ann"),
    ),
    keywords=("Peer support", "統計学の研究", "self-help"),
    subjects=(Subject(term="Peer counseling", path=("Medicine", "Psychiatry", "Peer counseling")),),
    abstract="Cafe\u0301s support women. The peer who supports a supported peer.",
)


def shown(query: str, record: Record = RECORD, width: int | None = None) -> list[str]:
    found = Highlighter(parse(query)).snippets(record, width=width)
    return [f"{snippet.field}: {snippet.show('[{}]'.format)}" for snippet in found if snippet.is_marked]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        (
            "peer",
            [
                "title: Virtual [peer]-support for Löwe’s women",
                "title: [Peers] help",
                "abstract: Cafe\u0301s support women. The [peer] who supports a supported [peer].",
                "keyword: [Peer] support",
                "subject: [Peer] counseling",
            ],
        ),
        ('title:"peers"', ["title: [Peers] help"]),
        ('"peer support"', ["title: Virtual [peer-support] for Löwe’s women", "keyword: [Peer support]"]),
        ("title:peersupport", ["title: Virtual [peer-support] for Löwe’s women"]),
        (
            "abstract:supp*",
            ["abstract: Cafe\u0301s [support] women. The peer who [supports] a [supported] peer."],
        ),
        (
            "café",
            ["abstract: [Cafe\u0301s] support women. The peer who supports a supported peer."],
        ),
        (
            "abstract:(peer W/1 supports)",
            ["abstract: Cafe\u0301s support women. The [peer] who [supports] a supported peer."],
        ),
        ("loewes", ["title: Virtual peer-support for [Löwe’s] women"]),
        ("計学", ["keyword: 統[計学]の研究"]),
        ("統計学", ["keyword: [統計学]の研究"]),
        ("selfhelp", ["keyword: [self-help]"]),
        ('author:"judd smith"', ["author: [Judd Smith]"]),
        ("author:smith", ["author: [Smith], Judd"]),
        ('author:(smith "ann ng")', ["author: [Smith], Judd", "author: [Ann Ng]"]),
        ("* NOT (peer OR women)", []),
        ("NOT (NOT peer)", []),
        ("year:2019 OR psychiatry", ["subject: [Psychiatry]"]),
        ("zebra", []),
    ],
)
def test_what_was_asked_is_marked(query: str, marked: list[str]) -> None:
    assert shown(query) == marked


def test_a_title_is_shown_whole_even_without_a_mark() -> None:
    (snippet,) = Highlighter(parse("zebra")).snippets(RECORD, width=5)
    assert (snippet.field, snippet.show(str), snippet.is_marked) == ("title", RECORD.title, False)


def test_a_record_without_anything_has_no_snippet() -> None:
    assert Highlighter(parse("zebra")).snippets(Record()) == ()


def test_for_html_what_is_marked_and_what_is_not_are_escaped() -> None:
    (snippet,) = Highlighter(parse("peer")).snippets(Record(title="<b>Peer & co"))
    shown = snippet.show(lambda text: f"<mark>{escape(text)}</mark>", escape)
    assert shown == "&lt;b&gt;<mark>Peer</mark> &amp; co"


FILLER = "Nothing of this matters here at all. "


@pytest.mark.parametrize(
    ("abstract", "query", "excerpt"),
    [
        (
            FILLER * 5 + "The peer supports women. " + FILLER * 5,
            "peer women",
            "… The [peer] supports [women]. Nothing of this matters here at all. …",
        ),
        (
            "Women come first. " + FILLER * 5 + "A peer is last",
            "peer women",
            "[Women] come first. Nothing of this … A [peer] is last",
        ),
        (
            "peer " * 3 + FILLER * 5 + "Peer and women. " + FILLER,
            "peer women",
            "… [Peer] and [women]. Nothing of this matters here at all. ",
        ),
        ("統計学の研究。" * 30 + "精神保健。" + "統計学の研究。" * 30, "精神", None),
        ("x" * 500 + " peer " + "y" * 500, "peer", "… [peer] …"),
    ],
)
def test_an_excerpt_holds_as_many_of_the_words_as_it_can(
    abstract: str, query: str, excerpt: str | None
) -> None:
    (found,) = shown(query, Record(abstract=abstract), 75)
    if excerpt is None:
        assert found.startswith("abstract: … [精神]保健。統計学")
        assert found.endswith("…")
    else:
        assert found == f"abstract: {excerpt}"


@pytest.mark.parametrize(
    "clusters",
    [
        ["e\u0301", "a", "n\u0303\u0323"],
        ["\r\n", "a"],
        ["👩‍👩‍👧", "🇩🇪", "🇫🇷", "👍🏽", "x"],
        ["각", "\u1100\u1161\u11a8", "가\u11a8", "나"],
        ["กำ", "ที่", "ก"],
        ["क्षि", "क", "नि"],
        ["1️⃣", "か\u3099", "ｶﾞ"],
        ["\u0600\u0661", "\u0661"],
        [" ", "é", "."],
    ],
)
def test_a_text_is_cut_between_characters_as_a_reader_counts_them(clusters: list[str]) -> None:
    text = "".join(clusters)
    borders = {0}
    for cluster in clusters:
        borders.add(max(borders) + len(cluster))
    assert {place for place in range(len(text) + 1) if is_border(text, place)} == borders
