"""Merging segments is inverting the documents that are left; how they are grouped makes no difference."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from index.whoosh.inverting import invert
from index.whoosh.merging import merge
from tests.index.whoosh.wild import content, wild_documents

Part = tuple[list[Document], set[int]]


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    batches = draw(st.lists(wild_documents, max_size=4))
    return [
        (batch, {number for number in range(len(batch)) if draw(st.integers(0, 2)) == 0}) for batch in batches
    ]


def left(found: Sequence[Part]) -> list[Document]:
    return [document for batch, deleted in found for n, document in enumerate(batch) if n not in deleted]


@settings(deadline=None, max_examples=40)
@given(parts())
def test_merged_is_as_inverted_at_once(found: list[Part]) -> None:
    merged = merge([(invert(batch), deleted) for batch, deleted in found])
    assert content(merged) == content(invert(left(found)))


@settings(deadline=None, max_examples=40)
@given(parts(), st.integers(0, 4))
def test_merging_some_of_them_first_makes_no_difference(found: list[Part], some: int) -> None:
    inverted = [(invert(batch), deleted) for batch, deleted in found]
    first = merge(inverted[:some])
    assert content(merge([(first, ()), *inverted[some:]])) == content(merge(inverted))
