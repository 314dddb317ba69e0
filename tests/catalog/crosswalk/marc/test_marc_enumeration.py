"""773 $g as catalogues write it."""

import pytest

from catalog.crosswalk.marc.enumeration import Enumeration, enumeration


def read(*texts: str, coded: str | None = None) -> tuple[str | int | None, ...]:
    made = enumeration(texts, coded)
    issued = made.issued
    return (
        made.volume,
        made.issue,
        made.first_page,
        made.last_page,
        made.article_number,
        issued.year if issued else None,
        issued.month if issued else None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vol. 24, no. 1 (Apr. 2024), p. 1-14", ("24", "1", "1", "14", None, 2024, 4)),
        ("Vol. 24, No. 1 (2024), pp. 1–14.", ("24", "1", "1", "14", None, 2024, None)),
        ("24(2024)1, S. 1-14", ("24", "1", "1", "14", None, 2024, None)),
        ("24(2024), 1, Seite 12-31", ("24", "1", "12", "31", None, 2024, None)),
        ("24 (2024) 1, Seite 12-31", ("24", "1", "12", "31", None, 2024, None)),
        ("24 (2024), H. 3, S. 5-9", ("24", "3", "5", "9", None, 2024, None)),
        ("Bd. 24 (2024), Nr. 1, S. 1-14", ("24", "1", "1", "14", None, 2024, None)),
        ("Jg. 12, H. 3", ("12", "3", None, None, None, None, None)),
        ("Jg. 12 (1999), Heft 3/4, S. 201-214", ("12", "3/4", "201", "214", None, 1999, None)),
        ("24:1 (2024), p. 1-14", ("24", "1", "1", "14", None, 2024, None)),
        ("24/1 (2024)", ("24", "1", None, None, None, 2024, None)),
        ("24, 1 (2024), s. 1-14", ("24", "1", "1", "14", None, 2024, None)),
        ("24 (1), 1-14", ("24", "1", "1", "14", None, None, None)),
        ("24(1)", ("24", "1", None, None, None, None, None)),
        ("2024, 24 (1), 1-14", ("24", "1", "1", "14", None, 2024, None)),
        ("v. 24, n. 1, p. 1-14, jan./abr. 2024", ("24", "1", "1", "14", None, 2024, None)),
        ("T. 12, no 3 (juil.-sept. 2012), p. 45-67, 70", ("12", "3", "45", "67", None, 2012, None)),
        ("Vol. 5, nº 2 (2010), págs. 33-40", ("5", "2", "33", "40", None, 2010, None)),
        ("Т. 5, № 2 (2010), с. 33-40", ("5", "2", "33", "40", None, 2010, None)),
        ("Roč. 15, č. 4 (2009), s. 12-13", ("15", "4", "12", "13", None, 2009, None)),
        ("2010, no. 3, p. 5", (None, "3", "5", None, None, 2010, None)),
        ("no. 77 (Dec. 1999), p. 12-13", (None, "77", "12", "13", None, 1999, 12)),
        ("p. 231-250", (None, None, "231", "250", None, None, None)),
        ("pages 231-250 : illustrations", (None, None, "231", "250", None, None, None)),
        ("S. 17", (None, None, "17", None, None, None, None)),
        ("Vol. 10, article no. e1003285 (2013)", ("10", None, None, None, "e1003285", 2013, None)),
        ("2013, article e1003285", (None, None, None, None, "e1003285", 2013, None)),
        ("Vol. 20, p. xii-xx", ("20", None, "xii", "xx", None, None, None)),
        ("Suppl. 2", (None, None, None, None, None, None, None)),
        ("(1999)", (None, None, None, None, None, 1999, None)),
        ("", (None, None, None, None, None, None, None)),
        ("in the press", (None, None, None, None, None, None, None)),
    ],
)
def test_free_text(text: str, expected: tuple[str | int | None, ...]) -> None:
    assert read(text) == expected


def test_keyed_parts_win_over_the_sentence_beside_them() -> None:
    assert read(
        "24(2024), 1, Seite 12-31", "volume:24", "year:2024", "month:04", "number:1/2", "pages:12-31"
    ) == (
        "24",
        "1/2",
        "12",
        "31",
        None,
        2024,
        4,
    )


@pytest.mark.parametrize(
    ("coded", "expected"),
    [
        ("24:1<1", ("24", "1", "1", None)),
        ("24<231", ("24", None, "231", None)),
        ("24:1", ("24", "1", None, None)),
        ("24:1:3<17", ("24", "1", "17", None)),
        (":::", (None, None, None, None)),
    ],
)
def test_coded_enumeration(coded: str, expected: tuple[str | None, ...]) -> None:
    assert enumeration((), coded)[:4] == expected


def test_text_goes_before_the_code() -> None:
    assert read("Vol. 24, p. 1-14", coded="24:1<1")[:4] == ("24", "1", "1", "14")


def test_nothing_gives_nothing() -> None:
    assert enumeration(()) == Enumeration()
