"""SRU over HTTP: by address and by form, and what the answer says it is."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog.errors import CatalogueBusy
from web.shelf import Shelf
from web.site import Site
from web.sru import routes

OLD = "version=1.2&operation=searchRetrieve&query=peer"


@pytest.fixture(scope="module")
def http(site: Site) -> Iterator[TestClient]:
    """Yield a client of a server that has SRU alone."""
    app = Starlette(routes=routes)
    app.state.site, app.state.shelf = site, Shelf(site)
    with TestClient(app) as client:
        yield client
    app.state.shelf.close()


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("query=peer", "*/*", "application/sru+xml"),
        ("", "", "application/sru+xml"),
        ("query=peer", "text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("query=peer", "application/sru+xml, application/xml;q=0.9", "application/sru+xml"),
        ("query=peer&httpAccept=text/xml", "*/*", "application/xml"),
        (OLD, "*/*", "application/xml"),
        ("operation=explain", "*/*", "application/xml"),
        ("query=peer+and", "*/*", "application/sru+xml"),
    ],
)
def test_the_media_type_is_that_of_the_version(
    http: TestClient, query: str, accept: str, media_type: str
) -> None:
    response = http.get(f"/sru?{query}", headers={"Accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (200, media_type)


def test_a_form_asks_what_an_address_asks(http: TestClient) -> None:
    form = dict(part.split("=") for part in OLD.split("&"))

    assert http.post("/sru", data=form).content == http.get(f"/sru?{OLD}").content
    assert http.get(f"/sru/?{OLD}", follow_redirects=False).content == http.get(f"/sru?{OLD}").content
    assert http.post(f"/sru?{OLD}").content == http.get(f"/sru?{OLD}").content


def test_a_body_that_is_no_form_is_refused(http: TestClient) -> None:
    response = http.post("/sru", content=b"<soap/>", headers={"Content-Type": "text/xml"})

    assert response.status_code == 415


def test_what_did_not_change_is_not_sent_again(http: TestClient) -> None:
    tag = http.get(f"/sru?{OLD}").headers["etag"]

    assert http.get(f"/sru?{OLD}", headers={"If-None-Match": tag}).status_code == 304


def test_what_passes_is_asked_for_anew(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> str:
        raise CatalogueBusy("another process is writing")

    query = f"{OLD}&maximumRecords=3"
    with monkeypatch.context() as patch:
        patch.setattr("web.sru.searching.search", busy)
        answer = http.get(f"/sru?{query}")
        assert "info:srw/diagnostic/1/2<" in answer.text
        assert "etag" not in answer.headers
    assert "diagnostic" not in http.get(f"/sru?{query}").text


def test_bytes_that_are_no_text_are_answered(http: TestClient) -> None:
    assert "diagnostic" not in http.get("/sru?query=%ff%fepeer").text
    assert (
        http.post(
            "/sru", content=b"query=%ff\xff", headers={"Content-Type": "application/x-www-form-urlencoded"}
        ).status_code
        == 200
    )
