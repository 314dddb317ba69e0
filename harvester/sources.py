"""Every kind of source, made from what the catalogue keeps of a harvest: its place and its request."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from catalog.errors import UsageFault

if TYPE_CHECKING:
    from harvester.http import Client
    from harvester.protocol import Source

Request = Mapping[str, str]
Maker = Callable[["Client", str, str, Request], "Source"]
"""From client, name, location and request."""


def make(kind: str, client: "Client", *, name: str, location: str, request: Request) -> "Source":
    """Make the source that was asked for, now or in an earlier run. Raises UsageFault for an unknown kind."""
    maker = MAKERS.get(kind)
    if maker is None:
        raise UsageFault(f"{name}: this peerlit harvests nothing of the kind {kind!r}", hint="is it too old?")
    return maker(client, name, location, request)


def _oai(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.oai.source import OaiSource

    sets, prefix = request.get("sets", "").split(), request.get("prefix")
    return OaiSource(client, location, name=name, sets=sets, prefix=prefix, request=request)


def _doaj_feed(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.doaj.feed import feed

    base = location.removesuffix("/oai.article")  # what the feed itself goes by
    return feed(client, base, sets=request.get("sets", "").split(), name=name, request=request)


def _doaj_api(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.doaj.api import ApiSource

    return ApiSource(client, location, query=request["query"], name=name, request=request)


def _doaj_dump(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.doaj.dump import DumpSource

    del client
    return DumpSource(location, name=name, request=request)


def _sru(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.sru.source import SruSource

    return SruSource(
        client,
        location,
        query=request["query"],
        schema=request.get("schema"),
        version=request.get("version"),
        name=name,
        request=request,
    )


def _vufind_api(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.vufind.source import RestSource

    return RestSource(
        client, location, query=request["query"], type=request.get("type"), name=name, request=request
    )


def _vufind_export(client: "Client", name: str, location: str, request: Request) -> "Source":
    from harvester.vufind.export import ExportSource

    return ExportSource(client, location, ids=request["ids"].split("\n"), name=name, request=request)


MAKERS: Mapping[str, Maker] = {
    "oai-pmh": _oai,
    "doaj-feed": _doaj_feed,
    "doaj-api": _doaj_api,
    "doaj-dump": _doaj_dump,
    "sru": _sru,
    "vufind-api": _vufind_api,
    "vufind-export": _vufind_export,
}
