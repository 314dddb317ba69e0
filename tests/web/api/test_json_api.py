"""The API finds what the pages find, says what is wrong, and is as its description has it."""

import re
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from catalog.errors import QueryTooCostly
from index.folding import fold
from web.api.operations import OPERATIONS
from web.api.shapes import PROBLEM, Problem, SearchAnswer, SubjectNode
from web.asked import PARAMETERS
from web.parameters import SEARCH


def _get(client: TestClient, path: str, **told: object) -> Any:  # noqa: ANN401 - JSON
    return client.get(f"/api/v1/{path}", params=told).raise_for_status().json()


def test_every_operation_answers_as_described(client: TestClient) -> None:
    key = _get(client, "search", size=10)["items"][0]["key"]
    for operation in OPERATIONS:
        answer = client.get(operation.example or operation.path.replace("{key}", key)).raise_for_status()
        assert answer.headers["content-type"].partition(";")[0] in operation.answers()
        assert answer.headers["etag"]
        if not isinstance(operation.answer, dict):
            msgspec.json.decode(answer.content, type=operation.answer)  # type: ignore[arg-type]  # a shape


def test_the_pages_of_a_search_are_linked(client: TestClient) -> None:
    keys, address = [], "/api/v1/search?q=support+OR+help&size=10&facets=type&fields=title"
    for _ in range(20):
        answer = client.get(address)
        found = msgspec.json.decode(answer.content, type=SearchAnswer)
        keys += [item.key for item in found.items]
        assert answer.request.url == found.links.self
        if not found.links.next:
            break
        address = found.links.next
    assert len(keys) == len(set(keys)) == found.total
    assert found.links.previous is not None
    assert client.get(found.links.html).status_code == 200
    value = found.facets["type"][0]
    assert client.get(value.url).json()["total"] == value.count


def test_hits_are_worth_more_than_notes_on_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def costly(*_: object) -> list[str]:
        raise QueryTooCostly("the search took longer than 3 seconds")

    monkeypatch.setattr("web.searching.word_notes", costly)
    assert _get(client, "search", q="support OR zebra")["notes"] == []


def test_items_have_what_is_asked_for(client: TestClient) -> None:
    plain = _get(client, "search", q="peer support", size=10)["items"][0]
    assert "record" in plain
    assert {"fields", "snippets"}.isdisjoint(plain)
    item = _get(client, "search", q="peer", size=10, fields="title,authors", snippets=1)["items"][0]
    assert (list(item["fields"]), "record" in item) == (["title", "authors"], False)
    for snippet in item["snippets"]:
        words = [snippet["text"][mark["start"] : mark["end"]] for mark in snippet["marks"]]
        assert words
        assert all(word.lower().startswith("peer") for word in words)


def test_a_facet_can_be_paged_through_whole(client: TestClient) -> None:
    whole = _get(client, "facets/keyword", q="support", size=1000)
    paged = [
        _get(client, "facets/keyword", q="support", size=3, page=page)["values"] for page in range(1, 60)
    ]
    assert [value for page in paged for value in page] == whole["values"]
    assert whole["total"] == len(whole["values"])
    assert _get(client, "facets/keyword", q="support", size=1)["total"] is None
    values, address = [], "/api/v1/facets/keyword?q=support&size=7"
    while address:
        answer = client.get(address).json()
        values += answer["values"]
        address = answer["links"].get("next")
    assert values == whole["values"]
    by_value = _get(client, "facets/keyword", q="support", size=1000, order="value", containing="PEER")[
        "values"
    ]
    assert by_value == sorted(
        (value for value in whole["values"] if "peer" in value["value"].lower()),
        key=lambda value: value["value"].lower(),
    )


def test_subjects_are_a_tree(client: TestClient) -> None:
    answer = client.get("/api/v1/subjects").json()
    pending = msgspec.convert(answer["subjects"], list[SubjectNode])
    seen = 0
    while pending:
        node = pending.pop()
        seen += 1
        assert all(fold(under.value).startswith(fold(f"{node.value} > ")) for under in node.narrower)
        pending += node.narrower
    assert seen == _get(client, "facets/subject", order="value")["total"]


def test_any_name_of_a_record_leads_to_it(client: TestClient) -> None:
    item = _get(client, "search", q="has:doi", size=10)["items"][0]
    doi = next(each["value"] for each in item["record"]["identifiers"] if each["scheme"] == "doi")
    for name in (item["key"], item["citation_key"], doi):
        assert _get(client, f"records/{name}")["key"] == item["key"]


def test_suggestions_can_be_asked(client: TestClient) -> None:
    typed, texts, told, addresses = client.get("/api/suggest?q=PEER").json()
    assert (typed, texts[0], told[0]) == ("PEER", "peer support", "3 records")
    assert all(client.get(address).status_code == 200 for address in addresses)
    assert client.get("/api/suggest").json() == ["", [], [], []]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("search?colour=red", 400),
        ("search?page=0", 400),
        ("search?page=1&page=2", 400),
        ("search?facets=colour", 400),
        ("search?page=99999", 404),
        ("search?like=nothing", 404),
        ("facets/colour", 404),
        ("records/nothing", 404),
        ("nothing", 404),
        (f"search?q={'+'.join('abc' for _ in range(600))}", 422),
    ],
)
def test_what_is_wrong_is_said_in_one_shape(client: TestClient, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.headers["content-type"] == PROBLEM
    told = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, told.status) == (status, status)


def test_a_query_that_cannot_be_run_is_shown_where(client: TestClient) -> None:
    told = client.get("/api/v1/search?q=a+AND").json()
    assert (told["query"], told["position"], told["status"]) == ("a AND", 2, 400)


def test_the_description_is_whole(client: TestClient) -> None:
    answer = client.get("/api/openapi.json")
    told = answer.json()
    assert set(re.findall(r'"\$ref":"#/components/schemas/(\w+)"', answer.text)) <= set(
        told["components"]["schemas"]
    )
    assert [parameter.name for parameter in SEARCH] == list(PARAMETERS)
    assert list(told["paths"]) == [operation.path for operation in OPERATIONS]
    key = told["paths"]["/api/v1/records/{key}"]["get"]["parameters"][0]["example"]
    assert client.get(f"/api/v1/records/{key}").status_code == 200
    page = client.get("/api")
    assert all(f"<code>{operation.path}</code>" in page.text for operation in OPERATIONS)


def test_pages_of_other_hosts_may_read_it(client: TestClient) -> None:
    for path in ("/api/v1/search", "/export", "/api/v1/nothing"):
        answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answer.headers["access-control-expose-headers"]
