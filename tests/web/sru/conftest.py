"""The demo catalogue, asked in SRU."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
    # What is lent for one request has a budget for one; these tests ask many.
    budget = replace(site.budget, places=10**15, seconds=3600)
    shelf = Shelf(replace(site, budget=budget))
    with shelf.visit() as lent:
        yield lent
    shelf.close()


@pytest.fixture(scope="session")
def sru(visit: Visit, site: Site) -> Ask:
    """Return what asks the server."""
    return lambda parameters: ask(visit, parameters, site)
