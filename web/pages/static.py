"""Answers the requests for stylesheet, script and icon."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.pages.rendering import pages_of

# RFC 8246: under an address with the digest in it nothing else will ever be found.
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


async def static(request: Request) -> Response:
    """Send one file; under the address of an older version its present one, not to be kept."""
    asset = pages_of(request).assets.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    tag = f'"{asset.digest}"'
    headers = {
        "Cache-Control": _FOR_EVER if request.path_params.get("digest") == asset.digest else _ASK_AGAIN,
        "ETag": tag,
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(asset.body, headers=headers, media_type=asset.media_type)


routes: list[BaseRoute] = [
    Route("/static/{digest}/{name}", static),
    Route("/static/{name}", static),
]
