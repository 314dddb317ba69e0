"""A record in a few lines."""

import pytest

from catalog.record import Container, Contributor, PartialDate, Record
from web.pages.views.brief import brief, language_of, numbering, people


def journal(**told: str) -> Container:
    return Container(title="Journal", **told)  # type: ignore[arg-type]  # parts of a place that are text


@pytest.mark.parametrize(
    ("issued", "container", "expected"),
    [
        (
            PartialDate(year=2023),
            journal(volume="4", issue="2", first_page="9", last_page="10"),
            "2023;4(2):9–10",
        ),
        (PartialDate(year=2023), journal(volume="14"), "2023;14"),
        (PartialDate(year=2023), journal(issue="2"), "2023;(2)"),
        (PartialDate(year=2023), journal(article_number="e17"), "2023:e17"),
        (PartialDate(year=2019, end_year=2021), None, "2019–2021"),
        (PartialDate(literal="19uu"), None, "19uu"),
        (None, journal(volume="3", first_page="9"), "3:9"),
        (None, journal(first_page="9"), "9"),
        (None, None, ""),
    ],
)
def test_when_and_where_in_its_journal(
    issued: PartialDate | None, container: Container | None, expected: str
) -> None:
    assert numbering(Record(issued=issued, container=container)) == expected


def by(*names: str, role: str = "author") -> tuple[Contributor, ...]:
    return tuple(Contributor(literal=name, role=role) for name in names)


@pytest.mark.parametrize(
    ("contributors", "expected"),
    [
        ((), ("", 0)),
        (by("A", "B"), ("A, B", 0)),
        (by("Last, First", "B"), ("Last, First; B", 0)),
        (by(*"ABCDEF"), ("A, B, C, D", 2)),
        ((*by("Editor", role="editor"), *by("Author")), ("Author", 0)),
        (by("Editor", role="editor"), ("Editor", 0)),
        (by("Illustrator", role="illustrator"), ("Illustrator", 0)),
    ],
)
def test_who(contributors: tuple[Contributor, ...], expected: tuple[str, int]) -> None:
    assert people(Record(contributors=contributors)) == expected


def test_what_stands_alone_is_at_its_publisher() -> None:
    told = brief(Record(type="book", publisher="Press", languages=("id", "pt-BR")))
    assert (told.venue, told.is_part) == ("Press", False)
    assert told.badges == ("Book", "Indonesian", "Portuguese (Brazil)")
    assert brief(Record(container=journal(), publisher="Press")).is_part


@pytest.mark.parametrize(
    ("languages", "expected"), [((), None), (("en",), None), (("ar",), "ar"), (("en", "fr"), None)]
)
def test_only_a_record_of_one_language_tells_that_of_its_title(
    languages: tuple[str, ...], expected: str | None
) -> None:
    assert language_of(Record(languages=languages)) == expected
