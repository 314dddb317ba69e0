"""How the repository is reached, what it calls itself, when it answers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from catalog.errors import CatalogueBusy
from tests.web.oai.house import NAMESPACE
from web.oai.identity import domain, identity
from web.oai.protocol import patience
from web.site import Site

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def test_it_answers_get_and_post_alike(client: TestClient) -> None:
    query = "verb=ListIdentifiers&metadataPrefix=oai_dc&set=source:doaj"
    got = client.get(f"/oai?{query}")
    posted = client.post("/oai", content=query, headers=FORM)
    both = client.post("/oai?verb=ListIdentifiers", content=query.partition("&")[2], headers=FORM)
    for answer in (got, posted, both):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        assert answer.content.partition(b"<request")[2] == got.content.partition(b"<request")[2]
    assert got.content.count(b"<header>") > 0


@pytest.mark.parametrize(
    "headers", [{"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data"}]
)
def test_a_form_of_another_kind_tells_no_verb(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/oai", content="verb=Identify", headers=headers)
    assert answer.status_code == 200
    assert b'code="badVerb"' in answer.content


def test_errors_of_the_protocol_are_no_errors_of_http(client: TestClient) -> None:
    for query in ("", "?verb=x", "?verb=GetRecord", "?verb=ListRecords&resumptionToken=x", "?%ff=%fe&=&&"):
        answer = client.get(f"/oai{query}")
        assert answer.status_code == 200
        assert etree.fromstring(answer.content).find(f"{NAMESPACE}error") is not None


def test_who_comes_at_a_bad_moment_is_told_to_come_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bytes:
        raise CatalogueBusy("another process is writing")

    monkeypatch.setattr("web.oai.endpoint.respond", busy)
    answer = client.get("/oai?verb=Identify")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


def test_it_tells_its_address_and_that_answers_come_compressed(client: TestClient) -> None:
    answer = client.get("/oai?verb=Identify", headers={"Host": "127.0.0.1:8123", "Accept-Encoding": "gzip"})
    told = etree.fromstring(answer.content)
    assert told.findtext(f".//{NAMESPACE}baseURL") == "http://127.0.0.1:8123/oai"
    assert told.findtext(f".//{NAMESPACE}compression") == answer.headers["content-encoding"] == "gzip"
    assert told.findtext(f".//{NAMESPACE}adminEmail") == "postmaster@localhost.localdomain"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://library.example.org/catalogue", "library.example.org"),
        ("https://Library.Example.ORG.:8080", "library.example.org"),
        ("http://localhost:8000", "localhost.localdomain"),
        ("http://127.0.0.1:8000", "localhost.localdomain"),
        ("http://[::1]:8000", "localhost.localdomain"),
        ("http://192.168.1.5", "ip-192-168-1-5.localdomain"),
        ("http://[fe80::1]", "ip-fe80--1.localdomain"),
        ("http://nas", "nas.localdomain"),
        ("http://my_nas", "my-nas.localdomain"),
        ("http://3com.example", "x3com.example"),
        ("http://a.b.c", "localhost.localdomain"),
        ("http://[", "localhost.localdomain"),
        ("http://", "localhost.localdomain"),
        ("http://-", "x-.localdomain"),
        ("http://xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_identifiers_are_in_a_domain_whatever_the_address(base: str, expected: str) -> None:
    assert domain(base) == expected


@pytest.mark.parametrize(
    ("mailto", "expected"),
    [
        ("librarian@example.org", "librarian@example.org"),
        ("mailto:first.last+oai@sub.example.org ", "first.last+oai@sub.example.org"),
        (None, "postmaster@library.example.org"),
        ("somebody", "postmaster@library.example.org"),
        ("root@localhost", "postmaster@library.example.org"),
        ("A Name <a@example.org>", "postmaster@library.example.org"),
    ],
)
def test_there_is_always_somebody_to_write_to(mailto: str | None, expected: str) -> None:
    assert identity(Site(Path(), mailto=mailto), "https://library.example.org").email == expected


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        ("2026-01-01T12:00:00Z", 2.5),
        ("2026-01-01T11:59:59Z", 1.5),
        ("2026-01-01T11:59:58Z", 0.5),
        ("2026-01-01T11:59:57Z", 0),
        ("2025-12-31", 0),
        ("2026-01-01", 0),
        ("2026-01-01T12:00:01Z", 0),
        ("9999-12-31T23:59:59Z", 0),
        ("junk", 0),
    ],
)
def test_a_list_up_to_now_is_answered_when_now_is_over(until: str, seconds: float) -> None:
    pairs = [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"), ("until", until)]
    now = datetime(2026, 1, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    assert patience(pairs, now) == seconds


def test_what_has_no_end_is_answered_at_once() -> None:
    assert patience([("verb", "ListRecords"), ("metadataPrefix", "oai_dc")], datetime.now(UTC)) == 0
