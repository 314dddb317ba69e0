"""From a Record to what an engine indexes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an engine sees it.

    `text`: field -> tokens of each value, in order (a phrase never runs over two values).
    `values`: field -> whole normalised values. `numbers`: field -> integers.
    `facets`: facet -> display values, each once. `sort`: order -> sort key text.
    """

    key: str
    text: Mapping[str, tuple[tuple[str, ...], ...]]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[str, ...]]
    sort: Mapping[str, str]
