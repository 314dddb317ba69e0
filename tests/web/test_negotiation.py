"""Which form a client wants, told by its Accept header."""

import pytest

from web.negotiation import preferred

OFFERS = ("text/html", "application/x-bibtex", "application/json", "application/marcxml+xml")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ([], "text/html"),
        (["*/*"], "text/html"),
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], "text/html"),
        (["application/x-bibtex"], "application/x-bibtex"),
        (["APPLICATION/X-BibTeX ; charset=utf-8"], "application/x-bibtex"),
        (["application/json;q=0.5, application/x-bibtex;q=0.4"], "application/json"),
        (["application/json;q=0.5", "application/x-bibtex"], "application/x-bibtex"),
        (["application/*"], "application/x-bibtex"),
        (["application/*, application/x-bibtex;q=0"], "application/json"),
        (["*/*, text/html;q=0.1"], "application/x-bibtex"),
        (["text/turtle, */*;q=0.1"], "text/html"),
        (["text/turtle"], None),
        (["text/html;q=0"], None),
        (["nonsense, ;;q=x, application/json;q=2"], "text/html"),
    ],
)
def test_the_form_of_most_weight_is_preferred(accept: list[str], wanted: str | None) -> None:
    assert preferred(accept, OFFERS) == wanted
