"""The outside of an answer: its elements in their order, in one version's namespace."""

from collections.abc import Iterable, Sequence
from typing import Final

from catalog.export.xml import escaped
from web.sru.diagnostics import PACKING, VALUE
from web.sru.request import Request
from web.sru.versions import Version

_FACETS: Final = ("facetLimit", "facetStart", "facetSort")


def element(name: str, content: str | int | None) -> str:
    """Return an element with text in it, nothing when there is none."""
    return "" if content is None else f"<{name}>{escaped(str(content))}</{name}>"


def document(root: str, namespace: str, parts: Iterable[str]) -> str:
    """Return a whole answer."""
    inside = "".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">{inside}</{root}>\n'


def version_of(version: Version) -> str:
    """Return the element that tells the version, which 2.0 has not."""
    return "" if version.is_2 else element("version", version.name)


def complaints(request: Request) -> str:
    """Return the diagnostics of an answer."""
    found = "".join(each.xml(request.version) for each in request.complaints())
    return f"<diagnostics>{found}</diagnostics>" if found else ""


def record(
    version: Version,
    schema: str,
    data: str,
    *,
    packing: str,
    position: int | None = None,
    identifier: str = "",
) -> str:
    """Return a record around its data, one XML element."""
    told = element("recordXMLEscaping" if version.is_2 else "recordPacking", packing)
    named = element("recordIdentifier", identifier or None) if version.name == "1.2" else ""
    held = data if packing == "xml" else escaped(data)
    return (
        f"<record>{element('recordSchema', schema)}{told}<recordData>{held}</recordData>"
        f"{named}{element('recordPosition', position)}</record>"
    )


def echoed(root: str, request: Request, order: Sequence[str], more: str = "") -> str:
    """Return the parameters as they came, in the order the schema wants; `more` goes behind the query.

    Nothing where a value is at fault: the schema has no place for a number that is none.
    """
    if request.fault and request.fault.number in (VALUE, PACKING):
        return ""
    first = version_of(request.version)
    facets = [f"{name}={request.given[name]}" for name in _FACETS if request.given.get(name)]
    given = {**request.given, "facetParameters": "&".join(facets)}
    found = [f"{element(name, given[name])}{more * (name == 'query')}" for name in order if given.get(name)]
    return f"<{root}>{first}{''.join(found)}</{root}>"
