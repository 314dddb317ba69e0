"""The demo catalogue, asked in SRU."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.sru.sru_answers import Answer, Parameters, ask
from web.shelf import Shelf, Visit
from web.site import Site

Ask = Callable[[Parameters], Answer]


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Site:
    return Site(demo_folder, title="Peers & <others>", mailto="library@example.org")


@pytest.fixture(scope="session")
def visit(site: Site) -> Iterator[Visit]:
    shelf = Shelf(site)
    with shelf.visit() as lent:
        # What is lent for one request has a budget for one; these tests ask many.
        yield Visit(lent.catalog, lent.engine.at_one_commit())  # type: ignore[attr-defined]  # Pinned can
    shelf.close()


@pytest.fixture(scope="session")
def sru(visit: Visit, site: Site) -> Ask:
    """Return what asks the server."""
    return lambda parameters: ask(visit, parameters, site)
