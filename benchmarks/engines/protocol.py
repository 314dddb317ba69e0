"""What an engine must do to be compared, and what it is given."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

Tree = list[Any]
"""A query as lists, `["and", …]`: analysed already, so that all engines look for the same tokens.

`["term", fields, stem]`, `["prefix", fields, letters]`, `["phrase", fields, [stem, …]]`,
`["near", fields, stem, stem, words between]`, `["range", low, high]`,
`["value", "type" or "language", value]`, `["and", …]`, `["or", …]`, `["not", tree]`.
"""

TEXTS = ("title", "abstract", "keyword", "subject", "author", "journal")
FACETS = ("subject", "year", "journal", "language", "type", "keyword")
VALUES = ("type", "language")
SHOWN = 20
"""Hits of a page."""
MOST = 8
"""Values shown of a facet."""


class Engine(Protocol):
    """One engine over an index in a folder."""

    def index(self, feed: Path) -> None:
        """Make the index, so that all of it is on disk."""

    def open(self) -> None:
        """Open the index to answer questions."""

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        """Find the first twenty and return how many there are.

        With `facets` count all hits by FACETS; with `snippets` read the twenty records and mark them.
        """


def entries(feed: Path) -> Iterator[dict[str, Any]]:
    """Yield records as engines are fed them.

    `key`, `text` (field -> stems with blanks between), `values` and `facets` (name -> list), `year` or None,
    `record` (all of it, as JSON).
    """
    with feed.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
