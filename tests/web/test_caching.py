"""What did not change is not made again, and what changed is."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from catalog.record import Record
from catalog.store import open_catalog
from tests.web.shelves import fill, raw_of
from web.caching import conditional
from web.shelf import Shelf, Visit
from web.site import Site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path, [raw_of("one", Record(title="One"))])
    return tmp_path


@pytest.fixture
def runs() -> list[str]:
    return []


@pytest.fixture
def asking(folder: Path, runs: list[str]) -> Iterator[TestClient]:
    @conditional(vary=("Accept",))
    def told(request: Request, visit: Visit) -> Response:
        runs.append(request.url.query)
        return Response(str(visit.engine.revision()), 404 if "missing" in request.url.query else 200)

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        app.state.shelf = Shelf(app.state.site)
        yield
        app.state.shelf.close()

    app = Starlette(routes=[Route("/", told)], lifespan=opened)
    app.state.site = Site(folder)
    with TestClient(app) as client:
        yield client


def test_what_did_not_change_is_not_made_again(asking: TestClient, runs: list[str]) -> None:
    first = asking.get("/?q=a")
    assert (first.headers["cache-control"], first.headers["vary"]) == ("no-cache", "Accept")
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}'):
        again = asking.get("/?q=a", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert runs == ["q=a"]


def _save(folder: Path) -> None:
    with open_catalog(folder, mode="write") as catalog:
        catalog.searches.save("mine", "query", "recovery")


def _harvest(folder: Path) -> None:
    fill(folder, [raw_of("one", Record(title="One"))])  # nothing new, but it was looked for


def _receive(folder: Path) -> None:
    fill(folder, [raw_of("two", Record(title="Two"))])


@pytest.mark.parametrize("change", [_save, _harvest, _receive])
def test_every_change_is_news(asking: TestClient, folder: Path, change: Callable[[Path], None]) -> None:
    tag = asking.get("/").headers["etag"]
    change(folder)
    again = asking.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize(
    ("address", "headers"), [("/?q=b", {}), ("/?q=a", {"Accept": "x/y"}), ("/?q=a", {"Host": "elsewhere"})]
)
def test_another_question_has_another_tag(asking: TestClient, address: str, headers: dict[str, str]) -> None:
    tag = asking.get("/?q=a").headers["etag"]
    assert asking.get(address, headers=headers).headers["etag"] != tag


def test_what_is_no_success_is_asked_for_anew(asking: TestClient) -> None:
    assert "etag" not in asking.get("/?missing").headers
