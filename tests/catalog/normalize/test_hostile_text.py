"""Texts made to be slow: doubling one must not make it four times as slow."""

from collections.abc import Callable
from time import process_time

import pytest

from catalog.normalize.dates import partial_date
from catalog.normalize.identifiers import doi, doi_in, isbn
from catalog.normalize.text import plain, sentence_case, strip_isbd

SHAPES = [
    "&amp;",
    "<!--",
    "<![CDATA[",
    "<math>",
    "<style>",
    "<i a=1 ",
    "<sup>",
    " ",
    "10.1000/ ",
    "10.1000/(",
    "http://",
    "AB. ",
    "19--",
    " /",
]
READERS: list[Callable[[str], object]] = [plain, strip_isbd, sentence_case, doi, doi_in, isbn, partial_date]


# Quadratic patterns took between 4 and 76 seconds for these; a slow machine takes a tenth of a second now.
@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_takes_long(shape: str) -> None:
    text = shape * 20_000
    for read in READERS:
        started = process_time()
        read(text)
        assert process_time() - started < 2.5, read.__name__
