"""Parameters in, an XML document out: all of the protocol that is not HTTP."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.errors import CatalogueError
from web.shelf import Visit
from web.site import Site
from web.sru import explain, scanning, searching
from web.sru.diagnostics import Refused, diagnosed
from web.sru.request import Request, read_request


def respond(parameters: Iterable[tuple[str, str]], visit: Visit, site: Site, address: str) -> str:
    """Return the answer to a request; `address` is where the server is reached.

    Whatever is wrong with a request, or with the catalogue, is told in the answer.
    """
    request = read_request(parameters)
    if request.fault:
        return _refusal(request, visit, site, address)
    try:
        match request.operation:
            case "searchRetrieve":
                return searching.search(request, visit, site)
            case "scan":
                return scanning.scan(request, visit)
            case "explain":
                return explain.explain(request, site, address, visit.engine)
    except Refused as refused:
        return _refusal(replace(request, fault=refused.diagnostic), visit, site, address)
    except CatalogueError as error:
        return _refusal(replace(request, fault=diagnosed(error)), visit, site, address)


def _refusal(request: Request, visit: Visit, site: Site, address: str) -> str:
    match request.operation:
        case "searchRetrieve":
            return searching.answer(request)
        case "scan":
            return scanning.answer(request)
        case "explain":
            return explain.explain(request, site, address, visit.engine)
