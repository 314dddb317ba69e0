"""What went wrong, as an answer: a page for readers, JSON for programs."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import CatalogueBusy, CatalogueError, NotFound, QueryError, QueryTooCostly, UsageFault
from web.api.answers import is_for_programs, refused
from web.asked import Search
from web.pages.rendering import pages_of


class Fault(NamedTuple):
    """Why something was not done; of a query what stands before the place that is wrong, there, and after."""

    heading: str
    message: str
    hint: str | None = None
    before: str = ""
    at: str = ""
    after: str = ""


class Status(NamedTuple):
    """The status of an answer and what it is called on a page."""

    code: int
    heading: str


_STATUSES: dict[type[CatalogueError], Status] = {
    NotFound: Status(404, "This is not in the catalogue"),
    QueryError: Status(400, "This query cannot be run as written"),
    QueryTooCostly: Status(422, "This search costs too much"),
    UsageFault: Status(400, "This address makes no sense here"),
    CatalogueBusy: Status(503, "The catalogue is being written to"),
    CatalogueError: Status(503, "The catalogue cannot be read"),
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


def fault_of(error: CatalogueError) -> Fault:
    """Return an error as a page shows it."""
    told = Fault(status_of(error).heading, error.message, error.hint)
    if not isinstance(error, QueryError) or not error.text.strip():
        return told
    before, at, after = (
        error.text[: error.position],
        error.text[error.position :][:1],
        error.text[error.position + 1 :],
    )
    return told._replace(before=before, at=at or " ", after=after)


def wants_json(request: Request) -> bool:
    """Tell whether the other side is a program that reads JSON."""
    return is_for_programs(request.scope) or "json" in request.headers.get("accept", "")


def catalogue_error(request: Request, error: Exception) -> Response:
    """Answer what a reader, or the catalogue, caused."""
    assert isinstance(error, CatalogueError)
    status = status_of(error)
    if wants_json(request):
        where = error if isinstance(error, QueryError) and error.text.strip() else None
        query, position = (where.text, where.position) if where else (None, None)
        told = refused(status.code, error.message, hint=error.hint, query=query, position=position)
        return _not_to_be_kept(told)
    return _not_to_be_kept(_page(request, status.code, fault_of(error)))


def http_error(request: Request, error: Exception) -> Response:
    """Answer what the address or the method is to blame for."""
    assert isinstance(error, HTTPException)
    if wants_json(request):
        return _not_to_be_kept(refused(error.status_code, error.detail, headers=error.headers))
    heading = _HEADINGS.get(error.status_code, error.detail)
    bare = error.detail in (heading, HTTPStatus(error.status_code).phrase)  # "Not Found" tells nothing more
    message = "" if bare else error.detail
    return _not_to_be_kept(_page(request, error.status_code, Fault(heading, message), error.headers))


def _not_to_be_kept(answer: Response) -> Response:
    """Tell caches that what is wrong may be right a moment later, and is told to others in another form.

    Some statuses may be kept unless that is said (RFC 9110, section 15.1).
    """
    answer.headers.update({"Cache-Control": "no-store", "Vary": "Accept"})
    return answer


def _page(request: Request, status: int, fault: Fault, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a page that says what is wrong, and has ways on where nothing was found."""
    lost = unquote(request.url.path).rpartition("/")[2] if status == HTTPStatus.NOT_FOUND else ""
    again = Search(q=" ".join(re.findall(r"\w+", lost)), question=True)
    return pages_of(request).respond(
        request,
        "error.html",
        status=status,
        headers=headers,
        fault=fault,
        search=Search(q=f"{fault.before}{fault.at}{fault.after}".strip()),
        again=again if again.q else None,
    )
