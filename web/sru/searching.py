"""searchRetrieve: the query, its count, a page of records."""

from collections.abc import Iterator
from typing import Final

from catalog.export.schemas import SRU_SCHEMAS, RecordSchema
from index.cql.parser import parse
from index.cql.sorting import sort_keys
from index.cql.translate import Reading, translate
from index.cql.tree import Clause, Cql
from index.engine import Hits
from index.query.cost import check_clauses
from web.formats import entry_of
from web.shelf import Visit
from web.site import Site
from web.sru import diagnostics, facets
from web.sru.diagnostics import Diagnostic, Refused
from web.sru.envelope import complaints, document, echoed, element, record, version_of
from web.sru.request import Request
from web.sru.xcql import xcql

USUAL_RECORDS: Final = 10
MOST_RECORDS: Final = 200

_ECHOED_BEFORE: Final = (
    "query",
    "startRecord",
    "maximumRecords",
    "recordPacking",
    "recordSchema",
    "resultSetTTL",
    "sortKeys",
    "stylesheet",
)
_ECHOED_SINCE: Final = (
    "queryType",
    "query",
    "startRecord",
    "maximumRecords",
    "recordXMLEscaping",
    "recordPacking",
    "recordSchema",
    "facetParameters",
    "resultSetTTL",
    "sortKeys",
    "stylesheet",
    "renderedBy",
    "httpAccept",
    "responseType",
)


def search(request: Request, visit: Visit, site: Site) -> str:
    """Return the answer to a searchRetrieve request. Raises Refused, CatalogueError."""
    if request.given.get("recordXPath") and not request.version.is_2:
        raise Refused(diagnostics.XPATH)
    asked = _asked(request)
    reading = _sorted(request, translate(asked))
    check_clauses(reading.query, site.budget)
    start = request.number("startRecord", 1, least=1)
    most = min(request.number("maximumRecords", USUAL_RECORDS, least=0), MOST_RECORDS)
    schema, packing = _schema(request), request.escaping()
    wanted = facets.wanted(request)
    hits = visit.engine.search(
        reading.query,
        start=start - 1,
        limit=most,
        sort=reading.sort or "relevance",
        facets=wanted.names if wanted else (),
        most_values=wanted.most if wanted else 0,
    )
    if start > max(hits.total, 1):
        raise Refused(diagnostics.POSITION, str(hits.total), f"there are {hits.total} records")
    found = "".join(_records(request, visit, hits, schema, packing, start))
    following = start + len(hits.hits)
    return answer(
        request,
        total=hits.total,
        records=f"<records>{found}</records>" if found else "",
        following=following if hits.hits and following <= hits.total else None,
        query=xcql(asked, request.version),
        faceted=facets.faceted(wanted, hits) if wanted else "",
    )


def answer(
    request: Request,
    *,
    total: int = 0,
    records: str = "",
    following: int | None = None,
    query: str = "",
    faceted: str = "",
) -> str:
    """Return a whole searchRetrieveResponse."""
    version = request.version
    order = _ECHOED_SINCE if version.is_2 else _ECHOED_BEFORE
    told = f"<xQuery>{query}</xQuery>" if query else ""
    parts = (
        version_of(version),
        element("numberOfRecords", total),
        records,
        element("nextRecordPosition", following),
        echoed("echoedSearchRetrieveRequest", request, order, told),
        complaints(request),
        element("resultCountPrecision", "info:srw/vocabulary/resultCountPrecision/1/exact")
        if version.is_2 and not request.fault
        else "",
        faceted,
    )
    return document("searchRetrieveResponse", version.namespace, parts)


def _asked(request: Request) -> Cql:
    """Return the query: CQL, or in 2.0 just words."""
    text = request.given["query"]
    kind = (request.given.get("queryType") or "cql") if request.version.is_2 else "cql"
    match kind.lower():
        case "cql":
            return parse(text)
        case "searchterms":
            words = text.split()
            starts = tuple(range(len(words)))
            return Cql(Clause(tuple(words), starts=starts), text=text)
        case _:
            raise Refused(diagnostics.VALUE, "queryType", "known are cql and searchTerms")


def _sorted(request: Request, reading: Reading) -> Reading:
    """Return a query with what sortKeys says of its order, unless it says so itself."""
    keys = request.given.get("sortKeys", "").strip()
    if not keys:
        return reading
    if reading.sort:
        request.notices.append(Diagnostic(diagnostics.SORTED_TWICE))
        return reading
    return reading._replace(sort=sort_keys(keys))


def _schema(request: Request) -> RecordSchema:
    """Return the schema that is asked for by its short name, its identifier or its namespace."""
    name = request.given.get("recordSchema", "").strip()
    if not name:
        return next(iter(SRU_SCHEMAS.values()))
    for schema in SRU_SCHEMAS.values():
        known = (schema.name, schema.namespace, *schema.identifiers)
        if name.lower() in (each.lower() for each in known):
            return schema
    raise Refused(diagnostics.SCHEMA, name, f"known are {', '.join(SRU_SCHEMAS)}")


def _records(
    request: Request, visit: Visit, hits: Hits, schema: RecordSchema, packing: str, start: int
) -> Iterator[str]:
    """Yield a record for each hit, a diagnostic in place of one that cannot be had."""
    version = request.version
    stored = {each.key: each for each in visit.catalog.many(hit.key for hit in hits.hits)}
    for position, hit in enumerate(hits.hits, start):
        held = stored.get(hit.key)
        if held is None or held.deleted:
            trouble = Diagnostic(diagnostics.NO_RECORD, hit.key)
        elif not schema.fits(held.record):
            trouble = Diagnostic(diagnostics.NOT_IN_SCHEMA, schema.name)
        else:
            data = schema.element(entry_of(held))
            yield record(
                version, schema.identifiers[0], data, packing=packing, position=position, identifier=hit.key
            )
            continue
        data = trouble.xml(version)
        yield record(version, version.diagnostic_schema, data, packing=packing, position=position)
