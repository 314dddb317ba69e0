"""The plain OAI-PMH dialect keeps to the protocol, refuses what it must, and forgets its tokens in time."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.provider.marc import books
from tests.provider.plain import Held, Plain, held
from tests.provider.world import Clock

_SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas" / "oai-marc-xsd"
_START = datetime(2020, 1, 1, tzinfo=UTC)


def _records(count: int = 25, sets: tuple[str, ...] = ("a", "a:b", "c")) -> list[Held]:
    return held(books(count), first=_START, step=timedelta(hours=7), sets=sets)


def _ask(plain: Plain, query: str) -> str:
    return plain.respond("/oai", query, {}).body.decode()


def _walk(plain: Plain, query: str) -> list[str]:
    pages = [_ask(plain, f"verb=ListRecords&{query}")]
    while found := re.search(r"<resumptionToken[^>/]*>([^<]+)<", pages[-1]):
        pages.append(_ask(plain, f"verb=ListRecords&resumptionToken={quote(found[1], safe='')}"))
    return pages


def _ids(pages: list[str]) -> list[str]:
    return re.findall(r"<identifier>oai:plain\.example:([^<]*)", "".join(pages))


@settings(deadline=None, max_examples=30)
@given(count=st.integers(1, 60), size=st.integers(1, 70))
def test_every_record_is_reached_once_oldest_first(count: int, size: int) -> None:
    for prefix in ("marc21", "oai_dc"):
        pages = _walk(Plain(_records(count), page_size=size), f"metadataPrefix={prefix}")
        assert _ids(pages) == [book.id for book in books(count)]


def test_a_set_holds_the_sets_within_it() -> None:
    plain = Plain(_records(9))
    assert len(_ids(_walk(plain, "metadataPrefix=marc21&set=a"))) == 6
    assert len(_ids(_walk(plain, "metadataPrefix=marc21&set=a:b"))) == 3
    assert re.findall(r"<setSpec>([^<]*)", _ask(plain, "verb=ListSets")) == ["a", "a:b", "c"]


@pytest.mark.parametrize(
    ("granularity", "stamp"), [("day", "2020-01-01"), ("second", "2020-01-01T07:00:00Z")]
)
def test_granularity_is_kept_to(granularity: str, stamp: str) -> None:
    plain = Plain(_records(), granularity="day" if granularity == "day" else "second")
    assert f"<datestamp>{stamp}</datestamp>" in _ask(plain, "verb=ListRecords&metadataPrefix=oai_dc")
    refused = "badArgument" in _ask(plain, "verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01T00:00:00Z")
    assert refused == (granularity == "day")
    found = _walk(plain, "metadataPrefix=oai_dc&from=2020-01-02&until=2020-01-02")
    assert _ids(found) == ["bk0-000004", "bk0-000005", "bk0-000006"]


def test_a_token_lives_for_its_time_and_lists_what_there_was() -> None:
    clock = Clock(_START)
    records = _records()
    plain = Plain(records, now=clock, page_size=10, token_life=timedelta(minutes=10))
    token = re.search(
        r"<resumptionToken[^>]*>([^<]+)<", _ask(plain, "verb=ListRecords&metadataPrefix=oai_dc")
    )
    assert token is not None
    del records[5:]
    assert len(_ids([_ask(plain, f"verb=ListRecords&resumptionToken={token[1]}")])) == 10
    assert "badResumptionToken" in _ask(plain, f"verb=ListIdentifiers&resumptionToken={token[1]}")
    clock.forward(minutes=11)
    assert "badResumptionToken" in _ask(plain, f"verb=ListRecords&resumptionToken={token[1]}")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=Identify&verb=Identify", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2021-01-01&until=2020-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2020-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=x", "idDoesNotExist"),
    ],
)
def test_what_the_protocol_forbids_is_refused(query: str, code: str) -> None:
    assert f'<error code="{code}">' in _ask(Plain(_records()), query)


def test_without_sets_there_is_no_hierarchy() -> None:
    plain = Plain(_records(3, sets=()))
    assert "noSetHierarchy" in _ask(plain, "verb=ListSets")
    assert "noSetHierarchy" in _ask(plain, "verb=ListRecords&metadataPrefix=oai_dc&set=a")


@pytest.mark.skipif(not _SCHEMAS.is_dir(), reason="the schemas of OAI-PMH are not here")
@pytest.mark.parametrize(
    "verb", ["Identify", "ListSets", "ListMetadataFormats", "ListRecords&metadataPrefix=marc21"]
)
def test_answers_and_marc_are_valid(verb: str) -> None:
    records = [*_records(), Held("oai:plain.example:gone", _START, None)]
    told = etree.fromstring(_ask(Plain(records, page_size=10), f"verb={verb}").encode())
    text = (_SCHEMAS / "OAI-PMH.xsd").read_text(encoding="utf-8")
    lax = text.replace('processContents="strict"', 'processContents="skip"')
    etree.XMLSchema(etree.fromstring(lax.encode())).assertValid(told)
    slim = etree.XMLSchema(etree.parse(_SCHEMAS / "MARC21slim.xsd"))
    for record in told.iter("{http://www.loc.gov/MARC21/slim}record"):
        slim.assertValid(record)
