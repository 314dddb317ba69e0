"""A real server, a real harvest, and somebody who writes to the catalogue meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from catalog.record import RawRecord, Record
from catalog.store import Catalog, open_catalog
from harvester.http import Client, Manners
from harvester.oai.source import OaiSource
from harvester.run import harvest
from index import FOLDER, open_engine
from index.sync import sync
from tests.cli.children import kill, start
from tests.web.shelves import PLAIN, fill, raw_of

pytestmark = pytest.mark.slow

RECORDS = 1_000


def version(number: int, word: str) -> RawRecord:
    return raw_of(str(number), Record(title=f"{number} {word}", abstract="words " * 300))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "library", (version(number, "first") for number in range(RECORDS)))
    return tmp_path / "library"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    server = start(folder, "serve", "--port", "0", "--workers", "2")
    try:
        assert server.stdout is not None
        yield server.stdout.readline().removeprefix("serving ").strip()
    finally:
        kill(server)


def write(folder: Path, stop: threading.Event) -> None:
    """Change, add and delete records until told to stop, the index sometimes behind."""
    chance, number = Random(1), RECORDS
    engine = open_engine(folder / FOLDER, write=True)
    with open_catalog(folder, mode="write", crosswalks=PLAIN) as catalog:
        while not stop.is_set():
            some = {chance.randrange(RECORDS) for _ in range(10)}
            raws = [version(each, f"{chance.random()}") for each in some]
            raws += [version(number + each, "new") for each in range(5)]
            gone = (each for each in range(RECORDS) if each not in some)
            raws.append(
                RawRecord(identifier=str(chance.choice([*gone])), format="plain", payload=b"", deleted=True)
            )
            catalog.receive(raws, source="test", kind="test", location="test:")
            number += 5
            if chance.random() < 0.5:
                sync(catalog, engine)
        sync(catalog, engine)
    engine.close()


def fetch(mirror: Catalog, address: str, spec: str) -> None:
    with Client(Manners("peerlit/0 (test)", gap=0)) as client:
        source = OaiSource(
            client, f"{address}oai", name=spec.partition(":")[0] or "all", sets=(spec,) * bool(spec)
        )
        run = harvest(source, mirror, client.traffic)
        assert (run.status, [each for each in run.remarks if each.kind != "note"]) == ("complete", [])


def titles(catalog: Catalog) -> list[str]:
    return sorted(stored.record.title or "" for stored in catalog.live())


@pytest.mark.parametrize("spec", ["", "source:test"])
def test_a_harvest_misses_nothing_of_what_is_written_meanwhile(
    folder: Path, address: str, tmp_path: Path, spec: str
) -> None:
    stop = threading.Event()
    writer = threading.Thread(target=write, args=(folder, stop))
    with open_catalog(tmp_path / "mirror", mode="create") as mirror:
        writer.start()
        try:
            for _ in range(2):
                fetch(mirror, address, spec)
        finally:
            stop.set()
            writer.join()
        fetch(mirror, address, spec)
        with open_catalog(folder) as library:
            assert titles(mirror) == titles(library)
