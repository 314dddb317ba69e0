"""DOAJ's OAI-PMH feed, harvested by the classes of its journals."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from harvester.oai.source import OaiSource

if TYPE_CHECKING:
    from harvester.http import Client

KIND = "doaj-feed"


def feed(
    client: "Client",
    base_url: str,
    *,
    sets: Sequence[str],
    name: str = "doaj",
    request: Mapping[str, str] | None = None,
) -> OaiSource:
    """Return DOAJ's feed of articles as a source; `sets` are setSpecs, none of them for all there is.

    An article stands in the sets of the classes its journal was given, not in those above them.
    `oai_doaj` tells identifiers, pages and authors apart where `oai_dc` runs them together.
    """
    url = f"{base_url.rstrip('/')}/oai.article"
    return OaiSource(client, url, name=name, kind=KIND, sets=sets, prefix="oai_doaj", request=request)
