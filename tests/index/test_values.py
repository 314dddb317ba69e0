"""Values are indexed and asked for in one form."""

import pytest

from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Licence,
    Link,
    PartialDate,
    Record,
    Subject,
)
from index.document import document
from index.fields import HAS
from index.values import fault, nearest, normal, prefix


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("doi", "https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi", "no", None),
        ("issn", "20493630", "2049-3630"),
        ("issn", "2049-3631", None),
        ("isbn", "0306406152", "9780306406157"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("language", "eng", "en"),
        ("declared", "French", "fr"),
        ("lcc", "ra 1-1270", "RA1-1270"),
        ("id", "  Some Key ", "some key"),
        ("id", "doi:10.1000/ABC", "10.1000/abc"),
        ("id", "version 10.2", "version 10.2"),
        ("source", "DOAJ", "doaj"),
        ("type", "Book", "book"),
        ("type", "boook", None),
        ("has", "ti", "title"),
        ("has", "fulltext", "fulltext"),
        ("has", "nothing", None),
        ("source", "  ", None),
        ("lcc", " ", None),
    ],
)
def test_normal_form(field: str, text: str, expected: str | None) -> None:
    assert normal(field, text) == expected
    if expected:
        assert normal(field, expected) == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("issn", "2049-3631", "2049-3631 is no ISSN: its check digit should be 0"),
        ("issn", "1050-1240", "1050-1240 is no ISSN: its check digit should be X"),
        ("isbn", "0-306-40615-3", "0-306-40615-3 is no ISBN: its check digit should be 2"),
        ("isbn", "9780306406158", "9780306406158 is no ISBN: its check digit should be 7"),
        ("orcid", "0000-0002-1694-2330", "0000-0002-1694-2330 is no ORCID iD: its check digit should be X"),
        ("issn", "123", "123 is no ISSN"),
        ("issn", "abcd-efgh", "abcd-efgh is no ISSN"),
        ("doi", "x", "x is no DOI"),
        ("language", "Klingonese", "Klingonese is no language"),
    ],
)
def test_a_fault_names_the_right_check_digit(field: str, text: str, expected: str) -> None:
    assert fault(field, text) == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("type", "artcle-journal", "article-journal"),
        ("has", "abstrct", "abstract"),
        ("type", "zzz", None),
        ("doi", "x", None),
    ],
)
def test_nearest_value(field: str, text: str, expected: str | None) -> None:
    assert nearest(field, text) == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("lcc", "ra 1", "RA1"),
        ("doi", "10.1000/AB", "10.1000/ab"),
        ("language", "pt-B", "pt-B"),
        ("issn", "2049-", "2049-"),
    ],
)
def test_beginning_of_a_value(field: str, text: str, expected: str) -> None:
    assert prefix(field, text) == expected


def test_all_that_a_document_has_can_be_asked_for() -> None:
    record = Record(
        type="chapter",
        title="Peer support",
        contributors=(Contributor(literal="Ada Doe", orcid="0000-0002-1825-0097", affiliations=("Hull",)),),
        issued=PartialDate(year=2020),
        container=Container(
            title="Book",
            issns=(Issn(value="2049-3630"),),
            isbns=("9780306406157",),
            first_page="1",
            languages=("en",),
        ),
        publisher="Press",
        identifiers=(Identifier(scheme="doi", value="10.1000/x"),),
        links=(Link(url="https://example.org/x.pdf", kind="fulltext"),),
        abstract="Words.",
        languages=("en",),
        keywords=("peers",),
        subjects=(Subject(term="Medicine", scheme="lcc", code="R"),),
        licence=Licence(label="CC BY"),
        notes=("A note",),
    )

    has = document("k", record, citation_key="doe2020", sources=["doaj"]).values["has"]

    assert set(has) == set(HAS)
