"""What a search is narrowed down by, each with a link to the search without it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from web.asked import Search
from web.pages.labels import DIALECTS, FIELDS, value_label


class Chip(NamedTuple):
    """One narrowing: what it is, its value, and the search without it."""

    label: str
    text: str
    without: Search


def chips(search: Search, liked: str | None = None) -> Iterator[Chip]:
    """Yield what narrows a search down; `liked` is the title of the record that those found are like."""
    if search.like is not None:
        yield Chip("Like", liked or search.like, replace(search, like=None, page=1))
    if search.dialect is not None:
        yield Chip("Syntax", DIALECTS[search.dialect], replace(search, dialect=None, page=1))
    if search.exact:
        yield Chip("Words", "exactly as typed", replace(search, exact=False, page=1))
    for facet, value in search.filters:
        yield Chip(FIELDS[facet], value_label(facet, value), search.widened(facet, value))
    if search.first_year is not None or search.last_year is not None:
        yield Chip("Year", years(search.first_year, search.last_year), search.between(None, None))


def years(first: int | None, last: int | None) -> str:
    """Return a span of years in words."""
    if first == last:
        return str(first)
    if first is None:
        return f"up to {last}"
    return f"from {first}" if last is None else f"{first}–{last}"


def bare(search: Search) -> Search:
    """Return a search without all that narrows it down."""
    return replace(search, filters=(), first_year=None, last_year=None, like=None, exact=False, page=1)
