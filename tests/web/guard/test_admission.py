"""Who is let in, how far, how often; what is told to browsers and to the log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from web.app import create_app
from web.guard.access import AccessLog, log_to
from web.guard.rates import Buckets, client_of
from web.guard.requests import LONGEST_BODY, LONGEST_TARGET, Admission
from web.guard.settings import Guard
from web.site import Site


@pytest.fixture(scope="module")
def strict(demo_folder: Path) -> Iterator[TestClient]:
    """Yield a proxy that a server at a root path trusts; it grants ten requests at once."""
    guard = Guard(root_path="/library", trusted=("10.0.0.0/8",), rate=1)
    with TestClient(create_app(Site(demo_folder), guard), client=("10.0.0.1", 1)) as asking:
        yield asking


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/static/../../etc/passwd"])
def test_every_answer_tells_browsers_what_not_to_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_the_catalogue_is_only_read(client: TestClient, method: str) -> None:
    refused = client.request(method, "/healthz")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_who_asks_for_json_is_refused_in_json(client: TestClient) -> None:
    assert client.post("/api/search").json()["detail"] == "the catalogue is only read here"


@pytest.mark.parametrize(
    ("path", "methods"), [("/oai", "GET, HEAD, OPTIONS, POST"), ("/api", "GET, HEAD, OPTIONS")]
)
def test_pages_of_other_hosts_may_ask(client: TestClient, path: str, methods: str) -> None:
    answer = client.options(path, headers={"Access-Control-Request-Method": "POST"})
    assert (answer.status_code, answer.content, answer.headers["allow"]) == (204, b"", methods)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == methods


def test_pages_of_other_hosts_learn_why_they_are_refused(client: TestClient) -> None:
    refused = client.post("/api/search", headers={"Origin": "https://elsewhere.example"})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (405, "*")


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = (await receive())["body"] if scope["method"] == "POST" else b""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode() + b" " + body})


@pytest.mark.parametrize(
    ("method", "target", "body", "status"),
    [
        ("POST", "/oai", b"v" * LONGEST_BODY, 200),
        ("POST", "/oai", b"v" * (LONGEST_BODY + 1), 413),
        ("POST", "/sru", b"", 200),
        ("GET", f"/search?q={'a' * (LONGEST_TARGET - 9)}", b"", 200),
        ("GET", f"/search?q={'a' * LONGEST_TARGET}", b"", 414),
        ("GET", f"/{'a' * LONGEST_TARGET}", b"", 414),
        ("GET", f"/search?{'&' * 499}", b"", 200),
        ("GET", f"/search?{'&' * 500}", b"", 400),
    ],
)
def test_nothing_is_too_long(method: str, target: str, body: bytes, status: int) -> None:
    answer = TestClient(Admission(echo)).request(method, target, content=body)
    assert answer.status_code == status
    assert body not in answer.content if status == 413 else body in answer.content


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("library.example.org", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("192.0.2.1", 200),
        ("under_score.example", 200),
        ("a/b", 400),
        ("a@b", 400),
        ("a b", 400),
        ('"><script>', 400),
        ("a:port", 400),
        ("", 400),
        ("a" * 300, 400),
    ],
)
def test_a_host_that_is_none_gets_into_no_link(host: str, status: int) -> None:
    assert TestClient(Admission(echo)).get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("path", ["/healthz", "/library/healthz"])
def test_a_proxy_may_hand_on_the_root_path_or_not(strict: TestClient, path: str) -> None:
    assert strict.get(path).text.startswith("ok\n")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/search/?q=a", "/search?q=a"),
        ("//elsewhere.example/", "/elsewhere.example"),
        ("/a%3fb%23%20%c3%a9/", "/a%3Fb%23%20%C3%A9"),
    ],
)
def test_a_slash_too_many_leads_nowhere_else(client: TestClient, path: str, leads_to: str) -> None:
    answer = client.get(f"http://testserver{path}")
    assert (answer.status_code, answer.headers["location"]) == (307, leads_to)


def test_the_root_path_alone_is_the_first_page(strict: TestClient) -> None:
    headers = {"X-Forwarded-For": "192.0.2.99"}
    pages = [strict.get(path, headers=headers, follow_redirects=False) for path in ("/library", "/library/")]
    assert [page.status_code for page in pages] == [200, 200]
    slash = strict.get("/library/search/", headers=headers, follow_redirects=False)
    assert slash.headers["location"] == "/library/search"


def test_each_client_behind_a_trusted_proxy_is_counted_by_itself(strict: TestClient) -> None:
    def ask(client: str) -> int:
        return strict.get("/nowhere", headers={"X-Forwarded-For": client}).status_code

    assert [ask("192.0.2.7") for _ in range(11)] == [404] * 10 + [429]
    assert ask("192.0.2.8") == 404
    refused = strict.get("/nowhere", headers={"X-Forwarded-For": "192.0.2.7"})
    assert (refused.headers["retry-after"], refused.headers["ratelimit"]) == ("1", '"client";r=0;t=1')
    assert refused.text == "too many requests: wait 1 s\n"


def test_health_is_always_told(strict: TestClient) -> None:
    assert {strict.get("/healthz").status_code for _ in range(15)} == {200}


def test_who_is_not_trusted_forwards_nothing(demo_folder: Path) -> None:
    guard = Guard(trusted=("10.0.0.1",), rate=0.1)
    with TestClient(create_app(Site(demo_folder), guard), client=("192.0.2.1", 1)) as asking:
        statuses = [
            asking.get("/nowhere", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (8, 9)
        ]
    assert statuses == [404, 429]


def test_a_bucket_fills_at_its_rate_and_no_further() -> None:
    now = 0.0
    buckets = Buckets(2, lambda: now)
    assert [buckets.take("a") >= 0 for _ in range(21)] == [True] * 20 + [False]
    now += 1.0
    assert [buckets.take("a") >= 0 for _ in range(3)] == [True, True, False]
    now += 1e9
    assert sum(buckets.take("a") >= 0 for _ in range(30)) == 20


@pytest.mark.parametrize(
    ("client", "server", "counted", "of_everybody"),
    [
        ("192.0.2.1", "192.0.2.9", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "127.0.0.1", None, "127.0.0.1"),
        ("192.0.2.9", "192.0.2.9", None, "192.0.2.9"),
        ("::ffff:192.0.2.1", "::1", "192.0.2.1", "192.0.2.1"),
        ("::ffff:127.0.0.1", "::1", None, "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "::1", "2001:db8:1:2::", "2001:db8:1:2::"),
        ("testclient", "", None, "testclient"),
    ],
)
def test_whom_a_request_counts_for(client: str, server: str, counted: str | None, of_everybody: str) -> None:
    scope = {"client": (client, 1), "server": (server, 80)}
    assert client_of(scope, everybody=False) == counted
    assert client_of(scope, everybody=True) == of_everybody


def test_the_log_holds_nothing_personal(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    log = log_to(str(file))
    asking = TestClient(AccessLog(echo, log, ""), client=("192.0.2.55", 1))
    headers = {"User-Agent": "Firefox", "Referer": "/search?q=my+illness", "Cookie": "who=me"}
    asking.get("/search?q=my+illness", headers=headers)
    asking.get("/record/a%0Ab%1b[31m\u00e9")
    asking.get("/healthz")
    log.close()
    lines = file.read_text(encoding="ascii").splitlines()
    assert [line.split(" ", 1)[1].rsplit(" ", 1)[0] for line in lines] == [
        "GET /search 200 8",
        "GET /record/a%0Ab%1B%5B31m%C3%A9 200 19",
    ]


def test_a_log_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    log = log_to(str(file))
    log.handle(logging.makeLogRecord({"msg": "one"}))
    file.rename(tmp_path / "access.log.1")
    log.handle(logging.makeLogRecord({"msg": "two"}))
    log.close()
    assert file.read_text(encoding="ascii") == "two\n"


def test_pages_are_compressed_for_who_asks(client: TestClient) -> None:
    plain = client.get("/static/peerlit.css", headers={"Accept-Encoding": "identity"})
    small = client.get("/static/peerlit.css", headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text
