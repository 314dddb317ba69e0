"""Links, licences, identifiers and classes, as the crosswalks share them."""

import pytest

from catalog.crosswalk import parts
from catalog.record import Issn, Licence, Link, Subject


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("not an address", None),
        ("example.org/x", None),
        ("ftp://example.org/x", "ftp://example.org/x"),
        (" HTTPS://example.org/a b ", "HTTPS://example.org/a%20b"),
        ("www.example.org", "http://www.example.org"),
        ("javascript:alert(1)", None),
    ],
)
def test_web_address(value: str | None, expected: str | None) -> None:
    assert parts.web_address(value) == expected


@pytest.mark.parametrize(
    ("said", "address", "expected"),
    [
        ("PDF", "http://x/1", "application/pdf"),
        ("text/html; charset=utf-8", "http://x/1", "text/html"),
        ("ePUB", "http://x/1", "application/epub+zip"),
        (None, "http://x/1.PDF?download=1", "application/pdf"),
        ("", "http://x/pdf", None),
        ("print", "http://x/1", None),
    ],
)
def test_media_type(said: str | None, address: str, expected: str | None) -> None:
    assert parts.media_type(said, address) == expected


def test_a_link_stands_once_and_full_texts_first() -> None:
    page, text = Link(url="https://x.org/a", kind="record"), Link(url="https://x.org/b", kind="fulltext")
    again = Link(url="http://x.org/b/", kind="fulltext")
    assert parts.unique_links([page, None, text, again]) == (text, page)


@pytest.mark.parametrize(
    ("url", "label", "expected"),
    [
        (None, None, None),
        ("", " ", None),
        (
            "https://creativecommons.org/licenses/by-sa/4.0/",
            None,
            ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ),
        (
            "https://creativecommons.org/publicdomain/mark/1.0/",
            None,
            ("https://creativecommons.org/publicdomain/mark/1.0/", "Public domain"),
        ),
        ("https://example.org/terms", "CC BY", ("https://example.org/terms", "CC BY")),
        ("https://example.org/terms", None, ("https://example.org/terms", None)),
        ("CC BY", "CC BY", (None, "CC BY")),
    ],
)
def test_licence(url: str | None, label: str | None, expected: tuple[str | None, str | None] | None) -> None:
    assert parts.licence(url, label) == (expected and Licence(url=expected[0], label=expected[1]))


def test_an_issn_given_for_both_media_has_neither() -> None:
    caveats: list[str] = []
    found = parts.issns(
        caveats, printed="1678-4464", electronic="16784464", others=["1678-4464", "", "0102-311x"]
    )
    assert found == (Issn(value="1678-4464"), Issn(value="0102-311X"))
    assert caveats == []


@pytest.mark.parametrize(
    "value",
    [
        "https://doaj.org/article/0123456789abcdef0123456789ABCDEF",
        "oai:doaj.org/article:0123456789abcdef0123456789abcdef",
        " 0123456789abcdef0123456789abcdef ",
    ],
)
def test_the_number_of_a_doaj_article(value: str) -> None:
    found = parts.doaj_identifier(None, "x", value)
    assert found is not None
    assert found.value == "0123456789abcdef0123456789abcdef"


def test_captions_and_codes_may_lack_each_other() -> None:
    found = parts.lcc_subjects(
        ["Psychology", "Medicine", "R", "BF1-990", " ", "Of another tree", "ZZ1-2", "Law"]
    )
    assert [(s.term, s.code) for s in found] == [
        ("Psychology", "BF1-990"),
        ("Medicine", "R"),
        ("Psychology", "BF1-990"),
        ("Of another tree", "ZZ1-2"),
        ("Law", "K"),
    ]


def test_a_subject_with_a_code_stands_for_the_one_without() -> None:
    bare, coded = (
        Subject(term="By period", scheme="lcc"),
        Subject(term="By period", scheme="lcc", code="CB305-430"),
    )
    other = Subject(term="By period", scheme="lcc", code="B108-5802")
    assert parts.unique_subjects([bare, None, coded, coded, other]) == (coded, other)


def test_an_orcid_is_given_to_no_one_when_a_field_holds_several() -> None:
    made = list(
        parts.credited("LI Wen; ZHENG Bo; CHEN Bin", [], orcid="0000-0002-1825-0097", affiliations=["X"])
    )
    assert [(one.literal, one.orcid, one.affiliations) for one in made] == [
        ("LI Wen", None, ()),
        ("ZHENG Bo", None, ()),
        ("CHEN Bin", None, ()),
    ]


SENTENCE = "We have described the main aspects of the current state of biographical studies in the country. "


def test_running_text_is_no_name_and_is_kept_in_a_caveat() -> None:
    caveats: list[str] = []
    assert list(parts.credited(SENTENCE * 2, caveats)) == []
    assert caveats == [f"not a name: {(SENTENCE * 2).strip()}"]


@pytest.mark.parametrize(
    "name",
    [
        " ".join(["Committee on Enhancing the Internet for Health and Biomedical Applications"] * 3),
        "; ".join(f"Smith, John {letter}." for letter in "ABCDEFGHIJKLMNOPQRST"),
    ],
)
def test_a_long_name_is_a_name(name: str) -> None:
    caveats: list[str] = []
    assert list(parts.credited(name, caveats))
    assert caveats == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Growth of the hard palate: a case control study.",
            "Growth of the hard palate: a case control study",
        ),
        ("Een onderzoek in Nederland .", "Een onderzoek in Nederland"),
        ("Water witching U.S.A.", "Water witching U.S.A."),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ("America is...", "America is..."),
        ("Who cares?", "Who cares?"),
        (".", "."),
    ],
)
def test_a_title_has_no_closing_stop(title: str, expected: str) -> None:
    assert parts.shown_title(title, []) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Abstract</p><p>Background: x</p>", "Background: x"),
        ("Resumen\r\nLa faringoamigdalitis", "La faringoamigdalitis"),
        ("Abstract thinking is hard", "Abstract thinking is hard"),
        ("", None),
        (None, None),
    ],
)
def test_an_abstract_has_no_heading(text: str | None, expected: str | None) -> None:
    assert parts.abstract(text) == expected
