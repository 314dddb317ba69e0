"""Harvesting by SRU: finding out how a server wants to be asked, walking, and what it says against it."""

import unicodedata
from collections.abc import Mapping

import pytest

from catalog.crosswalk import crosswalk
from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed, UsageFault
from catalog.record import Record
from harvester.http import Response
from harvester.protocol import Page
from harvester.run import harvest
from harvester.sru.presets import PRESETS
from harvester.sru.source import SruSource
from tests.harvester.scripted import ListSink
from tests.harvester.sru.answers import (
    ADDRESS,
    Asking,
    Server,
    answer,
    diagnostic,
    explain,
    marc,
    packed,
    position,
    response,
    wrapped,
)


class Counted:
    requests = retries = 0


def source(
    asking: Asking, *, version: str | None = "1.1", schema: str | None = "marcxml", page: int = 10
) -> SruSource:
    client = asking
    return SruSource(client, ADDRESS, query="a b", version=version, schema=schema, name="lib", page=page)


def pages(asking: Asking, resume: str | None = None, **asked: str | None) -> list[Page]:
    return list(source(asking, **asked).pages(None, None, resume))


def ids(walked: list[Page]) -> list[str]:
    return [raw.identifier for page in walked for raw in page.raws]


def numbers(upto: int) -> list[str]:
    return [f"n{n}" for n in range(1, upto + 1)]


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
@pytest.mark.parametrize("tells_next", [True, False])
@pytest.mark.parametrize("largest", [3, 1000])
def test_a_result_is_walked_to_its_end_each_page_asked_for_once(
    version: str, *, tells_next: bool, largest: int
) -> None:
    asking = Asking(Server(25, largest=largest, tells_next=tells_next, version=version))
    walked = pages(asking, version=version)
    assert ids(walked) == numbers(25)
    assert [raw.place.ordinal for page in walked for raw in page.raws if raw.place] == list(range(1, 26))
    assert len(asking.asked) == len({one["startRecord"] for one in asking.asked}) == len(walked)
    assert [remark for page in walked for remark in page.remarks] == []
    assert {page.announced for page in walked} == {25}
    assert walked[-1].watermark is None


def test_from_every_checkpoint_the_rest_comes_and_nothing_is_found_out_anew() -> None:
    walked = pages(Asking(Server(35)), version=None, schema=None)
    for i, page in enumerate(walked[:-1]):
        asking = Asking(Server(35))
        rest = pages(asking, page.resume, version=None, schema=None)
        assert [one._replace(server=None) for one in rest] == [
            one._replace(server=None) for one in walked[i + 1 :]
        ]
        assert len(asking.asked) == len(rest)


def test_a_plan_asks_for_the_first_page_which_is_not_asked_for_again() -> None:
    asking = Asking(Server(35))
    harvesting = source(asking)
    plan = harvesting.plan(None, None)
    assert (plan.records, plan.requests) == (35, 3)
    assert ids(list(harvesting.pages(None, None, None))) == numbers(35)
    assert [start for start, _ in asking.searches] == [1, 11, 21, 31]


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("1.1", {"version", "operation", "query", "startRecord", "maximumRecords", "recordSchema"}),
        ("1.2", {"version", "operation", "query", "startRecord", "maximumRecords", "recordSchema"}),
        ("2.0", {"query", "startRecord", "maximumRecords", "recordSchema"}),
    ],
)
def test_each_version_is_sent_its_own_parameters(version: str, names: set[str]) -> None:
    asking = Asking(Server(1, version=version))
    pages(asking, version=version)
    assert set(asking.asked[0]) == names
    assert asking.asked[0]["query"] == "a b"
    assert asking.asked[0].get("version", "2.0") == version


@pytest.mark.parametrize(
    ("schemas", "chosen"),
    [
        ({"dc": "info:srw/schema/1/dc-v1.1", "marcxml": "info:srw/schema/1/marcxml-v1.1"}, "marcxml"),
        ({"oai_dc": "x", "MARC21-xml": "http://www.loc.gov/MARC21/slim"}, "MARC21-xml"),
        ({"picaxml": "p", "mine": "info:srw/schema/1/marcxml-v1.1", "dc": "d"}, "mine"),
        ({"marcxml-solr": "x", "marcxml": "y"}, "marcxml"),
        ({"mods": "info:srw/schema/1/mods-v3.5", "dc": "info:srw/schema/1/dc-v1.1"}, "dc"),
        ({"mods": "info:srw/schema/1/mods-v3.5"}, "marcxml"),
        ({}, "marcxml"),
    ],
)
@pytest.mark.parametrize("packing", ["xml", "string"])
def test_the_best_schema_a_server_has_is_asked_for(
    schemas: Mapping[str, str], chosen: str, packing: str
) -> None:
    text = explain(schemas=schemas)
    if packing == "string":
        inside = text[text.index("<explain ") : text.index("</zs:recordData>")]
        text = text.replace(inside, packed(inside))
    asking = Asking(Server(1, explained=text))
    (page,) = pages(asking, version=None, schema=None)
    assert (asking.asked[-1]["recordSchema"], page.server) == (chosen, "A library")


@pytest.mark.parametrize(
    ("told", "sent"), [("1.1", "1.1"), ("1.2", "1.2"), ("2.0", None), ("1.0", "1.1"), ("", "1.1")]
)
def test_a_server_is_asked_in_the_version_it_explains(told: str, sent: str | None) -> None:
    asking = Asking(Server(1, explained=explain(version=told)))
    pages(asking, version=None)
    assert asking.asked[-1].get("version") == sent


def test_a_server_is_not_asked_for_more_at_once_than_it_explains() -> None:
    asking = Asking(Server(9, explained=explain(largest=4)))
    assert ids(pages(asking, version=None)) == numbers(9)
    assert asking.searches == [(1, 4), (5, 4), (9, 4)]


@pytest.mark.parametrize(
    "unexplained",
    [
        "<html><body>hello</body></html>",
        "",
        answer((), 0, diagnostics=diagnostic(4)),
        response("gone", status=404),
        response("crash", status=500),
    ],
    ids=["web page", "nothing", "diagnostic", "404", "500"],
)
def test_a_server_that_does_not_explain_itself_is_asked_as_most_are(unexplained: str | Response) -> None:
    asking = Asking(Server(1, speak=lambda params: None if "query" in params else unexplained))
    assert ids(pages(asking, version=None, schema=None)) == ["n1"]
    search = asking.asked[-1]
    assert (search["version"], search["recordSchema"]) == ("1.1", "marcxml")


@pytest.mark.parametrize("refusal", [4, 5, 7, 8, "explain"])
@pytest.mark.parametrize("spoken", ["1.1", "1.2", "2.0"])
def test_a_version_that_is_refused_is_given_up_for_another(refusal: int | str, spoken: str) -> None:
    def speak(params: Mapping[str, str]) -> str | None:
        if "query" not in params:
            return ""
        if params.get("version", "2.0") == spoken:
            return None
        return explain() if isinstance(refusal, str) else answer((), 0, diagnostics=diagnostic(refusal))

    asking = Asking(Server(25, version=spoken, speak=speak))
    walked = pages(asking, version=None)
    assert ids(walked) == numbers(25)
    assert asking.asked[-1].get("version", "2.0") == spoken
    asking.asked.clear()
    pages(asking, walked[0].resume, version=None)
    assert [one.get("version", "2.0") for one in asking.asked] == [spoken] * 2


def test_a_version_that_was_asked_for_is_not_given_up() -> None:
    asking = Asking(Server(1, speak=lambda _: answer((), 0, diagnostics=diagnostic(5, "1.2"))))
    with pytest.raises(ProtocolError, match=r"Unsupported version \(1\.2\)") as raised:
        pages(asking, version="1.1")
    assert raised.value.code == "info:srw/diagnostic/1/5"


def test_a_schema_that_is_unknown_is_given_up_for_another() -> None:
    def speak(params: Mapping[str, str]) -> str | None:
        if "query" not in params:
            return ""
        known = params.get("recordSchema") == "dc"
        return None if known else answer((), 3, diagnostics=diagnostic(66))

    asking = Asking(Server(3, speak=speak))
    assert ids(pages(asking, schema=None)) == numbers(3)


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("number", [1, 3, 10, 16, 60, 66])
def test_a_refusal_is_an_error_with_its_uri(number: int, status: int) -> None:
    body = answer((), 0, diagnostics=diagnostic(number, "because"))
    asking = Asking(Server(1, speak=lambda _: response(body, status=status)))
    with pytest.raises(ProtocolError, match="because") as raised:
        pages(asking)
    assert raised.value.code == f"info:srw/diagnostic/1/{number}"
    assert len(asking.asked) == 1


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (lambda: answer((), 95, diagnostics=diagnostic(61)), "First record position out of range"),
        (lambda: answer((), 1, diagnostics=diagnostic(61)), "First record position out of range"),
        (lambda: answer((), None, diagnostics=diagnostic("info:mine/7", "at most 20")), "at most 20"),
        (lambda: answer((), 95), "it sends none"),
        (lambda: answer([wrapped(marc(n)) for n in range(11, 21)], 95), "the page before again"),
    ],
    ids=["61", "61 as the Library of Congress", "its own", "empty", "the same again"],
)
def test_a_result_that_cannot_be_walked_to_its_end_is_a_gap(refusal: object, text: str) -> None:
    assert callable(refusal)
    asking = Asking(Server(95, speak=lambda p: refusal() if position(p) > 20 else None))
    sink = ListSink()
    run = harvest(source(asking), sink, Counted())
    assert (run.status, len(sink.raws)) == ("incomplete", 20)
    (remark,) = run.remarks
    assert (remark.kind, remark.missing) == ("gap", 75)
    assert text in remark.text


def test_a_position_out_of_the_range_just_told_is_asked_for_once_more() -> None:
    turns = {"left": 1}

    def speak(params: Mapping[str, str]) -> str | None:
        if position(params) == 11 and turns["left"]:
            turns["left"] = 0
            return answer((), 25, diagnostics=diagnostic(61))
        return None

    walked = pages(Asking(Server(25, speak=speak)))
    assert ids(walked) == numbers(25)
    assert [remark for page in walked for remark in page.remarks] == []


@pytest.mark.parametrize(
    "empty",
    [answer((), 0), answer((), 0, diagnostics=diagnostic(61)), answer((), None, diagnostics=diagnostic(61))],
)
def test_nothing_found_is_a_whole_harvest(empty: str) -> None:
    (page,) = pages(Asking(Server(0, speak=lambda _: empty)))
    assert (page.raws, page.resume, page.announced, list(page.remarks)) == ([] or page.raws, None, 0, [])
    assert len(page.raws) == 0


@pytest.mark.parametrize("number", [64, 65, 67, 68, 69, 70])
def test_a_page_refused_for_one_record_is_asked_for_without_it(number: int) -> None:
    def speak(params: Mapping[str, str]) -> str | None:
        start = position(params)
        hit = start <= 14 < start + int(params["maximumRecords"])
        return answer((), 25, diagnostics=diagnostic(number)) if hit else None

    walked = pages(Asking(Server(25, speak=speak)))
    assert ids(walked) == [one for one in numbers(25) if one != "n14"]
    (remark,) = [remark for page in walked for remark in page.remarks]
    assert (remark.kind, remark.missing) == ("gap", 1)
    assert remark.text.startswith("record 14 of the result")


def test_a_record_that_a_diagnostic_stands_for_is_received_with_its_fault() -> None:
    sent = [wrapped(marc(1)), wrapped(diagnostic(68)), wrapped(marc(3))]
    (page,) = pages(Asking(Server(3, speak=lambda _: answer(sent, 3))))
    assert [raw.fault is None for raw in page.raws] == [True, False, True]
    assert page.remarks == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (response("<html/>"), MalformedResponse),
        (response(answer([wrapped(marc(11))], 25)[:-40]), MalformedResponse),
        (response("", status=503), TransportFailed),
        (response("<html/>", status=404), TransportFailed),
    ],
    ids=["web page", "cut off", "busy", "gone"],
)
def test_an_answer_that_is_none_ends_the_harvest_with_what_came_before(
    said: Response, error: type[SourceError]
) -> None:
    asking = Asking(Server(25, speak=lambda p: said if position(p) > 10 else None))
    sink = ListSink()
    with pytest.raises(error):
        harvest(source(asking), sink, Counted())
    assert [raw.identifier for raw in sink.raws] == numbers(10)
    assert harvest(source(Asking(Server(25))), sink, Counted()).status == "complete"
    assert [raw.identifier for raw in sink.raws] == numbers(25)


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    said = iter([answer([wrapped(marc(1))], 1)[:-30]])
    asking = Asking(Server(1, speak=lambda _: next(said, None)))
    assert ids(pages(asking)) == ["n1"]


def test_dates_are_refused_since_the_protocol_has_none() -> None:
    asking = Asking(Server(1))
    for dates in (("2026-01-01", None), (None, "2026-01-01")):
        with pytest.raises(UsageFault, match="dates"):
            list(source(asking).pages(*dates, None))
        with pytest.raises(UsageFault, match="dates"):
            source(asking).plan(*dates)
    assert asking.asked == []


@pytest.mark.parametrize(("query", "version"), [(" ", "1.1"), ("x", "1.0"), ("x", "3")])
def test_what_cannot_be_asked_is_refused_at_once(query: str, version: str) -> None:
    with pytest.raises(UsageFault):
        SruSource(Asking(Server(1)), ADDRESS, query=query, version=version, name="x")


@pytest.mark.parametrize("name", ["loc", "dnb", "k10plus"])
def test_presets_say_how_to_ask(name: str) -> None:
    preset = PRESETS[name]
    assert preset.url.startswith("http")
    assert preset.version == "1.1"
    assert preset.schema in ("marcxml", "MARC21-xml")
    assert "peer support" in preset.queries
    assert len(f"{name}: {preset.title}") < 60


def test_there_are_no_presets_but_those_described() -> None:
    assert set(PRESETS) == {"loc", "dnb", "k10plus"}


@pytest.mark.parametrize("pack", [str, packed], ids=["xml", "string"])
def test_letters_that_come_decomposed_are_whole_in_the_record(pack: type[str]) -> None:
    decomposed = unicodedata.normalize("NFD", "Über Größe")
    sent = [wrapped(pack(marc(1).replace("Title 1", decomposed)))]
    (page,) = pages(Asking(Server(1, speak=lambda _: answer(sent, 1))))
    record = crosswalk(page.raws[0])
    assert isinstance(record, Record)
    assert record.title == "Über Größe"
    assert decomposed.encode() in page.raws[0].payload


@pytest.mark.parametrize(
    "space", ["info:srw/schema/1/dc-schema", "info:srw/schema/1/dc-v1.1", "http://purl.org/dc/elements/1.1/"]
)
def test_dublin_core_is_read_in_any_of_the_namespaces_sru_has_for_it(space: str) -> None:
    sent = [
        wrapped(f'<x:dc xmlns:x="{space}" xmlns="http://purl.org/dc/elements/1.1/"><title>T</title></x:dc>')
    ]
    (page,) = pages(Asking(Server(1, speak=lambda _: answer(sent, 1))))
    record = crosswalk(page.raws[0])
    assert isinstance(record, Record)
    assert record.title == "T"
