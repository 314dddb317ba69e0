"""How the catalogue is searched, for browsers and feed readers.

OpenSearch 1.1 draft 6, https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from catalog.export.xml import element, leaf, quoted
from web.api.catalogue import SUGGESTIONS
from web.api.shapes import JSON
from web.caching import conditional
from web.feeds.atom import ATOM
from web.shelf import Visit, site_of

DESCRIPTION: Final = "application/opensearchdescription+xml"

_SHORT: Final = 16
_LONG: Final = 48
_URLS: Final = (
    ("results", "text/html", "/search?q={searchTerms}&page={startPage?}"),
    ("results", ATOM, "/search.atom?q={searchTerms}&page={startPage?}"),
    ("results", JSON, "/api/v1/search?q={searchTerms}"),
    ("suggestions", SUGGESTIONS, "/api/suggest?q={searchTerms}"),
    ("self", DESCRIPTION, "/opensearch.xml"),
)


@conditional()
def description(request: Request, visit: Visit) -> Response:
    """Answer `/opensearch.xml`."""
    del visit
    site = site_of(request)
    base = site.base(request)
    parts = (
        leaf("ShortName", site.title[:_SHORT].strip()),
        leaf("LongName", site.title[:_LONG].strip()),
        leaf("Description", f"Search {site.title}"),
        leaf("Contact", site.mailto),
        *(
            f'<Url rel="{relation}" type="{media_type}" template={quoted(base + template)}/>'
            for relation, media_type, template in _URLS
        ),
        '<Query role="example" searchTerms="peer support"/>',
        "<SyndicationRight>open</SyndicationRight>",
        "<Language>*</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
    )
    text = element(
        "OpenSearchDescription",
        "\n".join(filter(None, parts)),
        xmlns="http://a9.com/-/spec/opensearch/1.1/",
    )
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', media_type=DESCRIPTION)
