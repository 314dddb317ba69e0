"""What the manual says of the interfaces for programs is what these do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.api.openapi import described
from web.app import create_app
from web.site import Site

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("api", "addresses")}
ASKED = re.findall(
    r"^curl (?:-OJ |-L |-i )*(?:-H '(.+?): (.+?)' )?'http://127.0.0.1:8000(.+?)'$",
    "".join(PAGES.values()),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def client(demo_folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Site(demo_folder))) as asking:
        yield asking


@pytest.mark.parametrize(("header", "value", "address"), ASKED, ids=[address for *_, address in ASKED])
def test_what_is_asked_is_answered(client: TestClient, header: str, value: str, address: str) -> None:
    answer = client.get(address, headers={header: value} if header else {})
    assert answer.status_code == 200
    assert answer.content


def test_nothing_that_is_asked_was_overlooked() -> None:
    assert len(ASKED) == "".join(PAGES.values()).count("\ncurl ") > 10


def test_an_answer_is_as_it_is_shown(client: TestClient) -> None:
    shown, fault = (json.loads(text) for text in re.findall(r"```json\n(.+?)```", PAGES["api"], re.DOTALL))
    found = client.get("/api/v1/search?q=%22peer+support%22&facets=year&size=10").json()
    for name in ("total", "query", "notes", "page", "size"):
        assert found[name] == shown[name], name
    assert list(found) == list(shown)
    assert set(shown["items"][0]) == set(found["items"][0])
    assert shown["items"][0]["key"] in [item["key"] for item in found["items"]]
    assert client.get(f"/api/v1/search?q={fault['query']}").json() == fault


def test_every_status_is_told() -> None:
    table = PAGES["api"].partition("| status | when |")[2]
    told = set(re.findall(r"^\| (\d{3}) \|", table, re.MULTILINE))
    answers = [operation["get"]["responses"] for operation in described("", "")["paths"].values()]
    assert told == {status for each in answers for status in each} - {"200", "301", "304"}


@pytest.mark.parametrize("address", re.findall(r"^\| `(/.*?)` \|", PAGES["addresses"], re.MULTILINE))
def test_every_address_is_there(client: TestClient, address: str) -> None:
    path = address.replace("KEY", "berg2021peer").removesuffix("v1/")
    assert client.get(path).status_code in (200, 300)
