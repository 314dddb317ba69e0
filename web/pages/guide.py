"""How to search, with queries that were run on this catalogue."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from index.fields import FIELDS, GROUPS
from web.caching import conditional
from web.pages.labels import DIALECTS
from web.pages.rendering import pages_of
from web.pages.views.examples import examples
from web.shelf import Visit, site_of


@conditional()
def help_page(request: Request, visit: Visit) -> Response:
    """Show examples, fields, operators, shortcuts, and what there is for programs."""
    return pages_of(request).respond(
        request,
        "help.html",
        here="/help",
        base=site_of(request).base(request),
        examples=examples(visit.engine),
        fields=FIELDS.values(),
        groups=GROUPS,
        dialects=DIALECTS.values(),
    )


routes: list[BaseRoute] = [Route("/help", help_page)]
