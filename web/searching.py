"""One search of a request: understood, weighed, run, its records read."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from catalog.errors import NotFound, QueryTooCostly, UsageFault
from catalog.store import StoredRecord
from index.engine import Hits
from index.folding import fold
from index.query.ast import All, Query, Range, Value
from index.query.cost import check_clauses
from index.understanding import Understood, resembling, understand, word_notes
from web.asked import Search
from web.composing import all_of
from web.shelf import Visit
from web.site import Site


class Found(NamedTuple):
    """A page of hits with their records; one that went from the catalogue meanwhile is missing in these."""

    search: Search
    understood: Understood
    hits: Hits
    records: tuple[StoredRecord, ...]


def meaning(search: Search, visit: Visit, site: Site) -> Understood:
    """Return what a search asks for, all that narrows it down included.

    Raises QueryError for a query that cannot be run as written, QueryTooCostly for one of too many words,
    UsageFault and NotFound for a record like none.
    """
    understood = understand(search.asked, site.budget)
    check_clauses(understood.query, site.budget)
    understood = understood._replace(
        query=_joined(understood.query, _filters(search)),
        notes=(*understood.notes, *_on_years(search)),
    )
    if search.like is None:
        return understood
    stored = visit.catalog.get(search.like)
    like = resembling(understood, stored.key, stored.record, visit.engine)
    if like is None:
        raise NotFound(f"{stored.key} says too little of itself", hint="search for words you would expect")
    return like


def find(
    search: Search, visit: Visit, site: Site, *, facets: Sequence[str] = (), most_values: int | None = None
) -> Found:
    """Run a search and read the records of its page.

    Raises what `meaning` does, and UsageFault for a page that lies deeper than one can page.
    """
    if not search.lies_within(site.deepest):
        raise UsageFault(
            f"page {search.page:,} lies beyond hit {site.deepest:,}, the last that can be paged to",
            hint="narrow the search down, sort it the other way round, or export all hits",
        )
    understood = meaning(search, visit, site)
    hits = visit.engine.search(
        understood.query,
        start=search.start,
        limit=search.size,
        sort=search.order,
        facets=facets,
        most_values=most_values,
    )
    records = tuple(visit.catalog.many(hit.key for hit in hits.hits))
    return Found(search, understood, hits, records)


def notes_on(found: Found, visit: Visit) -> list[str]:
    """Return what is to say of how a search was understood, of words nothing where that costs too much."""
    with suppress(QueryTooCostly):
        return [*found.understood.notes, *word_notes(found.understood, visit.engine)]
    return list(found.understood.notes)


def _filters(search: Search) -> list[Query]:
    chosen: list[Query] = [Value(facet, fold(value)) for facet, value in search.filters]
    if search.first_year is not None or search.last_year is not None:
        chosen.append(Range("year", search.first_year, search.last_year))
    return chosen


def _on_years(search: Search) -> tuple[str, ...]:
    first, last = search.first_year, search.last_year
    crossed = first is not None and last is not None and first > last
    return (f"no year is both {first} or later and {last} or earlier",) if crossed else ()


def _joined(query: Query, filters: Sequence[Query]) -> Query:
    """Return what a query and all its filters find."""
    parts = [part for part in (query, *filters) if part != All()]
    return all_of(parts) if parts else query
