"""A key goes to the server it is for, and is seen nowhere else."""

import logging
import traceback
from collections.abc import Callable

import httpx
import pytest

from catalog.errors import CatalogueError, MalformedResponse, ProtocolError, UsageFault
from harvester.http import Client, Response
from tests.harvester.http.asking import Script, Time, good, read

KEY = "s3cret+/key"
SHOWN = (KEY, "s3cret", "hunter2")
SECRETS = {"api_key": KEY, "empty": ""}
URL = "https://example.org/oai"


def keys(script: Script) -> list[str | None]:
    return [request.url.params.get("api_key") for request in script.asked]


def test_the_key_goes_with_every_request_to_the_first_server() -> None:
    script = Script(good())
    with Time().client(script, secrets=SECRETS) as client:
        response = client.get(URL, {"verb": "Identify"}, read=read)
        client.get("https://example.org/other", read=read)
        client.get("https://example.org:444/", read=read)
        client.get("https://other.example/", read=read)
        client.get("http://example.org/", read=read)
    assert keys(script) == [KEY, KEY, None, None, None]
    assert script.asked[0].url.query == b"verb=Identify&api_key=s3cret%2B%2Fkey"
    assert response.url == f"{URL}?verb=Identify"


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ("/new?a=1&api_key=s3cret%2B%2Fkey", KEY),
        ("https://other.example/?a=1&api_key=s3cret%2B%2Fkey", None),
        ("https://example.org:8443/", None),
    ],
)
def test_a_redirect_takes_the_key_nowhere_else(location: str, key: str | None) -> None:
    script = Script(good({"Location": location}, b"", 301), good())
    with Time().client(script, secrets=SECRETS) as client:
        response = client.get(URL, read=read)
    assert keys(script) == [KEY, key]
    assert script.asked[1].url.query.count(b"api_key") <= 1
    assert "s3cret" not in f"{response.url} {response.permanent_redirect_to}"


def test_a_key_is_not_sent_unencrypted() -> None:
    script = Script(good())
    with Time().client(script, secrets=SECRETS) as client:
        with pytest.raises(UsageFault, match="unencrypted"):
            client.get("http://example.org/oai", read=read)
        assert script.asked == []
    with Time().client(script, secrets=SECRETS) as client:
        client.get("http://127.0.0.1:8000/oai", read=read)
    assert keys(script) == [KEY]


def test_a_login_is_sent_as_such_to_its_server_only() -> None:
    script = Script(
        good(),
        good({"Location": "/x"}, b"", 302),
        good({"Location": "https://other.example/"}, b"", 302),
        good(),
    )
    with Time().client(script) as client:
        assert client.get("https://me:hunter%32@example.org/oai", read=read).url == URL
        client.get("https://me:hunter2@example.org/oai", read=read)
    sent = [request.headers.get("authorization") for request in script.asked]
    assert sent == ["Basic bWU6aHVudGVyMg=="] * 3 + [None]
    assert all(not request.url.userinfo for request in script.asked)


def malformed(response: Response) -> None:
    raise MalformedResponse(f"{response.url} {response.body!r}", hint=f"key {KEY}")


def refused(response: Response) -> None:
    raise ProtocolError(f"no such key: {KEY}", code="unauthorised", hint=response.url)


ECHO = f"you sent {KEY}".encode()


@pytest.mark.parametrize(
    ("step", "reader"),
    [
        (good(body=ECHO, status=500), read),
        (good(body=ECHO, status=401), read),
        (good(body=ECHO), malformed),
        (good(body=ECHO), refused),
        (good(body=ECHO, status=400), refused),
        (good({"Retry-After": "99999"}, ECHO, 503), read),
        (good({"Content-Length": "999"}, ECHO), read),
        (good({"Content-Encoding": "br"}, ECHO), read),
        (httpx.ConnectError("x"), read),
        (httpx.ReadTimeout("x"), read),
        (good({"Location": f"ftp://me:hunter2@x/?api_key={KEY}"}, b"", 302), read),
        (good({"Location": f"https://x:bad/?api_key={KEY}"}, b"", 302), read),
        (good({"Location": f"http://me:hunter2@x/?api_key={KEY}"}, b"", 302), read),
        (good({"Location": f"{URL}?api_key={KEY}"}, b"", 302), read),
    ],
)
def test_no_error_tells_a_secret(
    step: httpx.Response | Exception, reader: Callable[[Response], object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Time().client(Script(step), secrets=SECRETS) as client, pytest.raises(CatalogueError) as failed:
        client.get("https://me:hunter2@example.org/oai", read=reader)
    error = failed.value
    told = [str(error), repr(error), error.hint, vars(error), repr(client), caplog.text]
    told += traceback.format_exception_only(error)
    assert not [text for text in told for secret in SHOWN if secret in str(text)]


@pytest.mark.parametrize(
    "url",
    [
        "me:hunter2@example.org/oai",
        "http://me:hunter2/x@example.org/",
        "ftp://me:hunter2@example.org/",
        "http://me:hunter2@x:0/",
    ],
)
def test_an_address_that_is_none_does_not_tell_its_login(url: str) -> None:
    with Time().client(Script(good())) as client, pytest.raises(UsageFault) as fault:
        client.get(url, read=read)
    assert "hunter2" not in f"{fault.value} {fault.value!r} {fault.value.hint}"


def test_nothing_is_written_to_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Time().client(Script(good()), secrets=SECRETS) as client:
        assert isinstance(client, Client)
        client.get(URL, read=read)
    assert "s3cret" not in caplog.text
