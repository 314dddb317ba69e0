"""DOAJ's citation line and its traps, Open Journal Systems' source, and pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.journal_citation import (
    JournalCitation,
    extent,
    issue,
    journal_citation,
    ojs_source,
    pages,
    volume,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "BMC Health Services Research, Vol 24, Iss 1, Pp 1-14 (2024)",
            ("BMC Health Services Research", "24", "1", "1", "14", "2024"),
        ),
        (
            "Developmental Cognitive Neuroscience, Vol 30, Iss , Pp 191-199 (2018)",
            ("Developmental Cognitive Neuroscience", "30", None, "191", "199", "2018"),
        ),
        (
            "Journal of Cheminformatics, Vol 3, Iss 1, p 47 (2011)",
            ("Journal of Cheminformatics", "3", "1", "47", None, "2011"),
        ),
        ("Digital Studies (2016)", ("Digital Studies", None, None, None, None, "2016")),
        (
            "452º F : Revista de Teoría de la Literatura y Literatura Comparada, Iss 2, Pp 127-136 (2010)",
            (
                "452º F : Revista de Teoría de la Literatura y Literatura Comparada",
                None,
                "2",
                "127",
                "136",
                "2010",
            ),
        ),
        (
            "International Journal of Nanomedicine, Vol Volume 14, Pp 809-818 (2019)",
            ("International Journal of Nanomedicine", "14", None, "809", "818", "2019"),
        ),
        (
            "Revista, Vol 2, Serie B, Vol Vol. 3, Iss  (2017)",
            ("Revista, Vol 2, Serie B", "3", None, None, None, "2017"),
        ),
        ("X, Vol , Iss , Pp - ()", ("X", None, None, None, None, None)),
        ("X, Vol , Iss , Pp 191- (2016-2017)", ("X", None, None, "191", None, "2016-2017")),
        ("X, Vol 12/1, Iss suppl1, Pp -199", ("X", "12/1", "suppl1", None, "199", None)),
        ("X, Iss 2 (34), p 5", ("X", None, "2 (34)", "5", None, None)),
        ("JMIR, Vol 18, Iss 5, Pp e6892 -e6892  (2016)", ("JMIR", "18", "5", "e6892", "e6892", "2016")),
        ("Foo (Online), Vol 3 (2010)", ("Foo (Online)", "3", None, None, None, "2010")),
        ("Foo (Online)", ("Foo (Online)", None, None, None, None, None)),
        ("Foo, Iss 2, Vol 3 (2010)", ("Foo, Iss 2", "3", None, None, None, "2010")),
        (
            "Arts, Letters, and Sciences, Vol 1 (1999)",
            ("Arts, Letters, and Sciences", "1", None, None, None, "1999"),
        ),
        ("Vol 3, Iss 2 (2001)", (None, "3", "2", None, None, "2001")),
        ("Vol 3, Iss ", (None, "3", None, None, None, None)),
        ("Pp 1-2", (None, None, None, "1", "2", None)),
        ("(2010)", (None, None, None, None, None, "2010")),
        ("J, Vol 1, Pp S1-1-S1-9 (2000)", ("J", "1", None, "S1-1", "S1-9", "2000")),
        ("J, Vol 1, Pp e0123456-908 (2000)", ("J", "1", None, "e0123456", "908", "2000")),
        ("J, Vol 1, p 1–14 (2011)", ("J", "1", None, "1", "14", "2011")),
        ("Tom &amp; J\n, Vol Bd. 4, Iss No. 2 (2011)", ("Tom & J", "4", "2", None, None, "2011")),
        ("Nature Vol 3 reviewed (2001)", ("Nature Vol 3 reviewed", None, None, None, None, "2001")),
    ],
)
def test_a_citation_is_read_from_right_to_left(text: str | None, expected: object) -> None:
    assert journal_citation(text) == JournalCitation(*expected)


@pytest.mark.parametrize("text", [None, "", "  ", "()", ", Vol , Iss "])
def test_nothing_is_none(text: str | None) -> None:
    assert journal_citation(text) is None


WORDS = (
    st.text(alphabet="abcdefghij ÄÖé.:&", min_size=1, max_size=20)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: any(c.isalpha() for c in s) and "&" not in s.strip("& "))
)
NUMBER = st.integers(1, 9999).map(str)
PAGE = st.one_of(NUMBER, NUMBER.map("S{}".format), NUMBER.map("e{}".format))


def printed(parts: tuple[str | None, ...]) -> str:
    """Print as DOAJ does: https://github.com/DOAJ/doaj portality/crosswalks/oaipmh.py `_make_citation`."""
    title, vol, iss, start, end, year = parts
    text = title or ""
    for mark, value in (("Vol ", vol), ("Iss ", iss)):
        if value is not None:
            text += (", " if text else "") + mark + value
    if start is not None or end is not None:
        text += ", " if text else ""
        text += f"Pp {start}-{end}" if start is not None and end is not None else f"p {start or end}"
    if year is not None:
        text += (" " if text else "") + f"({year})"
    return text


@settings(deadline=None)
@given(
    st.tuples(
        WORDS.map(lambda s: s.strip("& ") or "J"),
        st.none() | NUMBER,
        st.none() | NUMBER,
        st.none() | PAGE,
        st.none() | PAGE,
        st.none() | st.integers(1500, 2099).map(str),
    ).filter(lambda p: p[3] is not None or p[4] is None)
)
def test_what_is_printed_by_the_grammar_is_read_back(parts: tuple[str | None, ...]) -> None:
    assert journal_citation(printed(parts)) == JournalCitation(*parts)


@settings(deadline=None)
@given(st.text(alphabet="Vol IsPp,()-1 2aé&;<", max_size=60))
def test_any_text_is_read_without_a_fault(text: str | None) -> None:
    read = journal_citation(text)
    assert read is None or any(read)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, (None, None)),
        ("", (None, None)),
        ("-", (None, None)),
        ("47", ("47", None)),
        ("1-14", ("1", "14")),
        ("pp. 1–14", ("1", "14")),
        ("p. 47", ("47", None)),
        ("S12−S19", ("S12", "S19")),
        ("123-8", ("123", "8")),
        ("S1-1-S1-9", ("S1-1", "S1-9")),
        ("A-1-5", ("A-1", "5")),
        ("xii-xv", ("xii", "xv")),
        ("s. 12-p. 20", ("12", "20")),
    ],
)
def test_pages(text: str | None, expected: object) -> None:
    assert pages(text) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, (None, None, None)),
        ("1", "14", ("1", "14", None)),
        ("e6892 ", "e6892 ", (None, None, "e6892")),
        ("e589", None, (None, None, "e589")),
        ("e10", "e20", ("e10", "e20", None)),
        ("1-14", None, ("1", "14", None)),
        ("1-14", "14", ("1", "14", None)),
        ("1-14", "1-14", ("1", "14", None)),
        (None, "1-14", ("1", "14", None)),
        (None, "199", ("199", None, None)),
        ("S1-1", "S1-9", ("S1-1", "S1-9", None)),
        ("-", "-", (None, None, None)),
        ("5", "5", ("5", "5", None)),
    ],
)
def test_extent(first: str | None, last: str | None, expected: object) -> None:
    assert extent(first, last) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("Volume 14", "14"),
        ("Vol. XII", "XII"),
        ("vol14", "14"),
        ("Bd. 3", "3"),
        ("Том 7", "7"),
        ("14", "14"),
        ("Volumen especial", "Volumen especial"),
    ],
)
def test_volume(text: str | None, expected: object) -> None:
    assert volume(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("Issue 3", "3"),
        ("No. 3", "3"),
        ("nº 3", "3"),
        ("№ 3", "3"),
        ("Núm. 34", "34"),
        ("special issue", "special issue"),
        ("November", "November"),
        ("Suppl 1", "Suppl 1"),
        ("7 (2017)", "7"),
        ("No. 1-2 (2020)", "1-2"),
        ("2 (34)", "2 (34)"),
        ("(2017)", "(2017)"),
    ],
)
def test_issue(text: str | None, expected: object) -> None:
    assert issue(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Int. J.; Vol 2, No 2 (2011): Int. J. Vol 2; 243-256", ("Int. J.", "2", "2", "243", "256", "2011")),
        ("Revista X; v. 10, n. 2 (2012); 1-9", ("Revista X", "10", "2", "1", "9", "2012")),
        ("Rev; Vol. 1 Núm. 2 (2010): Enero; 3-8", ("Rev", "1", "2", "3", "8", "2010")),
        ("Rev; Núm. 34 (2015); 34-56", ("Rev", None, "34", "34", "56", "2015")),
        ("Журнал; Том 2 № 3 (2015); 1-2", ("Журнал", "2", "3", "1", "2", "2015")),
        ("J; Vol. 3 (2019)", ("J", "3", None, None, None, "2019")),
    ],
)
def test_open_journal_systems(text: str | None, expected: object) -> None:
    assert ojs_source(text) == JournalCitation(*expected)


@pytest.mark.parametrize(
    "text", [None, "", "PAN Biblioteka Kórnicka", "Smith; Jones; Brown", "J, Vol 1 (2001)"]
)
def test_what_is_not_theirs_is_left(text: str | None) -> None:
    assert ojs_source(text) is None
