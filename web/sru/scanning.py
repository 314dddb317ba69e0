"""scan: the terms of an index around a place, each with its count."""

from collections.abc import Iterator, Sequence
from typing import Final

from index.cql.scanning import read_scan
from index.cql.terms import literal
from index.engine import FacetValue
from web.shelf import Visit
from web.sru import diagnostics
from web.sru.diagnostics import Refused
from web.sru.envelope import complaints, document, echoed, element, version_of
from web.sru.request import Request

USUAL_TERMS: Final = 20
MOST_TERMS: Final = 200

_ECHOED: Final = (
    "scanClause",
    "responsePosition",
    "maximumTerms",
    "httpAccept",
    "stylesheet",
)


def scan(request: Request, visit: Visit) -> str:
    """Return the answer to a scan request. Raises Refused, CatalogueError.

    responsePosition is where in the list the term asked for stands: 1 is first, 0 just before the first.
    """
    asked = read_scan(request.given["scanClause"])
    most = min(request.number("maximumTerms", USUAL_TERMS, least=1), MOST_TERMS)
    position = request.number("responsePosition", 1, least=0)
    if position > most + 1:
        raise Refused(diagnostics.RESPONSE_POSITION, str(position), f"the list has {most} terms")
    before, after = max(position - 1, 0), most - max(position - 1, 0)
    # One more at each end tells whether the list goes on there.
    found = asked.scan(visit.engine, before=before + 1, after=after + 2)
    above = list(found.after)
    first = bool(position == 0 and above and asked.is_start(above[0].value))
    listed = [*found.before[-before:][: before or 0], *above[first : first + after]]
    is_first = len(found.before) <= before and not first
    is_last = len(above) - first <= after
    terms = "".join(_terms(listed, is_first=is_first, is_last=is_last))
    return answer(request, f"<terms>{terms}</terms>" if terms else "")


def answer(request: Request, terms: str = "") -> str:
    """Return a whole scanResponse."""
    version = request.version
    echo = echoed("echoedScanRequest", request, _ECHOED) if request.given.get("scanClause") else ""
    parts = (version_of(version), terms, echo, complaints(request))
    return document("scanResponse", version.scan_namespace, parts)


def _terms(listed: Sequence[FacetValue], *, is_first: bool, is_last: bool) -> Iterator[str]:
    for number, term in enumerate(listed):
        first, last = is_first and number == 0, is_last and number == len(listed) - 1
        place = "only" if first and last else "first" if first else "last" if last else "inner"
        value = literal(term.value)
        shown = element("displayTerm", term.value) if value != term.value else ""
        yield (
            f"<term>{element('value', value)}{element('numberOfRecords', term.count)}{shown}"
            f"{element('whereInList', place)}</term>"
        )
