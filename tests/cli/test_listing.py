"""Records as lines."""

import sys
from types import SimpleNamespace

import pytest

from catalog.normalize.dates_in_words import in_years
from catalog.record import Container, PartialDate, Record
from cli.listing import pages, table
from cli.searching.marking import Marker
from index.query.parser import parse
from index.snippet import Highlighter


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
    assert in_years(issued) == expected


@pytest.mark.parametrize(
    ("terminal", "expected"),
    [
        (True, ["name     found", "統計     3", "\\x1b[2J  12"]),
        (False, ["統計\t3", "\\x1b[2J\t12"]),
    ],
)
def test_a_table_is_aligned_for_eyes_alone(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool, expected: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: terminal))
    assert list(table(("name", "found"), [("統計", "3"), ("\x1b[2J", "12")])) == expected


def test_a_title_stays_bold_behind_what_was_found_in_it() -> None:
    marker = Marker(Highlighter(parse("peer")), color=True)
    (line,) = marker.title(Record(title="A peer group"), 80, 2)
    assert line == "A \x1b[33m\x1b[1mpeer\x1b[0m\x1b[1m group"


def test_a_mark_that_begins_where_a_line_ends_begins_in_the_next() -> None:
    marker = Marker(Highlighter(parse("統計")), color=False)
    assert marker.title(Record(title="日本の統計学"), 7, 2) == ["日本の", "*統計*学"]
