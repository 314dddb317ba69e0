"""Pages of every form sources use."""

import pytest

from catalog.export.pages import page_count, page_total, pages
from catalog.record import Container


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("1", "14", "1--14"),
        ("123", "8", "123--128"),
        ("199", "05", "199--05"),
        ("S12", "9", "S12--S19"),
        ("S1", "S9", "S1--S9"),
        ("e12", None, "e12"),
        ("A-12", "A-15", "A-12--A-15"),
        ("A-12", None, "A-12"),
        ("1897–1930", None, "1897--1930"),
        ("123-8", None, "123--128"),
        ("123—128", None, "123--128"),
        ("1-4, 9-12", None, "1--4, 9--12"),
        ("pp. 5-9", None, "5--9"),
        ("p. 7", None, "7"),
        ("xii", "xv", "xii--xv"),
        ("1", "1", "1--1"),
        ("12", "2", "12--2"),
        (None, "7", "7"),
        ("1 p.", None, None),
        ("-", None, None),
        ("–", "-", None),
        (None, None, None),
    ],
)
def test_pages_are_a_range_in_full(first: str | None, last: str | None, written: str | None) -> None:
    assert pages(Container(first_page=first, last_page=last)) == written


def test_a_count_of_pages_is_no_page() -> None:
    assert page_count(Container(first_page="1 p.")) == "1"
    assert page_count(Container(first_page="12")) is None
    assert page_count(None) is None
    assert pages(None) is None


@pytest.mark.parametrize(
    ("extent", "total"),
    [("xii, 340 p. : ill.", "340"), ("[24] p.", "24"), ("123 Seiten", None), ("2 v.", None), (None, None)],
)
def test_the_total_is_read_from_the_extent(extent: str | None, total: str | None) -> None:
    assert page_total(extent) == total
