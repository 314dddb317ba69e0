"""Record schemas: one record as one XML element, for protocols that put it into a response of their own.

Every element declares its namespaces itself, so it is well-formed wherever it is put. The writers are
imported at the first use.
"""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Final, NamedTuple

from catalog.export import Entry
from catalog.record import Record


class RecordSchema(NamedTuple):
    """A schema: its namespace, the address of its XSD, and what SRU calls it.

    `element` returns the record as one XML element without XML declaration. `fits` tells which records have
    a form in it. `identifiers` are those of https://www.loc.gov/standards/sru/recordSchemas/, best first.
    """

    name: str
    label: str
    namespace: str
    location: str
    identifiers: tuple[str, ...]
    element: Callable[[Entry], str]
    fits: Callable[[Record], bool] = lambda _: True


def _is_article(record: Record) -> bool:
    return record.type == "article-journal"


def _later(module: str, function: str, entry: Entry) -> str:
    write: Callable[[Entry], str] = getattr(import_module(module), function)
    return write(entry)


RECORD_SCHEMAS: Final[Mapping[str, RecordSchema]] = MappingProxyType(
    {
        schema.name: schema
        for schema in (
            RecordSchema(
                "marcxml",
                "MARC 21 (MARCXML)",
                "http://www.loc.gov/MARC21/slim",
                "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
                ("info:srw/schema/1/marcxml-v1.1", "http://www.loc.gov/MARC21/slim"),
                partial(_later, "catalog.export.marcxml", "element"),
            ),
            RecordSchema(
                "dc",
                "Dublin Core",
                "info:srw/schema/1/dc-schema",
                "http://www.loc.gov/standards/sru/recordSchemas/dc-schema.xsd",
                ("info:srw/schema/1/dc-v1.1", "http://purl.org/dc/elements/1.1/"),
                partial(_later, "catalog.export.dublin_core", "srw_dc"),
            ),
            RecordSchema(
                "oai_dc",
                "Dublin Core (OAI-PMH)",
                "http://www.openarchives.org/OAI/2.0/oai_dc/",
                "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
                ("http://www.openarchives.org/OAI/2.0/oai_dc/",),
                partial(_later, "catalog.export.dublin_core", "oai_dc"),
            ),
            RecordSchema(
                "mods",
                "MODS",
                "http://www.loc.gov/mods/v3",
                "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
                ("info:srw/schema/1/mods-v3.8", "http://www.loc.gov/mods/v3"),
                partial(_later, "catalog.export.mods", "element"),
            ),
            RecordSchema(
                "oai_doaj",
                "DOAJ article",
                "http://doaj.org/features/oai_doaj/1.0/",
                "https://doaj.org/static/doaj/doajArticles.xsd",
                ("http://doaj.org/features/oai_doaj/1.0/",),
                partial(_later, "catalog.export.oai_doaj", "element"),
                fits=_is_article,
            ),
        )
    }
)
"""Every schema by its name."""

_SRU: Final = ("marcxml", "dc", "mods")
_OAI: Final = {"oai_dc": "oai_dc", "marc21": "marcxml", "mods": "mods", "oai_doaj": "oai_doaj"}

SRU_SCHEMAS: Final[Mapping[str, RecordSchema]] = MappingProxyType(
    {name: RECORD_SCHEMAS[name] for name in _SRU}
)
"""What an SRU server offers, by short name, the default first."""

OAI_FORMATS: Final[Mapping[str, RecordSchema]] = MappingProxyType(
    {prefix: RECORD_SCHEMAS[name] for prefix, name in _OAI.items()}
)
"""What an OAI-PMH provider offers, by metadataPrefix."""
