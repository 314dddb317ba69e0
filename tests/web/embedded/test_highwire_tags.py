"""The tags that reference managers and scholarly search engines read."""

import pytest

from catalog.record import Container, Contributor, Link, PartialDate, Record
from tests.web.embedded.described import ARTICLE, BOOK, CHAPTER, DATASET, THESIS
from web.embedded.highwire import highwire

PAGE = "https://library.example/record/doaj/1"


def test_an_article_is_told_whole_and_in_order() -> None:
    assert [tuple(tag) for tag in highwire(ARTICLE, PAGE)] == [
        ("citation_title", "Peer support online: C++ & <friends>"),
        ("citation_author", "Ruiz Lopez, Marta"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "World Health Organization"),
        ("citation_author_institution", "Geneva"),
        ("citation_author", "莫言"),
        ("citation_editor", "Lee, A"),
        ("citation_publication_date", "2024/04"),
        ("citation_journal_title", "Journal of Peers"),
        ("citation_volume", "24"),
        ("citation_issue", "1"),
        ("citation_firstpage", "123"),
        ("citation_lastpage", "128"),
        ("citation_issn", "0013-3183"),
        ("citation_issn", "1472-6963"),
        ("citation_doi", "10.1186/s12913-024-10943-y"),
        ("citation_publisher", "BMC"),
        ("citation_language", "en"),
        ("citation_keywords", "peer support"),
        ("citation_keywords", "mental health"),
        ("citation_abstract", "One. Two </script><!-- three."),
        ("citation_abstract_html_url", PAGE),
        ("citation_pdf_url", "https://example.org/a.pdf"),
        ("citation_fulltext_html_url", "https://example.org/a%20b"),
    ]


@pytest.mark.parametrize(
    ("record", "name", "content"),
    [
        (BOOK, "citation_isbn", "9780823929924"),
        (BOOK, "DC.type", "book"),
        (CHAPTER, "citation_inbook_title", "The book"),
        (CHAPTER, "citation_isbn", "9780823929924"),
        (THESIS, "citation_dissertation_institution", "University of Oulu"),
        (Record(type="report", publisher="WHO"), "citation_technical_report_institution", "WHO"),
        (
            Record(type="conference-paper", container=Container(title="Proceedings of X")),
            "citation_conference_title",
            "Proceedings of X",
        ),
        (DATASET, "DC.type", "dataset"),
    ],
)
def test_the_type_is_told_by_a_tag_of_its_own(record: Record, name: str, content: str) -> None:
    tags = dict(highwire(record, PAGE))
    assert tags[name] == content
    assert "citation_journal_title" not in tags


@pytest.mark.parametrize(
    ("issued", "written"),
    [
        (PartialDate(year=2024, month=4, day=1), "2024/04/01"),
        (PartialDate(year=2024, month=4), "2024/04"),
        (PartialDate(year=2024, month=1, month_doubtful=True), "2024"),
        (PartialDate(year=987), "0987"),
        (PartialDate(year=1999, end_year=2003), "1999"),
        (PartialDate(literal="19uu"), None),
        (PartialDate(year=-44), None),
        (None, None),
    ],
)
def test_of_a_date_only_what_is_known_is_told(issued: PartialDate | None, written: str | None) -> None:
    assert dict(highwire(Record(issued=issued), PAGE)).get("citation_publication_date") == written


def test_a_single_name_with_blanks_on_both_sides_stays_one() -> None:
    assert dict(highwire(CHAPTER, PAGE))["citation_author"] == "de la Cruz, Juan\u00a0Carlos"


def test_a_suffix_goes_with_the_given_names() -> None:
    king = Contributor(literal="King, Martin Luther, Jr.", family="King", given="Martin Luther", suffix="Jr.")
    assert dict(highwire(Record(contributors=(king,)), PAGE))["citation_author"] == "King, Martin Luther Jr."


def test_what_is_no_pdf_and_no_web_address_is_not_called_one() -> None:
    record = Record(links=(Link(url="javascript:x", kind="fulltext", media_type="application/pdf"),))
    assert {tag.name for tag in highwire(record, PAGE)} == {"DC.type", "citation_abstract_html_url"}
