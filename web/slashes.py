"""A slash too many at the end of an address leads to the address without it."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route


def without_slash(request: Request) -> Response:
    """Lead to the same path without slashes at its end.

    The router would name scheme and host, which behind a proxy are others than the reader asked for. Two
    slashes at the beginning would name a host as well (RFC 3986, section 4.2).
    """
    path = quote(f"/{request.scope['path'].strip('/')}", safe="/:@!$&'()*+,;=~")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{path}{query}")


routes: list[BaseRoute] = [Route("/{path:path}/", without_slash, methods=["GET", "POST"])]
