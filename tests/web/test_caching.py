"""What did not change is not made again, and what changed is."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from catalog.record import Record
from catalog.store import open_catalog
from tests.web.shelves import PLAIN, catch_up, fill, raw_of
from web import caching, records
from web.api import catalogue
from web.caching import conditional
from web.shelf import Shelf, Visit
from web.site import Site

UP = timedelta(hours=1)
"""How long the server has been up."""


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
        app.state.shelf = Shelf(app.state.site, lambda: datetime.now(UTC) - UP)
        yield
        app.state.shelf.close()

    routes = [
        Route("/", told),
        Route("/record/{name:path}", records.record),
        Route("/api/v1/records/{name:path}", catalogue.record),
    ]
    app = Starlette(routes=routes, lifespan=opened)
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


def _dated(folder: Path, **seconds_ago: int) -> None:
    """Let all be that many seconds old, that has a date."""
    then = (datetime.now(UTC) - timedelta(**seconds_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with closing(sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE record SET updated_at = ?", (then,))
        database.execute("UPDATE harvest SET started_at = ?1, finished_at = ?1", (then,))


def test_a_date_does_where_no_tag_is_known(asking: TestClient, folder: Path, runs: list[str]) -> None:
    _dated(folder, minutes=5)
    told = asking.get("/").headers["last-modified"]
    later = format_datetime(datetime.now(UTC), usegmt=True)
    for since, status in ((told, 304), (later, 304), ("Sun, 06 Nov 1994 08:49:37 GMT", 200), ("soon", 200)):
        assert asking.get("/", headers={"If-Modified-Since": since}).status_code == status
    newer = asking.get("/", headers={"If-Modified-Since": told, "If-None-Match": '"another"'})
    assert newer.status_code == 200
    assert len(runs) == 1


def test_no_answer_is_older_than_the_server(asking: TestClient, folder: Path) -> None:
    _dated(folder, hours=5)
    told = parsedate_to_datetime(asking.get("/").headers["last-modified"])
    assert timedelta() < datetime.now(UTC) - told < UP


def test_a_date_says_nothing_of_what_is_no_success(asking: TestClient, folder: Path) -> None:
    _dated(folder, minutes=5)
    later = format_datetime(datetime.now(UTC), usegmt=True)
    assert asking.get("/?missing", headers={"If-Modified-Since": later}).status_code == 404


def test_a_date_is_told_as_soon_as_it_can_be(
    asking: TestClient, folder: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _dated(folder, minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(caching, "_SETTLED", timedelta(minutes=6))
        assert "last-modified" not in asking.get("/").headers
    assert "last-modified" in asking.get("/").headers
    assert len(runs) == 1


@pytest.mark.parametrize("path", ["/record/test/one.ris", "/api/v1/records/test/one"])
def test_a_record_has_a_date_of_its_own(asking: TestClient, folder: Path, path: str) -> None:
    _dated(folder, minutes=5)
    with closing(sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE record SET updated_at = '2020-01-01T00:00:00Z'")
    own, all_others = (
        parsedate_to_datetime(asking.get(each).headers["last-modified"]) for each in (path, "/")
    )
    assert own < all_others - UP / 2


def test_there_is_no_date_where_it_could_miss_a_change(asking: TestClient, folder: Path) -> None:
    assert "last-modified" not in asking.get("/").headers  # more may happen within this second
    _dated(folder, hours=5)
    with open_catalog(folder, mode="write", crosswalks=PLAIN) as catalog:
        run = catalog.begin("test", kind="test", location="test:", request={"again": "1"})
        assert "last-modified" not in asking.get("/").headers  # its figures change and its dates do not
        catalog.page(run, [raw_of("new", Record(title="New"))])
        catalog.finish(run, "complete")
        _dated(folder, hours=5)
        assert "last-modified" not in asking.get("/").headers  # the index has yet to follow
        catch_up(folder, catalog)
        assert "last-modified" in asking.get("/").headers


def test_what_is_no_success_is_asked_for_anew(asking: TestClient) -> None:
    assert "etag" not in asking.get("/?missing").headers
