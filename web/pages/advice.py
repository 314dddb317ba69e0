"""What may help whoever searched; nothing of it is searched unasked."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, TypeVar

from catalog.errors import CatalogueError, QueryTooCostly
from index.query.ast import All, And, Query
from index.query.printer import show
from index.suggest import suggest
from web.asked import Search
from web.pages.views.chips import bare, chips
from web.searching import Found, meaning, notes_on
from web.shelf import Visit
from web.site import Site

_MOST_NOTES = 6

_T = TypeVar("_T")


class Offer(NamedTuple):
    """Another search, in words, and how many records it finds."""

    text: str
    records: int
    address: str


class Advice(NamedTuple):
    """Notes on how the query was understood, other spellings, and wider searches where nothing was found.

    A note is text and, at every other place, what of the query it is about.
    """

    notes: tuple[tuple[str, ...], ...] = ()
    spellings: tuple[Offer, ...] = ()
    wider: tuple[Offer, ...] = ()


def advice(found: Found, visit: Visit, site: Site) -> Advice:
    """Return what is to say of a search and what could be searched for instead.

    Hits at hand are worth more than advice: where it would take more than a request may cost there is none.
    """
    notes = notes_on(found, visit)
    if not found.hits.total:
        notes += _granted(lambda: list(_close(found, visit)))
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"and {len(notes) - _MOST_NOTES:,} more notes on words"]
    spellings = _granted(lambda: list(_spellings(found, visit)))
    wider = [] if found.hits.total else _granted(lambda: list(_wider(found, visit, site)))
    return Advice(tuple(tuple(note.split("`")) for note in notes), tuple(spellings), tuple(wider))


def _granted(ask: Callable[[], list[_T]]) -> list[_T]:
    try:
        return ask()
    except QueryTooCostly:
        return []


def _close(found: Found, visit: Visit) -> Iterator[str]:
    """Yield how close records come to a query that finds none."""
    close = visit.engine.nearly(found.understood.query)
    if close is not None:
        records = "1 record has" if close.records == 1 else f"{close.records:,} records have"
        parts = "both" if close.wanted == 2 else f"all {close.wanted}"
        yield f"No record has {parts} parts of the search; {records} {close.met} of them"


def _spellings(found: Found, visit: Visit) -> Iterator[Offer]:
    """Yield the query with its words respelt; its filters stay filters."""
    search, understood = found.search, found.understood
    if (
        understood.narrowed is not None
    ):  # no more of a query was typed than narrows down what is like a record
        return
    for suggestion in suggest(understood.query, visit.engine):
        text = show(_typed(suggestion.query, search))
        yield Offer(text, suggestion.count, _plain(search, text).address())


def _typed(query: Query, search: Search) -> Query:
    """Return a query without the parts that web.searching.meaning put behind it for the filters."""
    ranged = search.first_year is not None or search.last_year is not None
    behind = len(search.filters) + ranged
    if not behind or not isinstance(query, And):
        return query
    left = query.children[:-behind]
    return And(left) if len(left) > 1 else left[0] if left else All()


def _wider(found: Found, visit: Visit, site: Site) -> Iterator[Offer]:
    """Yield searches that ask for less: without what is found nowhere or a filter, for any of the words."""
    offers = dict(_held(found, visit))
    offers |= _less(found.search)
    queries = {}
    for offered in offers:
        with suppress(CatalogueError):  # what is no better than the search itself is not offered
            queries[offered] = meaning(offered, visit, site).query
    counts = visit.engine.counts(list(queries.values()))
    for offered, count in zip(queries, counts, strict=True):
        if count:
            yield Offer(offers[offered], count, offered.address())


def _held(found: Found, visit: Visit) -> Iterator[tuple[Search, str]]:
    """Yield the search for those parts of the query that any record has, where others have none."""
    query = _typed(found.understood.query, found.search)
    if found.understood.narrowed is not None or not isinstance(query, And):
        return
    counts = visit.engine.counts(query.children)
    held = tuple(child for child, count in zip(query.children, counts, strict=True) if count)
    if 0 < len(held) < len(query.children):
        text = show(held[0] if len(held) == 1 else And(held))
        yield _plain(found.search, text), f"Only {text}"


def _plain(search: Search, text: str) -> Search:
    """Return a search for another query, written as we write it."""
    return replace(search, q=text, question=False, dialect=None, exact=False, page=1)


def _less(search: Search) -> Iterator[tuple[Search, str]]:
    narrowings = list(chips(search))
    for chip in narrowings:
        yield chip.without, f"Leave out {chip.label}: {chip.text}"
    if len(narrowings) > 1:
        yield bare(search), "Leave out all filters"
    if search.q and not search.question:
        any_word = replace(search, question=True, dialect=None, page=1)
        yield any_word, "Records with any of these words, best first"
        if narrowings:
            yield bare(any_word), "Records with any of these words, without filters"
