"""The address of the repository."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from anyio import sleep, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import CatalogueBusy
from web.oai.identity import PATH, identity
from web.oai.protocol import patience, respond
from web.oai.repository import Repository
from web.shelf import shelf_of, site_of

_FORM = "application/x-www-form-urlencoded"
_HEADERS = {"Cache-Control": "no-store"}
_LATER = {"Retry-After": "10"}


async def oai(request: Request) -> Response:
    """Answer a request; errors of the protocol come with status 200 (its section 3.1.2.1)."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
        body = await request.body()
        pairs += parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    await sleep(patience(pairs, datetime.now(UTC)))
    return await to_thread.run_sync(_answer, request, pairs)


def _answer(request: Request, pairs: Sequence[tuple[str, str]]) -> Response:
    now = datetime.now(UTC)
    site = site_of(request)
    # Unlimited: what is run is the catalogue's own saved searches, whoever asks.
    with shelf_of(request).visit(limited=False) as visit:
        try:
            about = identity(site, site.base(request))
            answer = respond(pairs, Repository(about, visit.catalog, visit.engine, now))
        except CatalogueBusy as error:
            return PlainTextResponse(error.message, 503, _LATER)
    return Response(answer, media_type="text/xml; charset=utf-8", headers=_HEADERS)


routes: list[BaseRoute] = [Route(PATH, oai, methods=["GET", "POST"])]
