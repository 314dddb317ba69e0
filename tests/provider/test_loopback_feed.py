"""The loopback feed pages, caps and selects as DOAJ's does, and loses nothing for whatever page size."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from catalog.normalize.classes import set_spec
from cli.loopback.provider import MONTH, Provider
from cli.loopback.server import serve
from tests.provider.articles import articles
from tests.provider.transport import Asked, transport

_SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas" / "oai-marc-xsd"
_NOW = datetime(2025, 1, 10, tzinfo=UTC)
_ARTICLES = articles(400, seed=1)
_ARTICLES[5]["admin"] = {"in_doaj": False}


def _provider(page_size: int = 100, delay: timedelta | None = None) -> Provider:
    return Provider(_ARTICLES, now=lambda: _NOW, page_size=page_size, delay=delay, keys=("secret",))


def _ask(provider: Provider, query: str) -> str:
    answer = provider.respond("/oai.article", query, {"host": "127.0.0.1:1"})
    assert answer.status == 200
    return answer.body.decode()


def _walk(provider: Provider, query: str, verb: str = "ListRecords", also: str = "") -> list[str]:
    pages = [_ask(provider, f"verb={verb}&{query}{also}")]
    while found := re.search(r"<resumptionToken[^>]*>([^<]+)<", pages[-1]):
        pages.append(_ask(provider, f"verb={verb}&resumptionToken={quote(found[1], safe='')}{also}"))
    return pages


def _stamps(pages: list[str]) -> list[tuple[str, str]]:
    pairs = re.findall(r"article:(\w+)</identifier><datestamp>([^<]*)", "".join(pages))
    return [(date, identifier) for identifier, date in pairs]


@settings(deadline=None, max_examples=40)
@given(
    size=st.integers(1, 450),
    # Few dates, so that pages begin, end and stay within one second.
    dates=st.lists(st.integers(0, 4), min_size=1, max_size=60),
)
def test_every_record_is_reached_once_newest_first_for_any_page_size(size: int, dates: list[int]) -> None:
    known = [
        {"id": f"{n:032x}", "last_updated": f"2020-01-0{day + 1}T00:00:00Z", "bibjson": {}}
        for n, day in enumerate(dates)
    ]
    provider = Provider(known, now=lambda: _NOW, page_size=min(size, 70), delay=None)
    for verb in ("ListRecords", "ListIdentifiers"):
        pages = _walk(provider, "metadataPrefix=oai_doaj", verb)
        assert _stamps(pages) == sorted(((a["last_updated"], a["id"]) for a in known), reverse=True)
        assert len(pages) == -(-len(known) // min(size, 70))


@settings(deadline=None, max_examples=20)
@given(since=st.dates(datetime(2013, 1, 1).date(), datetime(2025, 1, 1).date()), days=st.integers(0, 3000))  # noqa: DTZ001
def test_dates_select_inclusively_and_a_day_is_all_of_it(since: datetime, days: int) -> None:
    until = since + timedelta(days=days)
    provider = _provider()
    query = f"metadataPrefix=oai_doaj&from={since}&until={until}"
    wanted = {a["id"] for a in _ARTICLES if str(since) <= a["last_updated"][:10] <= str(until)}
    first = _ask(provider, f"verb=ListRecords&{query}")
    if not wanted:
        assert 'code="noRecordsMatch"' in first
    else:
        assert {identifier for _, identifier in _stamps(_walk(provider, query))} == wanted


def test_counts_and_cursors_are_doajs() -> None:
    pages = _walk(_provider(150), "metadataPrefix=oai_dc")
    told = [re.findall(r'completeListSize="(\d+)" cursor="(\d+)"', page) for page in pages]
    assert told == [[("400", "150")], [("400", "300")], [("400", "400")]]
    assert "></resumptionToken>" in pages[-1]
    assert "<resumptionToken" not in _ask(_provider(400), "verb=ListRecords&metadataPrefix=oai_dc")


def test_a_set_holds_its_own_class_alone() -> None:
    for caption in ("Psychiatry", "Nursing"):
        found = {
            i for _, i in _stamps(_walk(_provider(30), f"metadataPrefix=oai_doaj&set={set_spec(caption)}"))
        }
        assert found == {
            a["id"] for a in _ARTICLES if caption in [s["term"] for s in a["bibjson"]["subject"]]
        }
    assert "noRecordsMatch" in _ask(
        _provider(), f"verb=ListRecords&metadataPrefix=oai_doaj&set={set_spec('Medicine')}"
    )
    names = re.findall(r"<setName>([^<]*)", _ask(_provider(), "verb=ListSets"))
    assert names == sorted({f"LCC:{s['term']}" for a in _ARTICLES for s in a["bibjson"]["subject"]})


def test_without_a_key_the_last_month_is_kept_back_and_the_request_says_so() -> None:
    provider, latest = _provider(delay=MONTH), "2024-12-11T00:00:00Z"
    old = {a["id"] for a in _ARTICLES if a["last_updated"] <= latest}
    assert 0 < len(old) < 400
    pages = _walk(provider, "metadataPrefix=oai_doaj")
    assert {identifier for _, identifier in _stamps(pages)} == old
    assert all(f' until="{latest}" ' in page for page in pages)
    assert len(_stamps(_walk(provider, "metadataPrefix=oai_doaj", also="&api_key=secret"))) == 400
    assert "noRecordsMatch" in _ask(provider, "verb=ListRecords&metadataPrefix=oai_doaj&from=2024-12-20")
    # An `until` that cannot be read is replaced, and one that is early enough stays.
    assert f' until="{latest}"' in _ask(provider, "verb=ListRecords&metadataPrefix=oai_doaj&until=soon")
    assert ' until="2020-01-01"' in _ask(
        provider, "verb=ListRecords&metadataPrefix=oai_doaj&until=2020-01-01"
    )


def test_a_second_page_of_identifiers_needs_a_key() -> None:
    provider = _provider(delay=MONTH)
    first = _ask(provider, "verb=ListIdentifiers&metadataPrefix=oai_doaj")
    token = re.search(r"<resumptionToken[^>]*>([^<]+)<", first)
    assert token is not None
    query = f"verb=ListIdentifiers&resumptionToken={quote(token[1], safe='')}"
    assert "badArgument" in _ask(provider, query)
    assert "<header" in _ask(provider, f"{query}&api_key=secret")


def test_a_withdrawn_article_is_a_header_alone() -> None:
    told = _ask(_provider(), f"verb=GetRecord&metadataPrefix=oai_dc&identifier={_ARTICLES[5]['id']}")
    assert 'status="deleted"' in told
    assert "<metadata>" not in told


@pytest.mark.skipif(not _SCHEMAS.is_dir(), reason="the schemas of OAI-PMH are not here")
@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListSets",
        "verb=ListMetadataFormats",
        "verb=ListRecords&metadataPrefix=oai_doaj",
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01",
    ],
)
def test_answers_are_valid(query: str) -> None:
    # The schema of the metadata is another matter: DOAJ's `xsi:type="dcterms:LCC"` is of none.
    text = (_SCHEMAS / "OAI-PMH.xsd").read_text(encoding="utf-8")
    schema = etree.XMLSchema(
        etree.fromstring(text.replace('processContents="strict"', 'processContents="skip"').encode())
    )
    schema.assertValid(etree.fromstring(_ask(_provider(), query).encode()))


def test_served_over_http_and_by_transport_it_answers_alike() -> None:
    import httpx

    asked = Asked(_provider().respond)
    with serve(asked.respond) as base, httpx.Client(trust_env=False) as client:
        told = [client.get(f"{base}/oai.article", params={"verb": "Identify"}) for _ in range(2)]
        posted = client.post(f"{base}/oai.article", data={"verb": "Identify"})
        with urlopen(f"{base}/oai.article?verb=Identify", timeout=5) as answer:
            assert answer.read() == told[0].content == posted.content
        with httpx.Client(transport=transport(asked.respond)) as inner:
            assert inner.get(f"{base}/oai.article?verb=Identify").content == told[0].content
    assert asked.counts == {"/oai.article?verb=Identify": 5}
