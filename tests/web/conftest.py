"""A served demo catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.app import create_app
from web.shelf import Shelf, Visit
from web.site import Site


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """Yield a client of the demo catalogue that does not follow redirects."""
    with TestClient(create_app(Site(demo_folder)), follow_redirects=False) as asking:
        yield asking


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Site:
    """Return the demo catalogue as a server is told of it."""
    return Site(demo_folder)


@pytest.fixture
def visit(site: Site) -> Iterator[Visit]:
    """Yield what one request is lent."""
    shelf = Shelf(site)
    with shelf.visit() as lent:
        yield lent
    shelf.close()
