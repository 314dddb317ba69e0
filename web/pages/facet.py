"""The page of all values of a facet."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import UsageFault
from index.fields import FACETS
from index.query.printer import show
from index.tree import recounting
from web.asked import read_search
from web.caching import conditional
from web.pages.labels import FIELDS
from web.pages.numbers import number_of
from web.pages.rendering import pages_of
from web.pages.views.browse import ORDERS, Browse, part
from web.pages.views.chart import chart
from web.pages.views.chips import bare, chips
from web.searching import find
from web.shelf import Visit, site_of


@conditional()
def values(request: Request, visit: Visit) -> Response:
    """Show all values of a facet among the hits of a search, each with a link that narrows it down."""
    facet = request.path_params["facet"]
    if facet not in FACETS:
        raise HTTPException(404)
    search = read_search(request.query_params.multi_items()).at_page(1)
    browse = _browse(request)
    found = find(search, visit, site_of(request), facets=(facet,), most_values=browse.needs(facet))
    counted = found.hits.facets[facet]
    shown = part(search, facet, counted, browse)
    path = f"/search/facet/{facet}"

    def address(order: str) -> str:
        return search.address(path, **browse._replace(order=order, part=1).told())

    return pages_of(request).respond(
        request,
        "facet.html",
        search=search,
        path=path,
        label=FIELDS[facet],
        is_tree=facet == "subject" and not browse.containing,
        total=found.hits.total,
        understood=show(found.understood.narrowed or found.understood.query),
        browse=browse,
        rows=shown.rows,
        orders=[(text, address(order), order == browse.order) for order, text in ORDERS.items()],
        address=address(browse.order),
        is_last=shown.is_last,
        chart=(
            chart(search, counted, recounting(found.understood.query, visit.engine))
            if facet == "year"
            else None
        ),
        chips=list(chips(search)),
        bare=bare(search),
    )


def _browse(request: Request) -> Browse:
    told = request.query_params
    order = told.get("order") or "count"
    if order not in ORDERS:
        raise UsageFault(f"order={order} is none of {', '.join(ORDERS)}")
    return Browse(order, told.get("containing", "").strip(), number_of(request, "part"))


routes: list[BaseRoute] = [Route("/search/facet/{facet}", values)]
