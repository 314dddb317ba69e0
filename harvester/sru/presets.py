"""Library catalogues that answer SRU, and how their queries are written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Preset(NamedTuple):
    """A server: its name for people, address, version and record schema; `queries` says how to ask it."""

    title: str
    url: str
    version: str
    schema: str
    queries: str


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "loc": Preset(
            "Library of Congress",
            "http://lx2.loc.gov:210/LCDB",
            "1.1",
            "marcxml",
            'dc.title, dc.creator, dc.subject, bath.isbn, bath.lccn: dc.title="peer support"',
        ),
        "dnb": Preset(
            "Deutsche Nationalbibliothek",
            "https://services.dnb.de/sru/dnb",
            "1.1",
            "MARC21-xml",
            'WOE (all words), TIT (title), PER (person), SW (subject), NUM (ISBN): WOE="peer support"',
        ),
        "k10plus": Preset(
            "K10plus union catalogue (GBV and SWB)",
            "https://sru.k10plus.de/opac-de-627",
            "1.1",
            "marcxml",
            'pica.all (all words), pica.tit (title), pica.per (person), pica.isb: pica.tit="peer support"',
        ),
    }
)
