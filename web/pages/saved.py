"""Searches that were kept under a name, and what they found when they ran."""

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import NotFound
from catalog.store import Search as SavedSearch
from catalog.store import SearchRun
from web.asked import of_saved
from web.caching import conditional
from web.pages.rendering import pages_of
from web.shelf import Visit


class Row(NamedTuple):
    """A saved search, its newest run, and where it is run again; one of several lines has no address."""

    search: SavedSearch
    last: SearchRun | None
    address: str | None


@conditional()
def saved_searches(request: Request, visit: Visit) -> Response:
    """List the saved searches."""
    kept = visit.catalog.searches
    rows = [_row(search, kept.run(search.last_run) if search.last_run else None) for search in kept.every()]
    return pages_of(request).respond(request, "searches.html", rows=rows)


@conditional()
def saved_search(request: Request, visit: Visit) -> Response:
    """Show one saved search and its runs, the last first."""
    kept = visit.catalog.searches
    try:
        search = kept.get(request.path_params["name"])
    except NotFound as error:
        raise HTTPException(404, error.message) from error
    runs = sorted(kept.runs(search.name), key=lambda run: -run.id)
    return pages_of(request).respond(
        request, "search.html", row=_row(search, runs[0] if runs else None), runs=runs
    )


def _row(saved: SavedSearch, last: SearchRun | None) -> Row:
    search = of_saved(saved)
    return Row(saved, last, search.address() if search else None)


routes: list[BaseRoute] = [Route("/searches", saved_searches), Route("/searches/{name:path}", saved_search)]
