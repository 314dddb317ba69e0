"""Records as lines."""

import pytest

from catalog.record import Container, PartialDate, Record
from cli.listing import pages, year


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        (Container(first_page="1", last_page="14"), "1–14"),
        (Container(first_page="e12", last_page="e12"), "e12"),
        (Container(first_page="7"), "7"),
        (Container(last_page="9"), "9"),
        (Container(article_number="e0127427"), "e0127427"),
        (Container(), ""),
    ],
)
def test_pages(container: Container, expected: str) -> None:
    assert pages(container) == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (None, ""),
        (PartialDate(literal="19uu"), "19uu"),
        (PartialDate(end_year=1995, literal="-1995"), "-1995"),
        (PartialDate(year=1950, end_year=1955), "1950–1955"),
        (PartialDate(year=2015, month=1, month_doubtful=True), "2015"),
    ],
)
def test_year(issued: PartialDate | None, expected: str) -> None:
    assert year(Record(issued=issued)) == expected
