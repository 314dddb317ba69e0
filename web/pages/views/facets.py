"""Facets as lists of links: each value leads to as many records as it says."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.display import LEVEL
from index.engine import FacetValue, Hits
from index.folding import fold
from index.tree import Branch, Recount, subject_tree, within
from web.asked import Search
from web.pages.labels import FIELDS, value_label
from web.pages.views.chart import Chart, chart

SHOWN = ("subject", "year", "journal", "language", "type", "keyword", "author", "source", "has")
"""The facets beside the hits, in their order."""

COUNTED = 60
"""Values asked for of each: enough to find the broadest subjects among them."""

VALUES = 8

_ASKED_FOR = ("fulltext", "abstract", "doi", "licence", "keyword", "orcid", "isbn", "issn")


class Row(NamedTuple):
    """One value: `address` leads to the search narrowed to it or, where `is_chosen`, to that without it."""

    text: str
    records: int | None
    address: str
    is_chosen: bool
    under: tuple["Row", ...] = ()


class FacetView(NamedTuple):
    """One facet: the rows to show, and where all values are, where there are more; years as a chart."""

    name: str
    label: str
    rows: tuple[Row, ...]
    more: str | None
    chart: Chart | None = None


def facet_views(search: Search, hits: Hits, recount: Recount | None = None) -> Iterator[FacetView]:
    """Yield the facets that can narrow a search down further, or that do so."""
    for facet in SHOWN:
        values = hits.facets[facet]
        chosen = chosen_of(search, facet)
        if facet == "has":
            values = tuple(each for each in values if _tells(each, hits.total) or fold(each.value) in chosen)
        if values:
            bars = chart(search, values, recount) if facet == "year" else None
            yield facet_view(search, facet, values, chosen)._replace(chart=bars)


def _tells(value: FacetValue, total: int) -> bool:
    """Tell whether readers ask for records that have this, and some of the hits have not."""
    return value.value in _ASKED_FOR and value.count < total


def facet_view(search: Search, facet: str, values: Sequence[FacetValue], chosen: set[str]) -> FacetView:
    """Return one facet; `values` begin with the most frequent."""
    if facet == "subject":
        found = sorted(values, key=lambda value: not _is_near(value.value, chosen))
        rows = nested(search, subject_tree(found[: max(VALUES, len(chosen))]), chosen)
    else:
        found = sorted(values, key=lambda value: fold(value.value) not in chosen) if chosen else list(values)
        rows = tuple(row(search, facet, value, chosen) for value in found[: max(VALUES, len(chosen))])
    more = search.at_page(1).address(f"/search/facet/{facet}") if len(values) > VALUES else None
    return FacetView(facet, FIELDS[facet], rows, more)


def row(search: Search, facet: str, value: FacetValue, chosen: set[str]) -> Row:
    """Return a value as a link."""
    is_chosen = fold(value.value) in chosen
    return Row(
        value_label(facet, value.value),
        value.count,
        _address(search, facet, value.value, is_chosen=is_chosen),
        is_chosen,
    )


def nested(search: Search, branches: Sequence[Branch], chosen: set[str]) -> tuple[Row, ...]:
    """Return subjects with those under them."""
    return tuple(_nested(search, branches, chosen))


def _nested(search: Search, branches: Sequence[Branch], chosen: set[str]) -> Iterator[Row]:
    for branch, under in within(branches):
        is_chosen = fold(branch.value) in chosen
        yield Row(
            branch.caption,
            branch.records,
            _address(search, "subject", branch.value, is_chosen=is_chosen),
            is_chosen,
            nested(search, under, chosen),
        )


def _address(search: Search, facet: str, value: str, *, is_chosen: bool) -> str:
    if not is_chosen:
        return search.narrowed(facet, value).address()
    return without(search, facet, value).address()


def without(search: Search, facet: str, value: str) -> Search:
    """Return a search without a filter, however its value was spelled."""
    for name, given in search.filters:
        if name == facet and fold(given) == fold(value):
            search = search.widened(name, given)
    return search


def chosen_of(search: Search, facet: str) -> set[str]:
    """Return the values of a facet that a search is narrowed to, folded."""
    return {fold(value) for name, value in search.filters if name == facet}


def _is_near(value: str, chosen: set[str]) -> bool:
    """Tell the broadest subjects, those chosen with all above them, and those just under them."""
    folded = fold(value)
    above = folded.rpartition(LEVEL)[0]
    return (
        not above
        or above in chosen
        or any(f"{each}{LEVEL}".startswith(f"{folded}{LEVEL}") for each in chosen)
    )
