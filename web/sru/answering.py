"""Parameters in, an XML document out: all of the protocol that is not HTTP."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from catalog.errors import CatalogueError
from web.shelf import Visit
from web.site import Site
from web.sru import explain, scanning, searching
from web.sru.diagnostics import UNAVAILABLE, Refused, diagnosed
from web.sru.request import Request, read_request


class Answered(NamedTuple):
    """An answer as XML; one that is `passing` may be another a moment later, though nothing changed."""

    text: str
    passing: bool = False


def respond(parameters: Iterable[tuple[str, str]], visit: Visit, site: Site, address: str) -> Answered:
    """Return the answer to a request; `address` is where the server is reached.

    Whatever is wrong with a request, or with the catalogue, is told in the answer.
    """
    request = read_request(parameters)
    if not request.fault:
        try:
            return Answered(_answer(request, visit, site, address))
        except Refused as refused:
            request = replace(request, fault=refused.diagnostic)
        except CatalogueError as error:
            request = replace(request, fault=diagnosed(error))
    passing = request.fault is not None and request.fault.number == UNAVAILABLE
    return Answered(_refusal(request, visit, site, address), passing)


def _answer(request: Request, visit: Visit, site: Site, address: str) -> str:
    match request.operation:
        case "searchRetrieve":
            return searching.search(request, visit, site)
        case "scan":
            return scanning.scan(request, visit)
        case "explain":
            return explain.explain(request, site, address, visit.engine)


def _refusal(request: Request, visit: Visit, site: Site, address: str) -> str:
    match request.operation:
        case "searchRetrieve":
            return searching.answer(request)
        case "scan":
            return scanning.answer(request)
        case "explain":
            return explain.explain(request, site, address, visit.engine)
