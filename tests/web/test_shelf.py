"""Catalogues are lent and given back, and none stays open for nothing."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from catalog.record import Record
from catalog.store import Catalog
from tests.web.shelves import fill, raw_of
from web.exports import export
from web.shelf import Shelf
from web.site import Site


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    fill(tmp_path / "served", [raw_of("one", Record(title="One"))])
    shelf = Shelf(Site(tmp_path / "served"))
    yield shelf
    shelf.close()


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Catalog]:
    """Return the catalogues that were closed."""
    closed: list[Catalog] = []
    close = Catalog.close
    monkeypatch.setattr(Catalog, "close", lambda catalog: closed.append(catalog) or close(catalog))
    return closed


def test_a_crowd_leaves_no_crowd_of_open_catalogues(shelf: Shelf, closed: list[Catalog]) -> None:
    with ExitStack() as crowd:
        lent = [crowd.enter_context(shelf.visit()).catalog for _ in range(40)]
    assert len(closed) == len(set(map(id, lent))) - 16
    with shelf.visit() as visit:
        assert visit.catalog in lent
        assert visit.catalog not in closed


def test_a_folder_in_the_place_of_the_served_one_is_opened(
    shelf: Shelf, closed: list[Catalog], tmp_path: Path
) -> None:
    fill(tmp_path / "new", [raw_of("two", Record(title="Two")), raw_of("three", Record(title="Three"))])
    with shelf.visit() as before:
        (tmp_path / "served").rename(tmp_path / "old")
        (tmp_path / "new").rename(tmp_path / "served")
        with shelf.visit() as after:
            assert (before.catalog.revision(), after.catalog.revision()) == (1, 2)
            assert after.since > before.since
    assert before.catalog in closed
    assert after.catalog not in closed


def test_who_takes_their_time_with_files_holds_up_no_search(shelf: Shelf, tmp_path: Path) -> None:
    app = Starlette(routes=[Route("/export", export)])
    app.state.shelf, app.state.site = shelf, Site(tmp_path / "served")
    asking = TestClient(app)
    with ExitStack() as slow:
        for _ in range(20):
            slow.enter_context(shelf.sending())
        refused = asking.get("/export")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        with shelf.visit() as visit:
            assert visit.catalog.revision() == 1
    for _ in range(30):
        assert asking.get("/export").status_code == 200
