"""Subjects of the whole catalogue: the classes as a tree, headings by their first letters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.normalize.classes import class_table, codes_below
from index.display import LEVEL, levels
from index.engine import FacetValue
from index.folding import fold
from web.asked import Search
from web.pages.views.facets import Row

ORDERS = {"shelf": "Call number", "count": "Most records first"}
DIGITS = "0-9"
OTHER = "other"


def class_tree(values: Iterable[FacetValue], order: str) -> tuple[Row, ...]:
    """Return the classes that records are in, those below within those above, each level in its order."""
    return tuple(_below("", {fold(value.value): value for value in values}, order))


def _below(code: str, records: Mapping[str, FacetValue], order: str) -> Iterator[Row]:
    rows = list(_rows(code, records, order))
    yield from sorted(rows, key=lambda row: -(row.records or 0)) if order == "count" else rows


def _rows(code: str, records: Mapping[str, FacetValue], order: str) -> Iterator[Row]:
    for below in codes_below(code):
        found = records.get(fold(_value(below)))
        if found is not None:
            address = Search(filters=(("subject", found.value),)).address()
            text = f"{below} {found.value.split(LEVEL)[-1]}"
            yield Row(text, found.count, address, is_chosen=False, under=tuple(_below(below, records, order)))


def _value(code: str) -> str:
    return levels(class_table().by_code[code])[-1]


def headings(values: Iterable[FacetValue]) -> list[FacetValue]:
    """Return the values that are no class of the table."""
    classes = {fold(_value(code)) for code in class_table().by_code}
    return [value for value in values if fold(value.value) not in classes]


def initials(values: Iterable[FacetValue]) -> dict[str, int]:
    """Return the first letters of headings, each with how many begin so; other scripts are one."""
    counts: dict[str, int] = {}
    for value in values:
        if LEVEL not in value.value:
            letter = initial(value.value)
            counts[letter] = counts.get(letter, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (len(pair[0]), pair[0])))


def beginning(values: Iterable[FacetValue], letter: str) -> Sequence[FacetValue]:
    """Return the headings that begin with a letter, and those under them."""
    return [value for value in values if initial(value.value) == letter]


def initial(value: str) -> str:
    """Return the letter of Latin script that a heading is filed under, DIGITS or OTHER."""
    first = next((sign for sign in fold(value) if sign.isalnum()), "")
    if "a" <= first <= "z":
        return first
    return DIGITS if first.isdigit() else OTHER
