"""The XML of answers, by string building: their shape is known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from catalog.export.schemas import RecordSchema
from catalog.export.xml import escaped, leaf, quoted
from web.oai.identity import Identity
from web.oai.repository import Told
from web.oai.sets import SetInfo

_BASE: Final = "http://www.openarchives.org/OAI/2.0/"
_INSTANCE: Final = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_OPENING: Final = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{_BASE}" {_INSTANCE} '
    f'xsi:schemaLocation="{_BASE} {_BASE}OAI-PMH.xsd">'
)
_IDENTIFIER: Final = (
    f'<oai-identifier xmlns="{_BASE}oai-identifier" {_INSTANCE} '
    f'xsi:schemaLocation="{_BASE}oai-identifier {_BASE}oai-identifier.xsd">'
)
_DC: Final = (
    f'<oai_dc:dc xmlns:oai_dc="{_BASE}oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" {_INSTANCE} '
    f'xsi:schemaLocation="{_BASE}oai_dc/ {_BASE}oai_dc.xsd">'
)


def document(date: str, base_url: str, echo: Mapping[str, str], content: str) -> bytes:
    """Return a whole answer."""
    attributes = "".join(f" {name}={quoted(value)}" for name, value in echo.items())
    return (
        f"{_OPENING}\n{leaf('responseDate', date)}\n<request{attributes}>{escaped(base_url)}</request>\n"
        f"{content}\n</OAI-PMH>\n"
    ).encode()


def errors(found: Iterable[tuple[str, str]]) -> str:
    """Return errors of the protocol."""
    return "\n".join(f"<error code={quoted(code)}>{escaped(message)}</error>" for code, message in found)


def identify(identity: Identity, earliest: str, sample_key: str) -> str:
    """Return what the repository says of itself."""
    scheme = "".join(
        leaf(name, text)
        for name, text in (
            ("scheme", "oai"),
            ("repositoryIdentifier", identity.domain),
            ("delimiter", ":"),
            ("sampleIdentifier", identity.identifier(sample_key)),
        )
    )
    told = (
        ("repositoryName", identity.name),
        ("baseURL", identity.base_url),
        ("protocolVersion", "2.0"),
        ("adminEmail", identity.email),
        ("earliestDatestamp", earliest),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ("compression", "gzip"),
    )
    leaves = "\n".join(leaf(name, text) for name, text in told)
    described = f"<description>{_IDENTIFIER}{scheme}</oai-identifier></description>"
    return f"<Identify>\n{leaves}\n{described}\n</Identify>"


def formats(offered: Mapping[str, RecordSchema]) -> str:
    """Return the formats by their prefixes."""
    told = "\n".join(
        f"<metadataFormat>{leaf('metadataPrefix', prefix)}{leaf('schema', schema.location)}"
        f"{leaf('metadataNamespace', schema.namespace)}</metadataFormat>"
        for prefix, schema in offered.items()
    )
    return f"<ListMetadataFormats>\n{told}\n</ListMetadataFormats>"


def sets(found: Iterable[SetInfo], ending: str) -> str:
    """Return sets, and what ends the page."""
    told = "\n".join(
        f"<set>{leaf('setSpec', each.spec)}{leaf('setName', each.name)}{_description(each)}</set>"
        for each in found
    )
    return f"<ListSets>\n{told}{ending}\n</ListSets>"


def record(
    verb: str, told: Sequence[Told], schema: RecordSchema, identity: Identity, ending: str = ""
) -> str:
    """Return records, and what ends the page."""
    found = "\n".join(_record(each, schema, identity) for each in told)
    return f"<{verb}>\n{found}{ending}\n</{verb}>"


def headers(verb: str, told: Sequence[Told], identity: Identity, ending: str) -> str:
    """Return headers alone, and what ends the page."""
    return f"<{verb}>\n" + "\n".join(_header(each, identity) for each in told) + f"{ending}\n</{verb}>"


def token(text: str, *, cursor: int, size: int | None) -> str:
    """Return the end of a page of a list; without text, of the last."""
    whole = f' completeListSize="{size}"' if size else ""
    return f'\n<resumptionToken{whole} cursor="{cursor}">{escaped(text)}</resumptionToken>'


def _record(told: Told, schema: RecordSchema, identity: Identity) -> str:
    header = _header(told, identity)
    if told.gone:
        return f"<record>{header}</record>"
    return f"<record>{header}\n<metadata>{schema.element(told.entry)}</metadata></record>"


def _header(told: Told, identity: Identity) -> str:
    status = ' status="deleted"' if told.gone else ""
    specs = "".join(f"<setSpec>{spec}</setSpec>" for spec in told.sets)
    return (
        f"<header{status}>{leaf('identifier', identity.identifier(told.stored.key))}"
        f"<datestamp>{told.stored.updated_at}</datestamp>{specs}</header>"
    )


def _description(found: SetInfo) -> str:
    if found.search is None:
        return ""
    text, date = escaped(found.search.text), found.search.saved_at
    told = f"<dc:description>{text}</dc:description><dc:date>{date}</dc:date>"
    return f"<setDescription>{_DC}{told}</oai_dc:dc></setDescription>"
