"""The loopback article API finds, pages and refuses as DOAJ's does."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from cli.loopback.provider import Provider
from tests.provider.articles import articles


def _article(number: int, **bib: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    date = f"202{number}-05-01T10:00:00Z"
    given = {
        "year": f"202{number}",
        "journal": {"title": "Journal of Hope", "publisher": "Invented Press"},
    } | bib
    return {"id": f"{number:032x}", "created_date": date, "last_updated": date, "bibjson": given}


_RA = {"scheme": "LCC", "term": "Public aspects of medicine", "code": "RA1-1270"}
_KNOWN = [
    _article(0, title="Peer support in crisis", keywords=["Peer support"], subject=[_RA]),
    _article(
        1, title="Support by peers: why?", abstract="A peer is not a peer support worker.", subject=[_RA]
    ),
    _article(
        2,
        title="Family therapy",
        abstract="Self-help/peer groups",
        identifier=[{"type": "doi", "id": "10.5555/a:1"}],
    ),
    _article(
        3,
        title="Peer review",
        abstract="Support of editors",
        identifier=[{"type": "eissn", "id": "1234-5678"}],
    ),
    {**_article(4, title="Peer support, withdrawn"), "admin": {"in_doaj": False}},
]


def _search(query: str, more: str = "", known: list[dict[str, Any]] = _KNOWN) -> tuple[int, dict[str, Any]]:
    provider = Provider(known, now=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    answer = provider.respond(f"/api/v4/search/articles/{quote(query, safe='')}", more, {})
    return answer.status, json.loads(answer.body)


def _found(query: str) -> str:
    status, told = _search(query, "pageSize=100")
    assert status == 200, told
    assert told["total"] == len(told["results"])
    return "".join(str(int(each["id"], 16)) for each in told["results"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peer support", "01"),  # all the words in one field: not a title and an abstract together
        ("peer AND support", "013"),
        ("PEER", "0123"),
        ('"peer support"', "01"),
        ('title:"peer support"', "0"),
        ("title:peer", "03"),
        ("title:(peer support)", "0"),
        ("peer AND NOT title:review", "012"),
        ("family OR review", "23"),
        ("(family OR review) AND peer", "23"),
        ("peer AND family OR review", "0123"),  # Lucene: with something required, what is optional only ranks
        ("family OR review AND peer", "3"),
        ("-family", "013"),
        ("+peer -review", "012"),
        ("NOT (peer OR review)", ""),
        ("title:peer OR title:family", "023"),
        ("bibjson.keywords:support", "0"),
        ('bibjson.keywords.exact:"Peer support"', "0"),
        ('bibjson.keywords.exact:"peer support"', ""),
        ("bibjson.year.exact:2021", "1"),
        ("bibjson.year.exact:[2021 TO 2022]", "12"),
        ("bibjson.year.exact:{2021 TO 2023]", "23"),
        ('bibjson.subject.code.exact:"RA1-1270"', "01"),
        ('index.schema_codes_tree.exact:"LCC:RA1-1270"', "01"),
        ('index.schema_codes_tree.exact:"LCC:R"', "01"),
        (
            (
                'index.schema_codes_tree.exact:"LCC:R"'
                " AND created_date:[2021-01-01T00:00:00Z TO 2022-01-01T00:00:00Z]"
            ),
            "1",
        ),
        ("created_date:[2021-05-01 TO 2022-05-01]", "12"),
        ("last_updated:[2021-05-01T10:00:00Z TO 2022-05-01T09:59:59Z]", "1"),
        ('doi:"10.5555/a:1"', "2"),
        ("issn:1234-5678", "3"),
        ("publisher:invented AND journal:hope", "0123"),
        ("help/peer", "2"),
        ("*", "0123"),
    ],
)
def test_queries_find(query: str, found: str) -> None:
    assert "".join(sorted(_found(query))) == found


@pytest.mark.parametrize(
    "query",
    [
        "peer supp*",
        "pe?r",
        "peer~1",
        "support by peers: why?",
        "title:(peer",
        '"peer',
        "peer AND",
        "[a TO b]",
        "()",
    ],
)
def test_what_is_not_allowed_is_a_bad_request(query: str) -> None:
    status, told = _search(query)
    assert (status, told["status"]) == (400, "bad_request")
    assert "(ref: " in told["error"]


def test_a_colon_within_a_value_is_escaped_unless_and_or_or_stands_before_it() -> None:
    # Without an AND before it `title:review` is a value that nothing has, and nothing is excluded.
    assert _found("title:peer NOT title:review") == "03"
    assert _found("title:peer AND NOT title:review") == "0"


def test_pages_are_capped_and_end_at_a_thousand_records() -> None:
    known = articles(1150)
    status, told = _search(
        "peer OR support OR study OR more", "page=10&pageSize=500&sort=created_date:asc", known
    )
    assert (status, told["total"], told["pageSize"], len(told["results"])) == (200, 1150, 100, 100)
    assert told["last"].endswith("?page=12&pageSize=100&sort=created_date%3Aasc")
    dates = [each["created_date"] for each in told["results"]]
    assert dates == sorted(dates)
    assert dates[0] > sorted(a["created_date"] for a in known)[899]
    status, told = _search("study OR more", "page=11&pageSize=100", known)
    assert status == 400
    assert told["error"].startswith("You cannot access results beyond 1000 records via this API")


def test_nothing_is_kept_back_and_rows_hold_what_the_api_shows() -> None:
    _, told = _search("review")
    assert told["results"] == [_KNOWN[3]]
    assert {"total", "page", "pageSize", "timestamp", "query", "results", "last"} == told.keys()
    assert _search("peer", "page=x")[0] == 400
    assert _search("peer", "sort=created_date:up")[0] == 400
    assert _search("peer", "page=9")[1]["results"] == []
