"""Answers the requests for stylesheet, script and icon."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.caching import IMMUTABLE, REVALIDATE, unchanged
from web.pages.rendering import pages_of


async def static(request: Request) -> Response:
    """Send one file; under the address of an older version its present one, not to be kept."""
    asset = pages_of(request).assets.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    is_present = request.path_params.get("digest") == asset.digest
    told = {"Cache-Control": IMMUTABLE if is_present else REVALIDATE, "ETag": f'"{asset.digest}"'}
    return unchanged(request, told) or Response(asset.body, headers=told, media_type=asset.media_type)


routes: list[BaseRoute] = [
    Route("/static/{digest}/{name}", static),
    Route("/static/{name}", static),
]
