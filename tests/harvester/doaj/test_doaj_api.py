"""DOAJ's article API harvested: whole, whatever moves meanwhile, and from wherever it was broken off."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from catalog.errors import MalformedResponse, ProtocolError, TransportFailed
from catalog.record import Remark
from cli.loopback.answer import Answer, Respond
from cli.loopback.provider import Provider
from harvester.doaj.api import ApiSource
from harvester.http import Client, Manners
from harvester.protocol import Page
from harvester.run import harvest
from tests.harvester.scripted import ListSink
from tests.provider.articles import articles
from tests.provider.transport import Asked, transport

ALL = "created_date:[2000-01-01 TO 2999-12-31]"
SOME = articles(250, seed=1)
MANY = articles(1700, seed=2)
DATE = "Mon, 02 Nov 2026 10:00:00 GMT"


@contextmanager
def source(respond: Respond, query: str = ALL) -> Iterator[ApiSource]:
    manners = Manners(agent="peerlit", gap=0, tries=3)
    with Client(manners, transport=transport(respond), sleep=lambda _seconds: None) as client:
        yield ApiSource(client, "http://127.0.0.1/", query=query)


def walk(
    respond: Respond, since: str | None = None, resume: str | None = None, query: str = ALL
) -> list[Page]:
    with source(respond, query) as api:
        return list(api.pages(since, None, resume))


def identifiers(pages: Sequence[Page]) -> list[str]:
    return sorted(raw.identifier for page in pages for raw in page.raws)


def of(some: Sequence[dict[str, Any]]) -> list[str]:
    return sorted(f"oai:doaj.org/article:{article['id']}" for article in some)


def remarks(pages: Sequence[Page]) -> list[Remark]:
    return [remark for page in pages for remark in page.remarks]


def on_one_second(count: int, **bibjson: str) -> list[dict[str, Any]]:
    made = articles(count, seed=3)
    for article in made:
        article["created_date"] = article["last_updated"] = "2022-12-21T17:34:13Z"
        article["bibjson"].update(bibjson)
    return made


def test_a_small_query_is_read_page_by_page_without_slices() -> None:
    asked = Asked(Provider(SOME).respond)
    pages = walk(asked.respond)
    assert identifiers(pages) == of(SOME)
    assert [page.announced for page in pages] == [250, 250, 250]
    assert len(asked.requests) == 3
    assert asked.params[0] == {"page": "1", "pageSize": "100", "sort": "created_date:asc"}
    assert [page.resume is None for page in pages] == [False, False, True]
    assert remarks(pages) == []


def test_a_record_is_what_was_sent_and_has_the_name_and_date_the_feed_gives_it() -> None:
    payload = (
        b'{"id" : "ab12", "last_updated":"2024-05-06T07:08:09.123Z",\n "bibjson":{"title":"\\u00e9 1.0"}}'
    )
    body = b'{"total": 1, "results": [\n ' + payload + b' ], "pageSize":100}'
    (page,) = walk(lambda *_: Answer(200, {"date": DATE}, body))
    (raw,) = page.raws
    assert raw.payload == payload
    assert (raw.identifier, raw.format) == ("oai:doaj.org/article:ab12", "doaj+json")
    assert raw.datestamp == page.watermark == "2024-05-06T07:08:09Z"


@pytest.mark.parametrize("text", [b"\\ud83d", b"a\x01\tb", b"\xff", b'\\ud83d"},"total":[7],"x":{"total":"'])
def test_a_record_that_is_no_strict_json_keeps_no_other_from_being_read(text: bytes) -> None:
    payload = b'{"id":"b","last_updated":"2024-01-01T00:00:00Z","bibjson":{"title":"' + text + b'"}}'
    body = b'{"total":3,"results":[{"id":"a","bibjson":{}}, ' + payload + b',{"id":"c","bibjson":{}}]}'
    (page,) = walk(lambda *_: Answer(200, {}, body))
    assert [raw.identifier[-1] for raw in page.raws] == ["a", "b", "c"]
    assert page.raws[1].payload == payload
    assert page.raws[1].fault is None or b"\xff" in text


@pytest.mark.parametrize("item", [b'{"bibjson":{}}', b'{"id":"x"}', b'{"id":" ","bibjson":{}}', b"7", b'"x"'])
def test_what_is_no_article_is_handed_over_as_a_rejection(item: bytes) -> None:
    (page,) = walk(lambda *_: Answer(200, {}, b'{"total":1,"results":[' + item + b"]}"))
    assert page.raws[0].payload == item
    assert page.raws[0].fault


@pytest.mark.parametrize(
    "world",
    [MANY, on_one_second(1200), on_one_second(1200, year="2020"), on_one_second(1100, year="in press")],
    ids=["spread", "one second", "one second and year", "no year"],
)
def test_more_than_the_api_gives_at_once_is_sliced_and_comes_whole(world: list[dict[str, Any]]) -> None:
    asked = Asked(Provider(world).respond)
    pages = walk(asked.respond)
    assert identifiers(pages) == of(world)
    assert remarks(pages) == []
    assert {page.announced for page in pages} == {len(world)}
    assert max(int(params["page"]) for params in asked.params) <= 10


def test_articles_from_before_doaj_or_without_a_date_are_in_the_slice_outside() -> None:
    world = [dict(article) for article in MANY]
    world[0]["created_date"] = "1999-01-01T00:00:00Z"
    world[1]["created_date"] = "2150-01-01T00:00:00Z"
    del world[2]["created_date"]
    assert identifiers(
        walk(Provider(world).respond, query='bibjson.title:"a" OR bibjson.year.exact:[1 TO 3]')
    )
    assert identifiers(walk(Provider(world).respond, query="id.exact:[0 TO f]")) == of(world)


@pytest.mark.parametrize("every", [1, 7])
def test_a_run_that_goes_on_from_any_checkpoint_gets_what_was_left(every: int) -> None:
    world = MANY[:1250] if every > 1 else SOME
    provider = Provider(world)
    pages = walk(provider.respond)
    for number in range(0, len(pages) - 1, every):
        rest = walk(provider.respond, resume=pages[number].resume)
        assert identifiers([*pages[: number + 1], *rest]) == of(world)
        assert rest[-1].watermark == pages[-1].watermark
        assert remarks(rest) == []


def changing(*worlds: Sequence[dict[str, Any]], at: int) -> Respond:
    """Answer from the first world, from the second after so many requests, and so on."""
    providers = [Provider(world) for world in worlds]
    count = iter(range(10**6))

    def answered(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        return providers[min(len(providers) - 1, next(count) // at)].respond(path, query, headers)

    return answered


def after(answers: list[Answer], respond: Respond) -> Respond:
    """Give some answers first."""

    def answered(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        return answers.pop(0) if answers else respond(path, query, headers)

    return answered


def test_a_record_withdrawn_meanwhile_hides_no_other() -> None:
    first = min(SOME, key=lambda article: str(article["created_date"]))
    left = [article for article in SOME if article is not first]
    pages = walk(changing(SOME, left, at=1))
    assert set(identifiers(pages)) >= set(of(left))
    assert remarks(pages) == []


def test_a_record_added_meanwhile_is_received() -> None:
    pages = walk(changing(SOME[:-1], SOME, at=2))
    assert identifiers(pages) == of(SOME)


def test_a_record_edited_meanwhile_comes_in_both_states_or_one_and_moves_no_other() -> None:
    edited = [{**article, "last_updated": "2026-01-01T00:00:00Z"} for article in SOME]
    pages = walk(changing(SOME, edited, at=2))
    assert set(identifiers(pages)) == set(of(SOME))


def dropping(identifier: str, respond: Respond) -> Respond:
    """Count a record and never send it."""

    def answered(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        answer = respond(path, query, headers)
        body = answer.body.replace(f'"id": "{identifier}"'.encode(), b'"id": "dropped"')
        begin = body.find(b'{"id": "dropped"')
        if begin < 0:
            return answer
        end = body.find(b'{"id": ', begin + 1)
        body = body[:begin] + body[end:] if end > 0 else body
        return answer._replace(body=body)

    return answered


def test_a_record_that_is_counted_and_not_sent_is_told_after_asking_again() -> None:
    asked = Asked(dropping(SOME[5]["id"], Provider(SOME).respond))
    pages = walk(asked.respond)
    assert len(identifiers(pages)) == len(set(identifiers(pages))) == 249
    assert [(remark.kind, remark.missing) for remark in remarks(pages)] == [("short", 1)]
    assert len(asked.requests) == 9


def test_a_run_that_went_on_counts_no_record_twice_when_it_asks_again() -> None:
    asked = Asked(dropping(SOME[5]["id"], Provider(SOME).respond))
    rest = walk(asked.respond, resume=walk(asked.respond)[0].resume)
    assert [(remark.kind, remark.missing) for remark in remarks(rest)] == [("short", 1)]


def test_articles_of_one_second_in_another_order_each_time_come_whole() -> None:
    world = on_one_second(450)
    chance = random.Random(7)

    def shuffled(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        return Provider(chance.sample(world, len(world))).respond(path, query, headers)

    pages = walk(shuffled)
    received = len(set(identifiers(pages)))
    assert sum(remark.missing for remark in remarks(pages)) == 450 - received
    assert received > 430  # of three walks' 15 pages; one walk has some 320
    assert len(identifiers(pages)) == received


def test_what_cannot_be_told_apart_is_a_gap_of_so_many() -> None:
    world = on_one_second(1300, year="2020")
    for number, article in enumerate(world):
        article["id"] = f"x{number}"
    pages = walk(Provider(world).respond)
    assert len(set(identifiers(pages))) == 1000
    assert [(remark.kind, remark.missing) for remark in remarks(pages)] == [("gap", 300)]


def test_records_that_are_in_no_slice_are_a_gap() -> None:
    provider = Provider(MANY)

    def heedless(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        answer = provider.respond(path, query, headers)
        return (
            Answer(200, {}, b'{"total":0,"results":[]}')
            if "%20AND%20NOT" in path or "2014" in path
            else answer
        )

    pages = walk(heedless)
    (gap,) = remarks(pages)
    assert gap.kind == "gap"
    assert gap.missing == len(MANY) - len(set(identifiers(pages)))


def test_a_server_that_heeds_no_slice_is_told_of_and_not_asked_for_ever() -> None:
    body = b'{"total":5000,"results":[{"id":"a","bibjson":{}}]}'
    asked = Asked(lambda *_: Answer(200, {}, body))
    with pytest.raises(ProtocolError, match="heed"):
        walk(asked.respond)
    assert len(asked.requests) < 1000


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'{"total": 3, "results": [{"id": "a", "bib', "not the JSON"),
        (b"", "not the JSON"),
        (b"<!doctype html><title>Just a moment...</title>", "a web page"),
        (b'{"results": []}', "total"),
        (b'[{"total": 1}]', "not the JSON"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again_and_told_in_the_end(body: bytes, what: str) -> None:
    asked = Asked(lambda *_: Answer(200, {}, body))
    with pytest.raises(MalformedResponse, match=what):
        walk(asked.respond)
    assert len(asked.requests) == 3
    whole = Provider(SOME[:5]).respond
    assert identifiers(walk(after([Answer(200, {}, body)], whole))) == of(SOME[:5])


def test_a_refusal_says_what_doaj_said() -> None:
    asked = Asked(Provider(SOME).respond)
    with pytest.raises(ProtocolError, match="disallowed Lucene features") as refusal:
        walk(asked.respond, query="bibjson.title:peer*")
    assert refusal.value.code == "400"
    assert len(asked.requests) == 1


ERROR = b'{"status":"bad_request","error":"There was an error executing your query (ref: 1)"}'


def test_what_may_be_a_time_out_of_the_search_behind_is_asked_again() -> None:
    whole = Provider(SOME[:5]).respond
    assert identifiers(walk(after([Answer(400, {}, ERROR)] * 2, whole))) == of(SOME[:5])
    asked = Asked(lambda *_: Answer(400, {}, ERROR))
    with pytest.raises(ProtocolError, match="error executing"):
        walk(asked.respond)
    assert len(asked.requests) == 3


@pytest.mark.parametrize(
    ("status", "error"),
    [(414, ProtocolError), (400, TransportFailed), (404, TransportFailed), (403, TransportFailed)],
)
def test_other_refusals_are_final(status: int, error: type[Exception]) -> None:
    asked = Asked(lambda *_: Answer(status, {}, b"<html>no</html>"))
    with pytest.raises(error):
        walk(asked.respond)
    assert len(asked.requests) == 1


@pytest.mark.parametrize(
    ("stamps", "since", "watermark"),
    [
        (["2026-10-30T00:00:00Z", "2026-10-31T00:00:00Z"], None, "2026-10-31T00:00:00Z"),
        (
            ["2026-11-02T09:59:59Z"],
            None,
            "2026-11-02T09:55:00Z",
        ),  # not later than the beginning, and a little
        ([], "2026-10-01", "2026-10-01"),
        ([], None, None),
        (["soon"], None, None),
    ],
)
def test_the_watermark_is_the_newest_date_received_but_not_later_than_the_beginning(
    stamps: list[str], since: str | None, watermark: str | None
) -> None:
    results = ",".join(f'{{"id":"{n}","bibjson":{{}},"last_updated":"{s}"}}' for n, s in enumerate(stamps))
    body = f'{{"total":{len(stamps)},"results":[{results}]}}'.encode()
    pages = walk(lambda *_: Answer(200, {"date": DATE}, body), since)
    assert pages[-1].watermark == watermark


def test_the_next_run_asks_for_what_was_changed_since_inclusive() -> None:
    stamps = sorted(str(article["last_updated"]) for article in SOME)
    pages = walk(Provider(SOME).respond, since=stamps[200])
    assert identifiers(pages) == of([a for a in SOME if str(a["last_updated"]) >= stamps[200]])


def test_dates_without_a_time_are_whole_days() -> None:
    day = [
        {**article, "last_updated": f"2026-01-{n % 3 + 1:02}T{n % 24:02}:00:00Z"}
        for n, article in enumerate(SOME)
    ]
    with source(Provider(day).respond) as api:
        pages = list(api.pages("2026-01-02", "2026-01-02", None))
        assert api.plan("2026-01-02", "2026-01-02").records == len(identifiers(pages))
    assert identifiers(pages) == of([a for a in day if a["last_updated"].startswith("2026-01-02")])


@pytest.mark.parametrize("world", [SOME, MANY])
def test_the_plan_tells_how_much_and_is_no_less_than_it_takes(world: list[dict[str, Any]]) -> None:
    asked = Asked(Provider(world).respond)
    with source(asked.respond) as api:
        plan = api.plan(None, None)
        list(api.pages(None, None, None))
    assert plan.records == len(world)
    assert plan.requests is not None
    assert len(asked.requests) - 1 <= plan.requests <= 3 * len(asked.requests)


def test_a_run_into_a_sink_is_complete_and_the_next_has_little_to_do() -> None:
    sink, asked = ListSink(), Asked(Provider(MANY).respond)
    manners = Manners(agent="peerlit", gap=0)
    with Client(manners, transport=transport(asked.respond), sleep=lambda _seconds: None) as client:
        api = ApiSource(client, "http://127.0.0.1", query=ALL)
        run = harvest(api, sink, client.traffic)
        assert sink.runs[run.id].status == "complete"
        assert sorted(raw.identifier for raw in sink.raws) == of(MANY)
        before = len(asked.requests)
        again = harvest(api, sink, client.traffic)
    assert again.since == run.watermark
    assert len(asked.requests) - before < 10
