"""The addresses of the API, and what tells of it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.api.openapi import openapi
from web.api.operations import OPERATIONS
from web.caching import conditional
from web.pages.rendering import pages_of
from web.shelf import Visit


@conditional()
def page(request: Request, visit: Visit) -> Response:
    """Answer `/api`, for readers: what can be asked for."""
    del visit
    return pages_of(request).respond(request, "api.html", operations=OPERATIONS)


routes: Final[list[BaseRoute]] = [
    *(Route(operation.route, operation.endpoint) for operation in OPERATIONS),
    Route("/api/openapi.json", openapi),
    Route("/api", page),
]
