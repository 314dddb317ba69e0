"""What the manual says of OAI-PMH is so."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from catalog.export.schemas import OAI_FORMATS
from catalog.store import open_catalog
from web.app import create_app
from web.oai.protocol import PAGE
from web.oai.repository import SETTLING
from web.site import Site

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "oai.md").read_text(encoding="utf-8")
ASKED = re.findall(r"^curl 'http://127.0.0.1:8000(.+?)'$", MANUAL, re.MULTILINE)


@pytest.fixture(scope="module")
def client(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("demo") / "catalogue"
    copytree(demo_folder, folder)
    with open_catalog(folder, mode="write") as catalog:
        catalog.searches.save("Peer support", "query", "peer support AND year:2019-")
    with TestClient(create_app(Site(folder))) as asking:
        yield asking


@pytest.mark.parametrize("address", ASKED)
def test_what_is_asked_is_answered(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<error" not in answer.text


def test_the_formats_are_those_there_are() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", MANUAL, re.MULTILINE)) == set(OAI_FORMATS)


def test_the_sets_are_some_there_are(client: TestClient) -> None:
    told = re.findall(r"`((?:source|lcc|search)(?::[^`]+)?)`", MANUAL)
    listed = re.findall(r"<setSpec>([^<]+)", client.get("/oai?verb=ListSets").text)
    assert set(told) <= set(listed)


def test_the_figures_are_right() -> None:
    assert f"A page has {PAGE} records" in MANUAL
    assert SETTLING == 2
    assert "lies two seconds back" in MANUAL
    assert "after at most three seconds" in MANUAL  # the second itself, too
