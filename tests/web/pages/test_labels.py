"""Everything that can be shown has a name."""

from typing import get_args

import pytest

from catalog.record import RecordType
from index.engine import SORTS
from index.fields import FACETS, FIELDS, HAS
from index.understanding import DIALECTS
from web.pages import labels


@pytest.mark.parametrize(
    ("known", "named"),
    [
        (get_args(RecordType), labels.TYPES),
        (FIELDS, labels.FIELDS),
        (FACETS, labels.FIELDS),
        (SORTS, labels.SORTS),
        (DIALECTS, labels.DIALECTS),
    ],
)
def test_all_have_labels(known: tuple[str, ...], named: dict[str, str]) -> None:
    assert set(known) <= set(named)


def test_values_are_called_what_people_call_them() -> None:
    assert all(labels.value_label("has", value) != value for value in HAS)
    assert labels.value_label("type", "article-journal") == "Journal article"
    assert labels.value_label("keyword", "book") == "book"
