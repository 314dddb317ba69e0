"""A batch inverted by sorting is what each document adds, one after the other."""

from hypothesis import given, settings

from index.document import Document
from index.whoosh.inverting import invert
from tests.index.whoosh.wild import content, expected, wild_documents


@settings(deadline=None)
@given(wild_documents)
def test_arrays_say_what_the_documents_do(documents: list[Document]) -> None:
    assert content(invert(documents)) == expected(documents)
