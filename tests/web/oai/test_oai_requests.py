"""Every wrong request is answered with the error that the protocol has for it."""

import string
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.oai.house import NAMESPACE, House, headers, token_of

RECORD = "oai:library.example.org:a/1"
LIST = "verb=ListRecords&metadataPrefix=oai_dc"

ERRORS = {
    "": "badVerb",
    "junk": "badVerb",
    "verb": "badVerb",
    "verb=": "badVerb",
    "verb=junk": "badVerb",
    "verb=listrecords&metadataPrefix=oai_dc": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "Verb=Identify": "badVerb",
    "verb=Identify&x=y": "badArgument",
    "verb=Identify&metadataPrefix=oai_dc": "badArgument",
    "verb=Identify&resumptionToken=x": "badArgument",
    "verb=ListMetadataFormats&metadataPrefix=oai_dc": "badArgument",
    "verb=ListMetadataFormats&identifier=": "badArgument",
    f"verb=ListMetadataFormats&identifier={RECORD}&identifier={RECORD}": "badArgument",
    "verb=ListMetadataFormats&identifier=oai:library.example.org:a/9": "idDoesNotExist",
    "verb=ListSets&set=source": "badArgument",
    "verb=ListSets&resumptionToken=junk": "badResumptionToken",
    "verb=ListSets&resumptionToken=": "badArgument",
    "verb=GetRecord": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    f"verb=GetRecord&identifier={RECORD}": "badArgument",
    f"verb=GetRecord&identifier={RECORD}&metadataPrefix=oai_dc&set=source": "badArgument",
    f"verb=GetRecord&identifier={RECORD}&metadataPrefix=junk": "cannotDisseminateFormat",
    f"verb=GetRecord&identifier={RECORD}&metadataPrefix=%22junk": "cannotDisseminateFormat",
    f"verb=GetRecord&identifier={RECORD}&metadataPrefix=dc": "cannotDisseminateFormat",
    "verb=GetRecord&identifier=a/1&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=oai:library.example.org:&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=oai:library.example.org:A/1&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=oai:other.example.org:a/1&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=%00%EF%BF%BF%F0%9F%92%A9&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=ListRecords": "badArgument",
    "verb=ListIdentifiers": "badArgument",
    "verb=ListRecords&metadataPrefix=": "badArgument",
    "verb=ListRecords&metadataPrefix=junk": "cannotDisseminateFormat",
    f"{LIST}&metadataPrefix=oai_dc": "badArgument",
    f"{LIST}&identifier={RECORD}": "badArgument",
    f"{LIST}&from=junk": "badArgument",
    f"{LIST}&until=junk": "badArgument",
    "verb=ListIdentifiers&until=junk": "badArgument",
    f"{LIST}&from=": "badArgument",
    f"{LIST}&set=": "badArgument",
    f"{LIST}&set=a::b": "badArgument",
    f"{LIST}&set=:a": "badArgument",
    f"{LIST}&set=a%20b": "badArgument",
    f"{LIST}&set=a&set=b": "badArgument",
    f"{LIST}&from=2026-01-01&until=2026-01-01T05:35:00Z": "badArgument",
    f"{LIST}&from=2026-01-01T05:35:00Z&until=2026-01-01": "badArgument",
    f"{LIST}&from=2026-01-02&until=2026-01-01": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:01Z&until=2026-01-01T00:00:00Z": "badArgument",
    f"{LIST}&from=2026-13-01": "badArgument",
    f"{LIST}&from=2026-02-30": "badArgument",
    f"{LIST}&from=0000-01-01": "badArgument",
    f"{LIST}&from=2026-1-1": "badArgument",
    f"{LIST}&from=2026": "badArgument",
    f"{LIST}&from=20260101": "badArgument",
    f"{LIST}&from=2026-01-01Z": "badArgument",
    f"{LIST}&from=2026-01-01T00:00Z": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00z": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00.5Z": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00%2B01:00": "badArgument",
    f"{LIST}&from=2026-01-01T24:00:00Z": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:60Z": "badArgument",
    f"{LIST}&from=%D9%A2%D9%A0%D9%A2%D9%A6-01-01": "badArgument",
    f"{LIST}&from=2026-01-01%0A": "badArgument",
    f"{LIST}&until=1969-12-31": "noRecordsMatch",
    f"{LIST}&from=9999-12-31T23:59:59Z": "noRecordsMatch",
    f"{LIST}&set=source:b": "noRecordsMatch",
    "verb=ListRecords&resumptionToken=junk": "badResumptionToken",
    "verb=ListRecords&resumptionToken=%F0%9F%92%A9": "badResumptionToken",
    "verb=ListRecords&resumptionToken=junk&until=2000-02-05": "badArgument",
    f"{LIST}&resumptionToken=junk": "badArgument",
    "verb=ListRecords&resumptionToken=junk&resumptionToken=junk": "badArgument",
}


@pytest.mark.parametrize("query", ERRORS)
def test_a_wrong_request_is_answered_with_its_error(kept_house: House, query: str) -> None:
    answer = kept_house.ask(query)
    codes = {error.get("code") for error in answer.iter(f"{NAMESPACE}error")}
    assert codes == {ERRORS[query]}
    assert all(error.text for error in answer.iter(f"{NAMESPACE}error"))
    request = answer.find(f"{NAMESPACE}request")
    assert request is not None
    assert request.text == "https://library.example.org/peerlit/oai"
    if codes & {"badVerb", "badArgument"}:
        assert not request.attrib


def test_all_that_is_wrong_with_arguments_is_told(kept_house: House) -> None:
    answer = kept_house.ask("verb=ListRecords&from=x&until=y&set=:&colour=red&colour=blue")
    assert len(list(answer.iter(f"{NAMESPACE}error"))) == 6


@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify",
        "verb=ListSets",
        "verb=ListMetadataFormats",
        f"verb=ListMetadataFormats&identifier={RECORD}",
        f"verb=GetRecord&identifier={RECORD}&metadataPrefix=oai_dc",
        f"{LIST}&set=source:a&from=2026-01-01&until=2030-01-01",
        f"{LIST}&set=source:a&from=2050-01-01&until=2060-01-01",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
    ],
)
def test_an_answer_repeats_what_was_asked(kept_house: House, query: str) -> None:
    request = kept_house.ask(query).find(f"{NAMESPACE}request")
    assert request is not None
    assert urlencode(list(request.attrib.items()), safe=":/") == query


def test_a_token_is_repeated_too(kept_house: House) -> None:
    token = token_of(kept_house.ask(LIST))
    request = kept_house.ask(f"verb=ListRecords&resumptionToken={token}").find(f"{NAMESPACE}request")
    assert request is not None
    assert dict(request.attrib) == {"verb": "ListRecords", "resumptionToken": token}


def test_a_token_is_for_one_verb_of_one_catalogue(kept_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(kept_house.ask(LIST))
    assert set(token) <= {*string.ascii_letters, *string.digits, *"-_"}
    for verb in ("ListIdentifiers", "ListSets"):
        assert kept_house.codes(f"verb={verb}&resumptionToken={token}") == ["badResumptionToken"]
    monkeypatch.setattr(kept_house.catalog, "key_at", lambda _revision: "another/1")
    assert kept_house.codes(f"verb=ListRecords&resumptionToken={token}") == ["badResumptionToken"]


def test_a_token_serves_again_and_again(kept_house: House) -> None:
    query = f"verb=ListRecords&resumptionToken={token_of(kept_house.ask(LIST))}"
    assert kept_house.bytes(query) == kept_house.bytes(query)
    assert [key for key, *_ in headers(kept_house.ask(query))] == ["a/4", "a/5"]


_NAMES = st.sampled_from(
    ["verb", "metadataPrefix", "from", "until", "set", "identifier", "resumptionToken", "x"]
)
_VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            *("Identify", "ListSets", "ListRecords", "ListIdentifiers", "GetRecord", "ListMetadataFormats"),
            *("oai_dc", "marc21", "2026-01-01", "2026-01-01T12:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z"),
            *("source", "source:a", "lcc:R", "search", RECORD),
        ]
    ),
)


@settings(deadline=None, max_examples=60)
@given(pairs=st.lists(st.tuples(_NAMES, _VALUES), max_size=5))
def test_whatever_is_asked_is_answered(kept_house: House, pairs: list[tuple[str, str]]) -> None:
    kept_house.ask(pairs)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_token_that_was_tampered_with_is_none(kept_house: House, data: st.DataObject) -> None:
    token = token_of(kept_house.ask(LIST))
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.text(st.sampled_from(string.ascii_letters + string.digits + "-_=+/ "), max_size=3))
    made = token[:at] + other + token[at + data.draw(st.integers(0, 3)) :]
    if made != token:
        assert kept_house.codes([("verb", "ListRecords"), ("resumptionToken", made)])[0] in (
            "badResumptionToken",
            "badArgument",
        )
