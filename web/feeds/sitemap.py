"""All addresses of records for those who crawl, with their true dates (https://www.sitemaps.org/protocol.html).

A part holds the records that changed last between two revisions: what was once listed stays where it is until
it changes, and the date of a part is that of its last record.
"""

from collections.abc import Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from catalog.errors import NotFound
from catalog.export.xml import element, leaf
from web.caching import conditional
from web.exports import in_chunks
from web.pages.rendering import record_path
from web.shelf import Visit, site_of

PART: Final = 45_000
"""Revisions of a part; it may have 50,000 addresses."""

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML: Final = "application/xml"
_FOR_READERS: Final = ("/", "/subjects", "/sources", "/help", "/advanced")


@conditional()
def index(request: Request, visit: Visit) -> Response:
    """Answer `/sitemap.xml`: the parts that have anything; the first always has."""
    base = site_of(request).base(request)
    listing = visit.catalog.listing
    dates = {
        number: listing.latest_date((number - 1) * PART, number * PART)
        for number in range(1, visit.catalog.revision() // PART + 2)
    }
    parts = (
        element("sitemap", leaf("loc", f"{base}/sitemap-{number}.xml") + leaf("lastmod", date))
        for number, date in dates.items()
        if date or number == 1
    )
    return Response(_document("sitemapindex", "\n".join(parts)), media_type=_XML)


@conditional()
def part(request: Request, visit: Visit) -> Response:
    """Answer `/sitemap-{number}.xml`."""
    base = site_of(request).base(request)
    number = request.path_params["number"]
    if not 0 < number <= visit.catalog.revision() // PART + 1:
        raise NotFound(f"there is no part {number} of the sitemap", hint=f"{base}/sitemap.xml lists them")
    found = visit.catalog.listing.dated((number - 1) * PART, number * PART)
    return StreamingResponse(in_chunks(_addresses(found, base, number)), media_type=_XML)


def robots(request: Request) -> Response:
    """Answer `/robots.txt`: records may be crawled, what can be asked without end may not (RFC 9309)."""
    root = request.scope.get("root_path", "")
    closed = ("search?", "search/", "export", "api/", "sru", "oai", "unapi", "record/*?")
    lines = (
        "User-agent: *",
        *(f"Disallow: {root}/{path}" for path in closed),
        "",
        f"Sitemap: {site_of(request).base(request)}/sitemap.xml",
    )
    return Response("\n".join((*lines, "")), media_type="text/plain")


def _addresses(found: list[tuple[str, str]], base: str, number: int) -> Iterator[str]:
    yield _document("urlset", "\n").removesuffix("</urlset>\n")
    for path in _FOR_READERS if number == 1 else ():
        yield element("url", leaf("loc", f"{base}{path}")) + "\n"
    for key, date in found:
        yield element("url", leaf("loc", f"{base}{record_path(key)}") + leaf("lastmod", date)) + "\n"
    yield "</urlset>\n"


def _document(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element(name, content, xmlns=_NAMESPACE)}\n'
