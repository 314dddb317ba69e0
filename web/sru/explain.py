"""explain: what the server is, what it can search for, and what it hands out.

A ZeeRex record (http://explain.z3950.org/dtd/, explain.xsd of part 7), made from the tables that searches
go by.
"""

from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version as version_of_package
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from catalog.export.schemas import SRU_SCHEMAS
from catalog.export.xml import escaped, quoted
from index.cql.context_sets import ALL_RECORDS, RESULT_SET, SETS, Target
from index.cql.sorting import SORTS
from index.engine import Reader
from index.fields import FIELDS
from index.query.ast import All
from web.site import Site
from web.sru.envelope import complaints, document, echoed, element, record, version_of
from web.sru.request import Request
from web.sru.scanning import MOST_TERMS, USUAL_TERMS
from web.sru.searching import MOST_RECORDS, USUAL_RECORDS

NAMESPACE: Final = "http://explain.z3950.org/dtd/2.0/"
_PORTS: Final = {"https": 443, "http": 80}
_SUPPORTED: Final = {
    "relation": ("=", "==", "<>", "<", "<=", ">", ">=", "any", "all", "adj", "exact", "scr", "within"),
    "relationModifier": (
        "stem", "relevant", "masked", "unmasked", "word", "string", "isoDate", "number", "uri",
    ),
    "booleanModifier": ("distance", "unit", "ordered", "unordered"),
    "maskingCharacter": ("*", "?"),
    "proximity": ("",),
    "scan": ("",),
    "sort": ("",),
}  # fmt: skip
_EXAMPLES: Final = (
    '"peer support"',
    'dc.title any "peer support"',
    "dc.date >= 2019 and peer sortBy dc.date",
)


class Where(NamedTuple):
    """Where the server is, as its clients say it."""

    scheme: str
    host: str
    port: int
    database: str


def located(address: str) -> Where:
    """Return the parts of an address."""
    parts = urlsplit(address)
    port = _PORTS.get(parts.scheme, 80)
    with suppress(ValueError):  # whoever asks can name any port there is not
        port = parts.port or port
    return Where(parts.scheme, parts.hostname or "", port, parts.path.strip("/"))


def explain(request: Request, site: Site, address: str, engine: Reader) -> str:
    """Return a whole explainResponse. Raises Refused."""
    version = request.version
    packing = "xml" if request.fault else request.escaping()
    data = "".join(_record(request, site, located(address), engine))
    parts = (
        version_of(version),
        record(version, NAMESPACE, data, packing=packing),
        echoed("echoedExplainRequest", request, ("recordXMLEscaping", "recordPacking", "stylesheet")),
        complaints(request),
    )
    return document("explainResponse", version.namespace, parts)


def _record(request: Request, site: Site, where: Where, engine: Reader) -> Iterator[str]:
    yield f'<explain xmlns="{NAMESPACE}">'
    yield from _server(request, where, engine)
    yield from _database(site)
    yield f"<indexInfo>{''.join((*_sets(), *_indexes()))}</indexInfo>"
    if request.version.is_2:
        yield f"<searchInfo>{''.join(element('queryExample', text) for text in _EXAMPLES)}</searchInfo>"
    yield f"<schemaInfo>{''.join(_schemas())}</schemaInfo>"
    yield f"<configInfo>{''.join(_configuration())}</configInfo></explain>"


def _server(request: Request, where: Where, engine: Reader) -> Iterator[str]:
    version = request.version
    # The schema of 2.0 has no place for the methods.
    methods = "" if version.is_2 else ' method="GET POST"'
    yield f'<serverInfo protocol="SRU" version="{version.name}" transport={quoted(where.scheme)}{methods}>'
    yield element("host", where.host) + element("port", where.port)
    records = quoted(str(engine.count(All())))
    yield f"<database numRecs={records}>{escaped(where.database)}</database></serverInfo>"


def _database(site: Site) -> Iterator[str]:
    yield f'<databaseInfo><title lang="en" primary="true">{escaped(site.title)}</title>'
    if site.mailto:
        yield element("contact", site.mailto)
    version = quoted(version_of_package("peerlit"))
    yield f'<implementation identifier="peerlit" version={version}/></databaseInfo>'


def _sets() -> Iterator[str]:
    for known in SETS.values():
        named = f"name={quoted(known.name)} identifier={quoted(known.uri)}"
        yield f"<set {named}>{element('title', known.title)}</set>"


def _configuration() -> Iterator[str]:
    usual = {
        "numberOfRecords": USUAL_RECORDS,
        "numberOfTerms": USUAL_TERMS,
        "retrieveSchema": next(iter(SRU_SCHEMAS)),
        "contextSet": "peerlit",
        "index": "cql.serverChoice",
        "relation": "=",
    }
    yield from (f'<default type="{kind}">{value}</default>' for kind, value in usual.items())
    yield f'<setting type="maximumRecords">{MOST_RECORDS}</setting>'
    yield f'<setting type="maximumTerms">{MOST_TERMS}</setting>'
    for kind, names in _SUPPORTED.items():
        yield from (f'<supports type="{kind}">{escaped(name)}</supports>' for name in names)


def _indexes() -> Iterator[str]:
    """Yield one index for all names of the same fields."""
    by_target: dict[Target, list[tuple[str, str]]] = {}
    for known in SETS.values():
        for name, target in known.indexes.items():
            if target != RESULT_SET:
                by_target.setdefault(target, []).append((known.name, name))
    for target, names in by_target.items():
        scan = "false" if target == ALL_RECORDS else "true"
        sort = "true" if target in SORTS else "false"
        maps = "".join(f'<map><name set="{prefix}">{name}</name></map>' for prefix, name in names)
        yield f'<index search="true" scan="{scan}" sort="{sort}">'
        yield f'<title lang="en">{_title(target)}</title>{maps}</index>'


def _title(target: Target) -> str:
    if target == ALL_RECORDS:
        return "every record"
    return FIELDS[target[0]].help if len(target) == 1 else ", ".join(target)


def _schemas() -> Iterator[str]:
    for schema in SRU_SCHEMAS.values():
        named = f"name={quoted(schema.name)} identifier={quoted(schema.identifiers[0])}"
        yield f'<schema {named} location={quoted(schema.location)} sort="false" retrieve="true">'
        yield f"<title>{schema.label}</title></schema>"
