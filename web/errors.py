"""What went wrong, as an answer: a page for readers, JSON for programs."""

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import CatalogueBusy, CatalogueError, NotFound, QueryError, QueryTooCostly, UsageFault
from web.api.answers import refused
from web.pages.rendering import pages_of


class Status(NamedTuple):
    """The status of an answer and what it is called on a page."""

    code: int
    heading: str


_STATUSES: dict[type[CatalogueError], Status] = {
    NotFound: Status(404, "There is no such record"),
    QueryError: Status(400, "This query cannot be run as written"),
    QueryTooCostly: Status(422, "This search costs too much"),
    UsageFault: Status(400, "This address cannot be meant"),
    CatalogueBusy: Status(503, "The catalogue is being written to"),
    CatalogueError: Status(500, "The catalogue cannot be read"),
}
_HEADINGS = {
    404: "There is no such page",
    405: "This is not done here",
    406: "There is no such form of this record",
    410: "This record was withdrawn",
}


def status_of(error: CatalogueError) -> Status:
    """Return the status an error is answered with."""
    return next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)


def wants_json(request: Request) -> bool:
    """Tell whether the other side is a program that reads JSON."""
    return request.url.path.startswith(f"{request.scope.get('root_path', '')}/api") or (
        "json" in request.headers.get("accept", "")
    )


def catalogue_error(request: Request, error: Exception) -> Response:
    """Answer what a reader, or the catalogue, caused."""
    assert isinstance(error, CatalogueError)
    status = status_of(error)
    where = error if isinstance(error, QueryError) and error.text.strip() else None
    if wants_json(request):
        query, position = (where.text, where.position) if where else (None, None)
        return refused(status.code, error.message, hint=error.hint, query=query, position=position)
    caret = f"{where.text}\n{' ' * where.position}^" if where else None
    return pages_of(request).respond(
        request,
        "error.html",
        status=status.code,
        heading=status.heading,
        message=error.message,
        caret=caret,
        hint=error.hint,
    )


def http_error(request: Request, error: Exception) -> Response:
    """Answer what the address or the method is to blame for."""
    assert isinstance(error, HTTPException)
    if wants_json(request):
        return refused(error.status_code, error.detail, headers=error.headers)
    heading = _HEADINGS.get(error.status_code, error.detail)
    return pages_of(request).respond(
        request,
        "error.html",
        status=error.status_code,
        headers=error.headers,
        heading=heading,
        message=error.detail,
        caret=None,
        hint=None,
    )
