"""A served demo catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.app import create_app
from web.site import Site


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """Yield a client of the demo catalogue that does not follow redirects."""
    with TestClient(create_app(Site(demo_folder)), follow_redirects=False) as asking:
        yield asking
