"""Each switch does to an answer what its name says, and nothing where it is off."""

import gzip
import re
import ssl
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pytest
from lxml import etree

from cli.loopback.answer import Answer, Respond
from cli.loopback.provider import Provider
from tests.provider.articles import articles
from tests.provider.faults import FAULTS, VARIANTS, Row
from tests.provider.faulty import always, faulty, first, holding, on, with_token
from tests.provider.rude_server import serve_rudely, serve_tls

_LIST = "verb=ListRecords&metadataPrefix=oai_doaj"


def _provider(count: int = 25, page_size: int = 10) -> Respond:
    known = articles(count, seed=7)
    known[3]["admin"] = {"in_doaj": False}
    return Provider(known, page_size=page_size, delay=None).respond


def _get(respond: Respond, query: str = _LIST, **headers: str) -> Answer:
    return respond("/oai.article", query, headers)


def _token(answer: Answer) -> str | None:
    found = re.search(rb"<resumptionToken[^>]*>([^<]*)<", answer.body)
    return found and found[1].decode().replace("&amp;", "&")


def _walk(respond: Respond, most: int = 20) -> list[Answer]:
    pages = [_get(respond)]
    while (token := _token(pages[-1])) and len(pages) < most:
        pages.append(_get(respond, f"verb=ListRecords&resumptionToken={quote(token, safe='')}"))
    return pages


def _ids(pages: list[Answer]) -> list[bytes]:
    return [each for page in pages for each in re.findall(rb"article:(\w{32})</identifier>", page.body)]


def _parses(answer: Answer) -> bool:
    try:
        etree.fromstring(answer.body)
    except etree.XMLSyntaxError:
        return False
    return True


def test_there_is_a_fault_for_every_number_a_server_can_have() -> None:
    assert sorted(FAULTS) == list(range(1, 40))
    names = [row.name for row in FAULTS.values()] + [row.name for rows in VARIANTS.values() for row in rows]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12])
def test_the_body_is_no_xml_any_more(number: int) -> None:
    answer = _get(faulty(_provider(), (always, FAULTS[number].fault)))
    assert not _parses(answer) or etree.fromstring(answer.body).tag == "html"


@pytest.mark.parametrize("number", [4, 15, 20, 26, 27, 28, 29, 30, 31, 32, 33])
def test_the_body_is_xml_still(number: int) -> None:
    assert all(_parses(page) for page in _walk(faulty(_provider(), (always, FAULTS[number].fault)), most=5))


@pytest.mark.parametrize("number", [15, 17, 19, 20, 26, 33])
def test_every_record_can_be_had_all_the_same(number: int) -> None:
    respond = faulty(_provider(), (always, FAULTS[number].fault))
    if number == 33:
        pages = [_get(respond)]
        assert pages[0].body.count(b"<oai:record>") == 10
        return
    assert len(set(_ids(_walk(respond)))) == 25


@pytest.mark.parametrize(
    ("number", "query", "sought"),
    [
        (13, f"{_LIST}&from=2030-01-01", b"noRecordsMatch"),
        (14, "verb=ListRecords&resumptionToken=x", b"badResumptionToken"),
        (21, f"{_LIST}&resumptionToken=x", b"badArgument"),
        (22, f"{_LIST}&from=2020-01-01T00:00:00Z", b"badArgument"),
        (23, "verb=Identify", b"0000-00-00"),
        (25, f"{_LIST}&from=2020-01-01", b"badArgument"),
        (34, _LIST, b"InternalException"),
        (35, f"{_LIST}&set=", b"badArgument"),
        (38, _LIST, b"<!ENTITY"),
    ],
)
def test_the_answer_says(number: int, query: str, sought: bytes) -> None:
    assert sought in _get(faulty(_provider(), (always, FAULTS[number].fault)), query).body


def test_lists_that_never_end_do_not_end() -> None:
    for row in (FAULTS[18], *VARIANTS[18]):
        assert len(_walk(faulty(_provider(), (always, row.fault)), most=12)) == 12, row.name


def test_a_missing_token_and_a_missing_deletion_lose_records() -> None:
    assert len(_walk(faulty(_provider(), (always, FAULTS[16].fault)))) == 1
    assert len(set(_ids(_walk(faulty(_provider(), (always, FAULTS[29].fault)))))) == 24


def test_a_list_can_be_cut_short_before_and_after_its_size_is_told() -> None:
    cut = {row.name: _walk(faulty(_provider(), (always, row.fault))) for row in VARIANTS[16]}
    assert {name: len(pages) for name, pages in cut.items()} == {"token-emptied": 1, "token-lost": 2}
    assert all(b'completeListSize="25"' in pages[0].body for pages in cut.values())


def test_duplicates_and_ghosts_add_records() -> None:
    assert len(_ids(_walk(faulty(_provider(), (always, FAULTS[28].fault))))) == 27
    assert len(_ids(_walk(faulty(_provider(), (always, FAULTS[30].fault))))) == 28


def test_an_exclusive_until_leaves_out_the_last_second() -> None:
    respond = _provider()
    newest = re.search(rb"<datestamp>([^<]*)", _get(respond).body)
    assert newest is not None
    query = f"{_LIST}&until={newest[1].decode()}"
    assert newest[1] not in re.findall(
        rb"<datestamp>([^<]*)", _get(faulty(respond, (always, FAULTS[24].fault)), query).body
    )


def test_a_moved_provider_is_where_it_says() -> None:
    respond = faulty(_provider(), (always, FAULTS[36].fault))
    path, _, query = _get(respond).headers["Location"].partition("?")
    assert b"<record>" in respond(path, query, {}).body


@pytest.mark.parametrize(
    ("agent", "status"), [("peerlit/1 (+https://x)", 200), ("python-httpx/0.28", 403), ("", 403)]
)
def test_agents_are_told_by_their_names(agent: str, status: int) -> None:
    assert _get(faulty(_provider(), (always, FAULTS[39].fault)), **{"user-agent": agent}).status == status


def test_switches_choose_requests() -> None:
    down = FAULTS[12].fault
    assert [_get(faulty(_provider(), (on(2), down))).status] == [200]
    respond = faulty(_provider(), (first(2), down))
    assert [_get(respond).status for _ in range(4)] == [500, 500, 200, 200]
    known = _ids([_get(_provider())])[0].decode()
    assert [page.status for page in _walk(faulty(_provider(), (holding(known), down)))] == [500]
    respond = faulty(_provider(), (with_token(), down))
    assert [page.status for page in _walk(respond)] == [200, 500]


def test_faults_can_be_put_one_upon_another() -> None:
    respond = faulty(_provider(), (always, FAULTS[1].fault), (always, FAULTS[8].fault))
    assert b"\x1a" in gzip.decompress(_get(respond).body)


_SOCKET = [row for row in VARIANTS[7] if row.name not in ("drip", "silent")]


@pytest.mark.parametrize("row", _SOCKET, ids=[row.name for row in _SOCKET])
def test_a_rude_server_spoils_the_answer_and_lives(row: Row) -> None:
    respond = _provider()
    with serve_rudely(faulty(respond, (on(1), row.fault))) as base:
        bodies = []
        for _ in range(2):
            try:
                with urlopen(f"{base}/oai.article?{_LIST}", timeout=5) as answer:
                    bodies.append(answer.read())
            except (OSError, ValueError):
                bodies.append(b"")
            except Exception as fault:  # noqa: BLE001 - http.client has its own tree of errors
                bodies.append(type(fault).__name__.encode())
    whole = _get(respond).body
    assert not bodies[0].endswith(b"</OAI-PMH>")
    assert bodies[1].count(b"<record>") == whole.count(b"<record>")


def test_the_loopback_server_speaks_tls_with_a_certificate_nobody_signed() -> None:
    with serve_tls(_provider()) as base:
        request = Request(f"{base}/oai.article", data=urlencode({"verb": "Identify"}).encode())
        with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urlopen(request, timeout=5)
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        with urlopen(request, timeout=5, context=trusting) as answer:
            assert b"<Identify>" in answer.read()
