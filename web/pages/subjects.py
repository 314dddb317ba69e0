"""Subjects to browse: the tree of classes, and headings from A to Z."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.errors import UsageFault
from index.query.ast import All
from web.asked import Search
from web.caching import conditional
from web.pages.numbers import number_of
from web.pages.rendering import pages_of
from web.pages.views.browse import Browse, part
from web.pages.views.classes import ORDERS, beginning, class_tree, headings, initials
from web.shelf import Visit

_LISTS = ("classes", "headings")


@conditional()
def subjects(request: Request, visit: Visit) -> Response:
    """Show the classes, or the headings that begin with a letter; each leads to as many records as told."""
    told = request.query_params
    shown = _chosen(told.get("list"), _LISTS, "list")
    order = _chosen(told.get("order"), tuple(ORDERS), "order")
    values = visit.engine.search(All(), limit=0, facets=("subject",)).facets["subject"]
    free = headings(values)
    letters = initials(free)
    letter = _chosen(told.get("letter"), tuple(letters), "letter") if letters else ""
    number = number_of(request, "part")
    found = part(Search(), "subject", beginning(free, letter), Browse("name", "", number))
    return pages_of(request).respond(
        request,
        "subjects.html",
        here="/subjects",
        classes=class_tree(values, order) if shown == "classes" else None,
        headings=found if shown == "headings" else None,
        order=order,
        orders=ORDERS,
        letters=letters,
        letter=letter,
        part=number,
        others=len(free),
    )


def _chosen(value: str | None, choices: tuple[str, ...], name: str) -> str:
    if value and value not in choices:
        raise UsageFault(f"{name}={value} is none of {', '.join(choices)}")
    return value or choices[0]


routes: list[BaseRoute] = [Route("/subjects", subjects)]
