"""From a Document to what Whoosh's writer takes; nothing in it can make the writer fail half-way."""

from collections.abc import Iterable
from typing import Any

from index.analyzer import Tokens
from index.document import SORT_KEYS, Document
from index.fields import FACETS
from index.postings import VALUE_GAP
from index.whoosh.runs import encoded_positions
from index.whoosh.schema import KEY, Posting, facet_column, length_column, sort_column
from index.whoosh.terms import encoded, encoded_number

BETWEEN = "\x1f"
"""Stands between the values of one facet of one document."""

_LAST_START = (1 << 32) - (1 << 24)  # positions are unsigned 32-bit integers


def row(document: Document) -> dict[str, Any]:
    """Return the fields of a document for `add_document`."""
    fields: dict[str, Any] = {KEY: [_posting(encoded(document.key))], f"{KEY}s": document.key}
    for name, texts in document.text.items():
        fields[name] = _text_postings(texts)
        fields[length_column(name)] = sum(len(tokens.words) for tokens in texts)
    for name, values in document.values.items():
        fields[name] = [_posting(term) for term in dict.fromkeys(map(encoded, values))]
    for name, numbers in document.numbers.items():
        fields[name] = [_posting(term) for term in dict.fromkeys(map(encoded_number, numbers))]
    for facet in FACETS:
        if shown := document.facets.get(facet):
            fields[facet_column(facet)] = BETWEEN.join(value.replace(BETWEEN, " ") for value in shown)
    for sort_key in SORT_KEYS:
        if known := document.sort.get(sort_key):
            fields[sort_column(sort_key)] = known
    return fields


def _posting(term: bytes) -> Posting:
    return term, 1, 1.0, b""


def _text_postings(texts: Iterable[Tokens]) -> list[Posting]:
    places: dict[str, list[int]] = {}
    start = 0
    for tokens in texts:
        for text, position in zip(*tokens, strict=True):
            known = places.get(text)
            if known is None:
                places[text] = [start + position]
            else:
                known.append(start + position)
        if tokens.words:
            start = min(start + tokens.positions[-1] + VALUE_GAP, _LAST_START)
    return [
        (text.encode("utf-8", "replace"), len(found), float(len(found)), encoded_positions(found))
        for text, found in places.items()
    ]
