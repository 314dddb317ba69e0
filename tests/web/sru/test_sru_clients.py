"""Real clients, and our own harvester, ask a served catalogue in SRU."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from catalog.store import open_catalog
from cli.main import app
from index import FOLDER, open_engine
from index.cql.translate import read
from web.app import create_app
from web.site import Site

pytestmark = pytest.mark.slow
VERSIONS = ("1.1", "1.2", "2.0")
QUERIES = (
    "peer",
    'dc.title any "peer support"',
    "dc.date >= 2020 and health",
    "dc.title=peer sortBy dc.title",
    "peer prox/distance<=3 support",
    "cql.allRecords=1 not peer",
)


@pytest.fixture(scope="module")
def address(demo_folder: Path) -> Iterator[str]:
    """Yield where a demo catalogue is served over HTTP."""
    server = uvicorn.Server(uvicorn.Config(create_app(Site(demo_folder)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/sru"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def counts(demo_folder: Path) -> dict[str, int]:
    engine = open_engine(demo_folder / FOLDER, write=False)
    counted = {query: engine.count(read(query).query) for query in QUERIES}
    engine.close()
    return counted


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def said(*command: str, typed: str = "") -> str:
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=60, check=False
    ).stdout


@needs("yaz-client")
@pytest.mark.parametrize("way", [*(f"get {version}" for version in VERSIONS), "post 1.2"])
def test_yaz_client_finds_shows_scans_and_is_told_what_is_wrong(
    address: str, counts: dict[str, int], way: str, tmp_path: Path
) -> None:
    script = tmp_path / "commands"
    finds = "\n".join(f"find {query}" for query in counts)
    script.write_text(
        f"sru {way}\nopen {address}\nquerytype cql\n{finds}\nfind peer\nschema dc\nshow 1+3\n"
        "scan dc.title=peer\nfind a and\nexplain\nquit\n"
    )
    output = said("yaz-client", "-f", str(script))

    hits = [int(number) for number in re.findall(r"Number of hits: (\d+)", output)]
    assert hits[: len(counts)] == list(counts.values())
    assert output.count("<srw_dc:dc ") == 3
    assert re.search(r"^peer: \d+ inner$", output, re.MULTILINE)
    assert "info:srw/diagnostic/1/10" in output
    assert "<explain " in output


@needs("zoomsh")
@pytest.mark.parametrize("version", VERSIONS)
def test_zoomsh_finds_and_shows(address: str, counts: dict[str, int], version: str) -> None:
    settings = ("set sru get", f"set sru_version {version}", "set preferredRecordSyntax xml")
    for query, count in counts.items():
        output = said("zoomsh", *settings, f"connect {address}", f"search cql:{query}", "show 0 2", "quit")
        assert f": {count} hits" in output
        assert output.count('<record xmlns="http://www.loc.gov/MARC21/slim"') == min(count, 2)


@needs("catmandu")
def test_catmandu_reads_all_records(address: str) -> None:
    asked = ("--base", address, "--query", "cql.allRecords=1", "--recordSchema", "marcxml")
    output = said(
        "catmandu", "convert", "SRU", *asked, "--parser", "marcxml", "to", "JSON", "--line_delimited", "1"
    )

    assert len(output.splitlines()) == 47
    assert output.count('["245"') == 47


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("schema", ["marcxml", "dc"])
def test_our_own_harvester_takes_every_record_over(
    address: str, demo_folder: Path, version: str, schema: str, tmp_path: Path
) -> None:
    how = ("--sru-version", version, "--schema", schema)
    app.main(
        ["--catalog", str(tmp_path / "copy"), "harvest", "sru", address, "cql.allRecords=1", *how],
        standalone_mode=False,
    )

    with open_catalog(demo_folder, mode="read") as ours, open_catalog(tmp_path / "copy", mode="read") as copy:
        wanted = sorted(stored.record.title or "" for stored in ours.live())
        assert sorted(stored.record.title or "" for stored in copy.live()) == wanted
