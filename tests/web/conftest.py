"""A served demo catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.main import app
from web.app import create_app
from web.site import Site


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a catalogue as `peerlit demo` makes it; nobody may write to it."""
    folder = tmp_path_factory.mktemp("demo") / "catalogue"
    app.main(["demo", str(folder)], standalone_mode=False)
    return folder


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """Yield a client of the demo catalogue that does not follow redirects."""
    with TestClient(create_app(Site(demo_folder)), follow_redirects=False) as asking:
        yield asking
