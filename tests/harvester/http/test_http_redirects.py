"""Where a redirect may lead, and what is taken along."""

import httpx
import pytest

from catalog.errors import TransportFailed
from harvester.http import Manners
from tests.harvester.http.asking import AGENT, Script, Time, good, read

URL = "https://example.org/oai"


def to(location: str, status: int = 302) -> httpx.Response:
    return good({"Location": location}, b"", status)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://other.example/x?y=1", "https://other.example/x?y=1"),
        ("/new?y=1", "https://example.org/new?y=1"),
        ("?y=1", "https://example.org/oai?y=1"),
        ("//other.example/", "https://other.example/"),
        ("https://me:pass@other.example/#part", "https://other.example/"),
        ("https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_with_get(status: int, location: str, url: str) -> None:
    encoded = {b"Location": location.encode()}
    step = httpx.Response(status, headers=encoded, stream=httpx.ByteStream(b""))  # type: ignore[arg-type]  # bytes as on the wire
    script = Script(step, good())
    with Time().client(script) as client:
        response = client.get(URL, read=read)
        assert client.traffic.requests == 2
    assert response.url == url
    assert response.permanent_redirect_to == (url if status in {301, 308} else None)
    assert [request.method for request in script.asked] == ["GET", "GET"]
    assert "authorization" not in script.asked[1].headers


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ([301, 308], "https://example.org/2"),
        ([301, 302], "https://example.org/1"),
        ([302, 301], None),
        ([301, 302, 301], "https://example.org/1"),
    ],
)
def test_a_move_for_good_is_told_up_to_where_it_is_for_good(statuses: list[int], moved: str | None) -> None:
    steps = [to(f"/{number}", status) for number, status in enumerate(statuses, 1)]
    with Time().client(Script(*steps, good())) as client:
        assert client.get(URL, read=read).permanent_redirect_to == moved


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("file:///etc/passwd", "no address of the web"),
        ("ftp://example.org/x", "no address of the web"),
        ("data:text/xml,<good/>", "no address of the web"),
        ("https://x:99999/", "no address of the web"),
        ("https://x:abc/", "no address of the web"),
        ("https://xn--/", "no address of the web"),
        ("http://example.org/oai", "from https to plain http"),
        (URL, "in circles"),
    ],
)
def test_a_redirect_is_refused(location: str, told: str) -> None:
    script = Script(to(location))
    with Time().client(script) as client, pytest.raises(TransportFailed, match=told) as failed:
        client.get(URL, read=read)
    assert len(script.asked) == 1
    assert failed.value.status == 302
    assert failed.value.hint


def test_redirects_are_bounded() -> None:
    for bound in (0, 1, 5):
        script = Script(*(to(f"/{number}") for number in range(9)), good())
        client = Time().client(script, Manners(AGENT, redirects=bound))
        with client, pytest.raises(TransportFailed, match="one address to another"):
            client.get(URL, read=read)
        assert len(script.asked) == bound + 1
    script = Script(*(to(f"/{number}") for number in range(5)), good())
    with Time().client(script) as client:
        assert client.get(URL, read=read).url == "https://example.org/4"


def test_a_circle_of_two_ends() -> None:
    script = Script(to("/a"), to("/b"), to("/a"))
    with Time().client(script) as client, pytest.raises(TransportFailed, match="in circles"):
        client.get(URL, read=read)
    assert len(script.asked) == 3


def test_cookies_are_not_kept() -> None:
    script = Script(good({"Location": "/a", "Set-Cookie": "a=b"}, b"", 302), good({"Set-Cookie": "c=d"}))
    with Time().client(script) as client:
        client.get(URL, read=read)
        client.get(URL, read=read)
    assert not any("cookie" in request.headers for request in script.asked)
