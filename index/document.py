"""From a Record to what an engine indexes."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.analyzer import Token


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an engine sees it.

    `text`: field -> `analyzer.analyze` of each value (a phrase never runs over two values); a Token has a
    text and a position within its value, and several tokens may stand at one position.
    `values`: field -> whole values in the form `index.values.normal` gives them, as the parser does.
    `numbers`: field -> integers.
    `facets`: facet -> display values, each once. `sort`: order -> sort key text.
    """

    key: str
    text: Mapping[str, tuple[tuple[Token, ...], ...]]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[str, ...]]
    sort: Mapping[str, str]
