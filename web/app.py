"""The application: all that is served, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from catalog.errors import CatalogueError
from web import errors, exports, slashes, sru
from web.api import routes as api
from web.embedded import unapi
from web.feeds import routes as feeds
from web.guard import health
from web.guard.settings import Guard
from web.guard.stack import guarded
from web.oai import endpoint as oai
from web.pages import advanced, facet, guide, home, results, saved, sources, static, subjects
from web.pages.cited import Citing
from web.pages.rendering import Pages
from web.shelf import Shelf
from web.site import Site
from web.warming import warm_up

ROUTES: tuple[BaseRoute, ...] = (
    *home.routes,
    *results.routes,
    *facet.routes,
    *advanced.routes,
    *subjects.routes,
    *sources.routes,
    *saved.routes,
    *guide.routes,
    *api.routes,
    *feeds.routes,
    *sru.routes,
    *oai.routes,
    *unapi.routes,
    *static.routes,
    *health.routes,
    *slashes.routes,
)
"""What is answered, room by room; the first that fits an address."""

_EXPOSED = ("Content-Disposition", "ETag", "Link", "Retry-After", exports.TOTAL)
"""Headers that pages of other hosts may read."""

_THREADS = 4
"""Requests that are worked on at a time; more would only take turns at one processor."""


def create_app(site: Site, guard: Guard | None = None) -> ASGIApp:
    """Return the ASGI application of a catalogue; it opens the catalogue when it is started."""

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        app.state.shelf = Shelf(site)
        try:
            await to_thread.run_sync(warm_up, app.state.shelf, site)
            yield
        finally:
            app.state.shelf.close()

    app = Starlette(
        routes=ROUTES,
        # Nothing here is anyone's own: what a page of another host reads, it could read without its reader.
        middleware=[Middleware(CORSMiddleware, allow_origins=["*"], expose_headers=_EXPOSED)],
        lifespan=opened,
        exception_handlers={CatalogueError: errors.catalogue_error, HTTPException: errors.http_error},
    )
    app.router.redirect_slashes = False
    app.state.site = site
    app.state.pages = Pages(site)
    app.state.citing = Citing()
    return guarded(app, guard or Guard())
