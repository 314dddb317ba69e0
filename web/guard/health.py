"""`/healthz`: whether this process can answer, for those who watch over it."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import CatalogueError
from web.shelf import shelf_of

PATH = "/healthz"


async def health(request: Request) -> Response:
    """Say which revision catalogue and index are at; 503 when either cannot be read.

    It takes none of the threads that searches take: a server that has much to do is healthy.
    """
    return await asyncio.to_thread(_answer, request)


def _answer(request: Request) -> Response:
    headers = {"Cache-Control": "no-store"}
    try:
        with shelf_of(request).visit() as visit:
            catalogue, index = visit.catalog.revision(), visit.engine.revision()
    except CatalogueError as error:
        return PlainTextResponse(f"{error.message}\n", 503, headers)
    return PlainTextResponse(f"ok\ncatalogue {catalogue}\nindex {index}\n", 200, headers)


routes: list[BaseRoute] = [Route(PATH, health)]
