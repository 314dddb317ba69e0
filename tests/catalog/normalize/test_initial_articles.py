"""What filing skips at the beginning of a title."""

import pytest

from catalog.normalize.articles import non_filing


@pytest.mark.parametrize(
    ("title", "languages", "skipped"),
    [
        ("The effect of peers", ("en",), 4),
        ("Theory", ("en",), 0),
        ("A", ("en",), 0),
        ("Les misérables", ("fr",), 4),
        ("L'effet des pairs", ("fr",), 2),
        ("L’effet des pairs", ("fr",), 2),
        ("’n Boek", ("af",), 3),
        ("'n Boek", ("af",), 3),
        ("’t Hof", ("nl-BE",), 3),
        ("The effect of peers", (), 4),
        ("Die Wirkung", (), 0),
        ("Die Wirkung", ("de", "en"), 4),
        ("Der  weite Raum", ("de",), 5),
        ("Der           weite Raum", ("de",), 0),
    ],
)
def test_the_article_of_its_language_is_skipped(title: str, languages: tuple[str, ...], skipped: int) -> None:
    assert non_filing(title, languages) == skipped
