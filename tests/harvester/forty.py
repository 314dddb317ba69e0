"""A run against a server with a fault: real client, real source, real catalogue, an idle clock."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from catalog.errors import SourceError
from catalog.store import Catalog, Harvest, open_catalog
from cli.loopback.answer import Respond
from cli.loopback.provider import Provider
from harvester.http import Client, Manners
from harvester.oai.source import OaiSource
from harvester.run import harvest
from tests.provider.articles import articles
from tests.provider.transport import Asked, transport

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = 10
ARTICLES = articles(45, seed=7)
WITHDRAWN = ARTICLES[20]["id"]
ARTICLES[20]["admin"] = {"in_doaj": False}
TRUTH = frozenset(f"oai:doaj.org/article:{each['id']}" for each in ARTICLES if each["id"] != WITHDRAWN)
NEWEST = max(each["last_updated"] for each in ARTICLES)
URL = "http://127.0.0.1/oai.article"


class Outcome(NamedTuple):
    """What a run came to: identifiers of `live` and `rejected` records, requests, seconds of waiting."""

    run: Harvest
    error: SourceError | None
    live: frozenset[str]
    rejected: Mapping[str, str]
    asked: Asked
    waited: float

    @property
    def lost(self) -> frozenset[str]:
        """Records that are nowhere in the catalogue."""
        return TRUTH - self.live - self.rejected.keys()

    @property
    def nameless(self) -> int:
        """How many there are whose server did not say what they are called."""
        return sum(name.startswith("sha256:") for name in (*self.live, *self.rejected))

    def told(self, kind: str) -> list[str]:
        return [remark.text for remark in self.run.remarks if remark.kind == kind]


def provider() -> Respond:
    """Answer as DOAJ does, nothing held back."""
    return Provider(ARTICLES, now=lambda: NOW, page_size=PAGE, delay=None).respond


def run(
    respond: Respond,
    folder: Path,
    *,
    full: bool = False,
    url: str = URL,
    agent: str = "peerlit/0 (test)",
    stopping: Callable[[], bool] = lambda: False,
    client: Client | None = None,
) -> Outcome:
    """Harvest into the catalogue in a folder, made if it is not there."""
    asked, slept = Asked(respond), [0.0]

    def sleep(seconds: float) -> None:
        slept[0] += seconds

    made = client or Client(
        Manners(agent),
        clock=lambda: slept[0],
        now=lambda: NOW + timedelta(seconds=slept[0]),
        sleep=sleep,
        random=lambda: 0.5,
        transport=transport(asked.respond),
    )
    error = None
    with made, open_catalog(folder, mode="create") as catalog:
        source = OaiSource(made, url, name="x", prefix="oai_doaj", now=lambda: NOW)
        try:
            harvest(source, catalog, made.traffic, full=full, clock=lambda: slept[0], stopping=stopping)
        except SourceError as failed:
            error = failed
        except KeyboardInterrupt:
            pass
        return _outcome(catalog, error, asked, slept[0])


def _outcome(catalog: Catalog, error: SourceError | None, asked: Asked, waited: float) -> Outcome:
    live = {raw.raw.identifier for record in catalog.live() for raw in catalog.raws(record.key)}
    rejected = {each.identifier: each.reason for each in catalog.rejections()}
    return Outcome(catalog.harvests()[0], error, frozenset(live), rejected, asked, waited)
