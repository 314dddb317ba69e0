"""Every status and every accident: asked again or not, and what is told at the end."""

import re
import socket
import ssl

import httpx
import pytest

from catalog.errors import MalformedResponse, ProtocolError, TransportFailed
from harvester.http import Manners, Response
from tests.harvester.http.asking import AGENT, GOOD, Script, Time, good, read

URL = "https://example.org/oai"
PASSING = [408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 522, 530, 599]
FINAL = [300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 414, 418, 422, 451, 499]


@pytest.mark.parametrize("status", [200, 201, 203, 206, *PASSING, *FINAL])
def test_read_gets_every_answer_whatever_its_status(status: int) -> None:
    script = Script(good(status=status, headers={"X-Y": "z"}))
    with Time().client(script) as client:
        response = client.get(URL, {"a": "b"}, read=read)
    assert response == Response(status, f"{URL}?a=b", response.headers, GOOD, None)
    assert response.headers["x-y"] == "z"
    assert len(script.asked) == 1


@pytest.mark.parametrize("status", PASSING)
def test_a_passing_refusal_is_asked_again(status: int) -> None:
    script = Script(good(status=status, body=b"<html>"), good())
    with Time().client(script) as client:
        assert client.get(URL, read=read).status == 200
        assert (client.traffic.requests, client.traffic.retries) == (2, 1)


@pytest.mark.parametrize("status", PASSING)
def test_a_refusal_that_does_not_pass_ends_after_all_tries(status: int) -> None:
    script = Script(good(status=status, body=b"<html>"))
    with Time().client(script) as client, pytest.raises(TransportFailed) as failed:
        client.get(URL, {"a": "b"}, read=read)
    assert len(script.asked) == 6
    assert (failed.value.status, failed.value.url) == (status, f"{URL}?a=b")
    assert re.fullmatch(
        rf"https://example\.org/oai answered {status}.* \(asked 6 times\)", failed.value.message
    )
    assert failed.value.hint
    assert "the same command goes on" in failed.value.hint


@pytest.mark.parametrize("status", [*FINAL, 301, 302])
def test_a_final_refusal_is_not_asked_again(status: int) -> None:
    script = Script(good(status=status, body=b"<html>"))
    with Time().client(script) as client, pytest.raises(TransportFailed) as failed:
        client.get(URL, read=read)
    assert len(script.asked) == 1
    assert failed.value.status == status
    assert failed.value.message.startswith(f"https://example.org/oai answered {status}")


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "--api-key"),
        (403, "--user-agent"),
        (404, "address right"),
        (407, "PROXY"),
        (429, "--gap"),
        (503, "goes on"),
    ],
)
def test_a_refusal_says_what_to_do(status: int, hint: str) -> None:
    with (
        Time().client(Script(good(status=status, body=b""))) as client,
        pytest.raises(TransportFailed) as failed,
    ):
        client.get(URL, read=read)
    assert hint in str(failed.value.hint)


@pytest.mark.parametrize("status", [200, 206])
def test_an_answer_that_is_not_what_was_asked_is_asked_for_again(status: int) -> None:
    script = Script(good(body=b"<html>Checking your browser", status=status), good())
    with Time().client(script) as client:
        assert client.get(URL, read=read).body == GOOD
    assert [request.headers["accept-encoding"] for request in script.asked] == ["gzip, deflate", "identity"]


def test_the_last_malformed_answer_is_what_is_told() -> None:
    bodies = [f"wrong {number}".encode() for number in range(6)]

    def told(response: Response) -> None:
        raise MalformedResponse(response.body.decode())

    client = Time().client(Script(*(good(body=body) for body in bodies)))
    with client, pytest.raises(MalformedResponse, match="wrong 5"):
        client.get(URL, read=told)


@pytest.mark.parametrize("status", [200, 400, 422, 500, 503])
@pytest.mark.parametrize("error", [ProtocolError("no", code="badVerb"), ValueError("our own bug")])
def test_other_errors_of_read_pass_at_once(status: int, error: Exception) -> None:
    script = Script(good(status=status))

    def refuse(_: Response) -> None:
        raise error

    with Time().client(script) as client, pytest.raises(type(error)) as raised:
        client.get(URL, read=refuse)
    assert raised.value is error
    assert len(script.asked) == 1


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


UNTRUSTED = ssl.SSLCertVerificationError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")
NO_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
NO_DNS = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
ACCIDENTS = [
    (caused(httpx.ConnectError("x"), NO_DNS), 6, "not known here by that name", "network"),
    (caused(httpx.ConnectError("x"), NO_NAME), 1, "not known here by that name", "spelt"),
    (
        caused(httpx.ConnectError("x"), ConnectionRefusedError(111, "x")),
        6,
        "refuses connections",
        "address right",
    ),
    (caused(httpx.ConnectError("x"), UNTRUSTED), 1, "certificate", "--insecure"),
    (caused(httpx.ConnectError("x"), ssl.SSLError("wrong version number")), 6, "TLS", "https"),
    (httpx.ConnectError("no route"), 6, "cannot be reached", "network"),
    (httpx.ConnectTimeout("x"), 6, "no connection in time", "goes on"),
    (httpx.ReadTimeout("x"), 6, "did not answer in time", "goes on"),
    (httpx.WriteTimeout("x"), 6, "did not answer in time", "goes on"),
    (httpx.PoolTimeout("x"), 6, "did not answer in time", "goes on"),
    (httpx.ReadError("reset"), 6, "broke the connection", "goes on"),
    (httpx.WriteError("reset"), 6, "broke the connection", "goes on"),
    (httpx.RemoteProtocolError("Server disconnected"), 6, "closed the connection", "goes on"),
    (httpx.ProxyError("403"), 6, "proxy", "HTTPS_PROXY"),
    (httpx.DecodingError("x"), 6, "could not be asked", "goes on"),
]


@pytest.mark.parametrize(("error", "tries", "told", "hint"), ACCIDENTS)
def test_an_accident_is_told_in_one_line(error: Exception, tries: int, told: str, hint: str) -> None:
    script = Script(error)
    with Time().client(script) as client, pytest.raises(TransportFailed) as failed:
        client.get(URL, read=read)
    assert len(script.asked) == tries
    assert failed.value.status is None
    assert failed.value.message.startswith(URL)
    assert told in failed.value.message
    assert "\n" not in failed.value.message
    assert hint in str(failed.value.hint)


@pytest.mark.parametrize("error", [error for error, tries, *_ in ACCIDENTS if tries > 1])
def test_an_accident_that_passes_is_survived(error: Exception) -> None:
    with Time().client(Script(error, error, good())) as client:
        assert client.get(URL, read=read).status == 200


def test_a_name_that_was_known_before_is_asked_again() -> None:
    error = caused(httpx.ConnectError("x"), NO_NAME)
    with Time().client(Script(good(), error, good())) as client:
        client.get(URL, read=read)
        assert client.get(URL, read=read).status == 200


@pytest.mark.parametrize("wish", ["100000", "Fri, 06 Nov 2026 15:46:40 GMT"])
def test_who_asks_for_more_than_our_patience_is_believed(wish: str) -> None:
    time, script = Time(), Script(good({"Retry-After": wish}, b"", 503))
    with time.client(script) as client, pytest.raises(TransportFailed) as failed:
        client.get(URL, read=read)
    assert len(script.asked) == 1
    assert time.slept == []
    assert failed.value.message == f"{URL} answered 503 Service Unavailable"
    assert str(failed.value.hint).startswith("it asks to be left alone until 2026-11-06 15:46 UTC")


def test_what_is_left_of_patience_counts() -> None:
    time, script = Time(), Script(good({"Retry-After": "300"}, b"", 503))
    with (
        time.client(script, Manners(AGENT, patience=700)) as client,
        pytest.raises(TransportFailed) as failed,
    ):
        client.get(URL, read=read)
    assert time.slept == [300.0, 300.0]
    assert "until 2026-11-05 12:15 UTC" in str(failed.value.hint)


@pytest.mark.parametrize("tries", [1, 2, 9])
def test_tries_are_bounded(tries: int) -> None:
    script = Script(good(status=500, body=b""))
    with Time().client(script, Manners(AGENT, tries=tries)) as client, pytest.raises(TransportFailed):
        client.get(URL, read=read)
    assert len(script.asked) == tries
