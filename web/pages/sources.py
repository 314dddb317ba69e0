"""Where the records came from: sources, their harvests, and what could not be read."""

from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import NotFound
from catalog.store.report import reasons
from index.query.ast import All
from web.caching import conditional
from web.pages.numbers import number_of
from web.pages.rendering import pages_of
from web.pages.staff import bytes_of
from web.pages.views.harvests import report, shown_location, source_rows
from web.shelf import Visit

_RUNS = 100
_REJECTIONS = 100


@conditional()
def sources(request: Request, visit: Visit) -> Response:
    """List the sources with their records and last runs."""
    counted = visit.engine.search(All(), limit=0, facets=("source",)).facets["source"]
    return pages_of(request).respond(
        request, "sources.html", here="/sources", sources=source_rows(visit.catalog.harvests(), counted)
    )


@conditional()
def source(request: Request, visit: Visit) -> Response:
    """Show one source and its runs, the last first."""
    name = request.path_params["name"]
    runs = visit.catalog.harvests(name)
    if not runs:
        raise HTTPException(404, f"there is no source {name}")
    part = number_of(request, "part")
    counted = visit.engine.search(All(), limit=0, facets=("source",)).facets["source"]
    (row,) = source_rows(runs, counted)
    return pages_of(request).respond(
        request,
        "source.html",
        here="/sources",
        source=row,
        location=shown_location(runs[0]),
        total=len(runs),
        runs=runs[(part - 1) * _RUNS : part * _RUNS],
        path=f"/sources/{name}",
        part=part,
        is_last=part * _RUNS >= len(runs),
    )


@conditional()
def harvest(request: Request, visit: Visit) -> Response:
    """Report one run: what was asked, what came, what did not, and what could not be read."""
    number = request.path_params["number"]
    try:
        run = visit.catalog.harvest(number)
    except NotFound as error:
        raise HTTPException(404, error.message) from error
    part = number_of(request, "part")
    rejected = list(visit.catalog.rejections(harvest=number))
    return pages_of(request).respond(
        request,
        "harvest.html",
        here="/sources",
        run=run,
        report=report(run),
        reasons=reasons(rejected),
        rejected=list(islice(rejected, (part - 1) * _REJECTIONS, part * _REJECTIONS)),
        total=len(rejected),
        path=f"/harvests/{number}",
        part=part,
        is_last=part * _REJECTIONS >= len(rejected),
    )


@conditional()
def rejection(request: Request, visit: Visit) -> Response:
    """Answer with a record that could not be read, byte for byte."""
    harvest_number, raw_id = request.path_params["number"], request.path_params["raw"]
    found = (each for each in visit.catalog.rejections(harvest=harvest_number) if each.raw_id == raw_id)
    if next(found, None) is None:
        raise HTTPException(404, f"harvest {harvest_number} has no rejection {raw_id}")
    return bytes_of(visit.catalog.payload(raw_id), f"rejection-{raw_id}")


routes: list[BaseRoute] = [
    Route("/sources", sources),
    Route("/sources/{name}", source),
    Route("/harvests/{number:int}", harvest),
    Route("/harvests/{number:int}/rejected/{raw:int}", rejection),
]
