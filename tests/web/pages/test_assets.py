"""Stylesheet, script and icon: kept for ever under their own address, asked for again under any other."""

import re

import pytest
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def address(client: TestClient) -> str:
    found = re.search(r'href="([^"]+/peerlit\.css)"', client.get("/no-such-page").text)
    assert found
    return found[1]


def test_an_address_with_the_digest_is_kept_for_ever(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/static/peerlit.css", "/static/0123456789ab/peerlit.css"])
def test_the_present_file_under_another_address_is_not_kept(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("peerlit.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml")],
)
def test_files_are_of_their_type(client: TestClient, name: str, media_type: str) -> None:
    assert client.get(f"/static/{name}").headers["content-type"] == media_type


@pytest.mark.parametrize("name", ["none.css", "..%2Fsite.py", "../site.py", "peerlit.css/"])
def test_nothing_else_is_sent(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code in (307, 404)


def test_the_stylesheet_stays_small_and_all_of_it_our_own(client: TestClient) -> None:
    sheet = client.get("/static/peerlit.css").text
    assert len(sheet) < 14_500
    assert "url(" not in sheet
    assert "@import" not in sheet
