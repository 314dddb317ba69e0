"""The application: all that is served, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from catalog.errors import CatalogueError
from web import errors
from web.pages import static
from web.pages.rendering import Pages
from web.shelf import Shelf
from web.site import Site

ROUTES: tuple[BaseRoute, ...] = (*static.routes,)
"""What is answered, room by room; the first that fits an address."""


def create_app(site: Site) -> Starlette:
    """Return the ASGI application of a catalogue; it opens the catalogue when it is started."""

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        app.state.shelf = Shelf(site)
        try:
            yield
        finally:
            app.state.shelf.close()

    app = Starlette(
        routes=ROUTES,
        lifespan=opened,
        exception_handlers={CatalogueError: errors.catalogue_error, HTTPException: errors.http_error},
    )
    app.state.site = site
    app.state.pages = Pages(site)
    return app
