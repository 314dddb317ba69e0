"""Facets of SRU 2.0: how many of all hits have which values of an index (part 3, section on faceted results).

`facetLimit=10:dc.subject,5:dc.date` asks for them; a number alone is for every index that names none.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from index.cql.names import Names
from index.cql.printer import quoted
from index.cql.terms import literal
from index.engine import FacetValue, Hits
from index.fields import FACETS
from web.sru import diagnostics
from web.sru.diagnostics import Refused
from web.sru.envelope import element
from web.sru.request import Request

_USUAL: Final = 10
_LONGEST: Final = 5  # digits of a limit
_NAMESPACE: Final = "http://docs.oasis-open.org/ns/search-ws/facetedResults"


class Facet(NamedTuple):
    """A facet that is asked for by the name of an index."""

    asked_as: str
    name: str
    limit: int


class Wanted(NamedTuple):
    """All that is asked for; `start` counts from 1."""

    facets: Sequence[Facet]
    start: int
    by_value: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Return the facets to count."""
        return tuple(dict.fromkeys(facet.name for facet in self.facets))

    @property
    def most(self) -> int | None:
        """Return how many of the most frequent values are enough, None where all are to be put in order."""
        return None if self.by_value else self.start - 1 + max(facet.limit for facet in self.facets)


def wanted(request: Request) -> Wanted | None:
    """Return the facets that a request asks for, None for none. Raises Refused, CqlError."""
    text = request.given.get("facetLimit", "").strip()
    if not (text and request.version.is_2):
        return None
    usual, found = _USUAL, list[tuple[str, str]]()
    for part in text.split(","):
        limit, _, index = part.strip().partition(":")
        if not (limit.isascii() and limit.isdecimal() and len(limit) <= _LONGEST):
            raise Refused(diagnostics.VALUE, "facetLimit", "write facetLimit=10:dc.subject,5:dc.date")
        if index:
            found.append((limit, index.strip()))
        else:
            usual = int(limit)
    named = found or [(str(usual), facet) for facet in FACETS]
    sort = request.given.get("facetSort", "").partition(",")[0] or "recordCount"
    if sort not in ("recordCount", "alphanumeric"):
        raise Refused(diagnostics.VALUE, "facetSort", "known are recordCount and alphanumeric")
    start = request.number("facetStart", 1, least=0)
    return Wanted(
        [_facet(index, int(limit)) for limit, index in named], max(start, 1), sort == "alphanumeric"
    )


def _facet(index: str, limit: int) -> Facet:
    name = next((field for field in Names(index, {}).target(index, 0) if field in FACETS), None)
    if name is None:
        raise Refused(diagnostics.VALUE, "facetLimit", f"hits are not counted by {index}")
    return Facet(index, name, limit)


def faceted(asked: Wanted, hits: Hits) -> str:
    """Return the facetedResults of an answer; facets without a value are left out."""
    shown = ((facet, _values(asked, facet, hits)) for facet in asked.facets)
    found = "".join(
        f'<facet xmlns="{_NAMESPACE}">'
        f"{element('index', facet.asked_as)}{element('relation', '==')}<terms>{values}</terms></facet>"
        for facet, values in shown
        if values
    )
    return f"<facetedResults>{found}</facetedResults>" if found else ""


def _values(asked: Wanted, facet: Facet, hits: Hits) -> str:
    values = hits.facets[facet.name]
    ordered = sorted(values, key=lambda value: value.value) if asked.by_value else values
    first = asked.start - 1
    return "".join(_value(facet, value) for value in ordered[first : first + facet.limit])


def _value(facet: Facet, value: FacetValue) -> str:
    query = f"peerlit.{facet.name} == {quoted(literal(value.value))}"
    return (
        f"<term>{element('actualTerm', value.value)}{element('query', query)}"
        f"{element('count', value.count)}</term>"
    )
