"""Peerlit harvests peerlit: the same catalogue on the other side, and then only what changed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from catalog.record import RawRecord, Record
from catalog.store import Catalog, open_catalog
from cli.loopback.answer import Answer
from harvester.http import Client, Manners
from harvester.oai.source import OaiSource
from harvester.protocol import Begun
from harvester.run import harvest
from tests.provider.articles import articles
from tests.provider.transport import transport
from tests.web.oai.house import House

ARTICLES = articles(20, seed=3)
URL = "https://library.example.org/peerlit/oai"
XML = {"Content-Type": "text/xml; charset=utf-8"}


def raws(*numbers: int, deleted: bool = False) -> list[RawRecord]:
    return [
        RawRecord(
            identifier=ARTICLES[n]["id"],
            format="doaj+json",
            payload=b"" if deleted else msgspec.json.encode(ARTICLES[n]),
            deleted=deleted,
        )
        for n in numbers
    ]


@pytest.fixture
def library(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a repository of articles of DOAJ, two of them withdrawn."""
    monkeypatch.setattr(house.catalog, "_crosswalks", None)
    house.receive(raws(*range(20)), "doaj")
    house.wait()
    house.receive(raws(3, 4, deleted=True), "doaj")
    house.wait()
    return house


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Catalog]:
    with open_catalog(tmp_path / "mirror", mode="create") as catalog:
        yield catalog


def fetch(library: House, mirror: Catalog, prefix: str, *sets: str) -> Begun:
    def respond(_path: str, query: str, _headers: Mapping[str, str]) -> Answer:
        return Answer(200, XML, library.bytes(query))

    with Client(Manners("peerlit/0 (test)", gap=0), transport=transport(respond)) as client:
        source = OaiSource(client, URL, name="mirror", prefix=prefix, sets=sets, now=lambda: library.time)
        return harvest(source, mirror, client.traffic)


def live(catalog: Catalog) -> dict[str, Record]:
    return {stored.key: stored.record for stored in catalog.live()}


@pytest.mark.parametrize("prefix", ["marc21", "oai_doaj", "oai_dc"])
def test_a_harvest_brings_every_record_and_deletion(library: House, mirror: Catalog, prefix: str) -> None:
    run = fetch(library, mirror, prefix)
    assert (run.status, run.counts.received, run.counts.deleted) == ("complete", 20, 2)
    assert not [remark for remark in run.remarks if remark.kind != "note"]
    assert not list(mirror.rejections())
    titles = sorted(record.title or "" for record in live(library.catalog).values())
    assert sorted(record.title or "" for record in live(mirror).values()) == titles
    again = fetch(library, mirror, prefix)
    assert (again.counts.new, again.counts.changed, again.counts.deleted) == (0, 0, 0)


def test_marc_brings_the_records_as_they_are(library: House, mirror: Catalog) -> None:
    fetch(library, mirror, "marc21")
    assert live(mirror) == live(library.catalog)


def test_a_second_harvest_brings_what_changed(library: House, mirror: Catalog) -> None:
    """And what changed in the newest second of the first: nobody knows that it is over."""
    fetch(library, mirror, "marc21")
    library.wait()
    library.receive(raws(7, 8, deleted=True), "doaj")
    library.receive(raws(3), "doaj")
    run = fetch(library, mirror, "marc21")
    assert (run.counts.received, run.counts.deleted, run.counts.repeated) == (4, 2, 0)
    assert live(mirror) == live(library.catalog)


def test_a_harvest_of_sets_brings_what_is_in_them(library: House, mirror: Catalog) -> None:
    library.put("other", "1")
    library.catalog.searches.save("peers", "query", "peer")
    library.wait()
    run = fetch(library, mirror, "marc21", "source:doaj", "search:peers")
    assert run.status == "complete"
    assert live(mirror) == {key: each for key, each in live(library.catalog).items() if "other" not in key}
