"""Hits of a list: under which name the words that were found are shown."""

import pytest

from catalog.record import Container, Record, Series
from catalog.store import StoredRecord
from index.engine import Hit, Hits
from index.query.parser import parse
from web.asked import Search
from web.pages.views.hits import hit_views


@pytest.mark.parametrize(
    ("record", "label"),
    [
        (Record(type="book", title="A", series=(Series(title="Peer work"),)), "Series"),
        (Record(type="article-journal", title="A", container=Container(title="Peer work")), "Journal"),
    ],
)
def test_a_series_is_not_called_a_journal(record: Record, label: str) -> None:
    came = "2020-01-01T00:00:00Z"
    stored = StoredRecord(
        "s/1", "a2020", record, ("s",), 1, deleted=False, crosswalk="plain", added_at=came, updated_at=came
    )
    (hit,) = hit_views(Search(q="peer"), parse("peer"), Hits(1, (Hit("s/1"),)), [stored])
    assert [excerpt.label for excerpt in hit.excerpts] == [label]
