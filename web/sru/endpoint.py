"""SRU over HTTP: GET, and POST of a form, which long queries need."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.caching import stamped, unchanged, unmodified, validators
from web.shelf import shelf_of, site_of
from web.sru.answering import respond

PATH: Final = "/sru"

_FORM: Final = "application/x-www-form-urlencoded"
_XML: Final = "application/xml"
_SRU_XML: Final = "application/sru+xml"


async def sru(request: Request) -> Response:
    """Answer a request; errors of the protocol are told in the answer, with status 200."""
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
        if kind != _FORM:
            raise HTTPException(415, f"a request that is posted is a form ({_FORM})")
        body = await request.body()
        parameters += parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return await run_in_threadpool(_answer, request, parameters)


def _answer(request: Request, parameters: Sequence[tuple[str, str]]) -> Response:
    site, shelf = site_of(request), shelf_of(request)
    with shelf.visit() as visit:
        told = {} if request.method == "POST" else validators(request, visit, vary=("Accept",))
        if told and (known := unchanged(request, told) or unmodified(request, told)):
            return known
        if told and (made := shelf.kept.get(told["ETag"])):
            return stamped(made, told)
        answer = respond(parameters, visit, site, f"{site.base(request)}{PATH}")
    response = Response(answer.text.encode(), media_type=_media_type(request, parameters))
    if answer.passing or not told:
        return response
    shelf.kept.keep(told["ETag"], response)
    return stamped(response, told)


def _media_type(request: Request, parameters: Sequence[tuple[str, str]]) -> str:
    """Return what the answer is: 2.0 has a media type of its own, which browsers do not show."""
    given = dict(parameters)
    if given.get("version", "2.0") != "2.0" or (given.get("operation") and "version" not in given):
        return _XML
    accepted = given.get("httpAccept") or request.headers.get("accept", "*/*")
    wants_plain = any(each in accepted for each in ("text/html", "text/xml", _XML))
    return _XML if wants_plain and _SRU_XML not in accepted else _SRU_XML


# Clients join addresses in their own ways, and not all of them follow where they are sent.
routes = [Route(path, sru, methods=["GET", "POST"]) for path in (PATH, f"{PATH}/")]
