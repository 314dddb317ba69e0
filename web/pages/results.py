"""The page of hits, and all that can be done from there."""

from collections.abc import Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import CatalogueError, QueryError, QueryTooCostly, UsageFault
from catalog.export import EXPORTERS
from catalog.export.presets import PRESETS
from index.engine import SortOrder
from index.query.parts import parts
from index.query.printer import show
from index.tree import recounting
from web.asked import SIZES, Search, read_search
from web.caching import conditional
from web.errors import fault_of, status_of
from web.pages.advice import advice
from web.pages.labels import SORTS
from web.pages.rendering import pages_of
from web.pages.views.brief import UNTITLED
from web.pages.views.chips import bare, chips
from web.pages.views.facets import COUNTED, SHOWN, facet_views
from web.pages.views.hits import hit_views
from web.pages.views.pager import pager
from web.searching import Found, find
from web.shelf import Visit, site_of

_LONGEST_HEADING = 120
_BY_DATE: tuple[SortOrder, ...] = ("newest", "oldest")


@conditional()
def results(request: Request, visit: Visit) -> Response:
    """Show what a search finds; what cannot be run is shown with what was typed, and a way on."""
    search = read_search(request.query_params.multi_items())
    try:
        found = find(search, visit, site_of(request), facets=SHOWN, most_values=COUNTED)
    except (QueryError, QueryTooCostly, UsageFault) as error:
        return _refused(request, search, error)
    return _found(request, found, visit)


def _found(request: Request, found: Found, visit: Visit) -> Response:
    search, hits, site = found.search, found.hits, site_of(request)
    liked = _liked(search, visit)
    return pages_of(request).respond(
        request,
        "results.html",
        search=search,
        heading=_heading(search, liked),
        total=hits.total,
        first=search.start + 1 if hits.hits else 0,
        final=search.start + len(hits.hits),
        deepest=site.deepest if hits.total > site.deepest else None,
        understood=show(found.understood.narrowed or found.understood.query),
        exactly=replace(search, exact=True, page=1).address(),
        parts=list(parts(found.understood.narrowed or found.understood.query)),
        advice=advice(found, visit, site),
        chips=list(chips(search, liked)),
        bare=bare(search),
        hits=list(hit_views(search, found.understood.query, hits, found.records)),
        facets=list(facet_views(search, hits, recounting(found.understood.query, visit.engine))),
        pager=pager(
            search.page,
            search.last_page(hits.total, site.deepest),
            lambda page: search.at_page(page).address(),
        ),
        exporters=list(EXPORTERS.values()),
        presets=list(PRESETS.values()),
        sorts=SORTS,
        sizes=sorted(SIZES),
    )


def _refused(request: Request, search: Search, error: CatalogueError) -> Response:
    return pages_of(request).respond(
        request,
        "refused.html",
        status=status_of(error).code,
        search=search,
        fault=fault_of(error),
        ways_on=list(_ways_on(search, error)),
        chips=list(chips(search)),
        bare=bare(search),
    )


def _ways_on(search: Search, error: CatalogueError) -> Iterator[tuple[str, str]]:
    """Yield what can be done instead, with its address."""
    first = search.at_page(1)
    if isinstance(error, QueryError) and not search.question:
        any_word = replace(first, question=True, dialect=None)
        yield "Records with any of these words, best first: signs mean nothing then", any_word.address()
    if search.page > 1:
        yield "Back to the first page", first.address()
        for order in _BY_DATE:
            if order != search.order:
                yield f"The same records, {SORTS[order].lower()}", search.sorted_by(order).address()
        yield "Export all of them", first.address("/export")


def _heading(search: Search, liked: str | None) -> str:
    if liked is not None:
        return f"Records like “{liked}”"
    if search.q:
        typed = search.q if len(search.q) <= _LONGEST_HEADING else f"{search.q[:_LONGEST_HEADING]}…"
        return f"Results for {typed}"
    return "Results" if list(chips(search)) else "All records"


def _liked(search: Search, visit: Visit) -> str | None:
    """Return the title of the record that those found are like."""
    return None if search.like is None else visit.catalog.get(search.like).record.title or UNTITLED


routes: list[BaseRoute] = [Route("/search", results)]
