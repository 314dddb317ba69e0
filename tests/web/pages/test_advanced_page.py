"""Advanced search leads to an ordinary search, or says by the box what is wrong in it."""

from urllib.parse import parse_qsl

import pytest
from starlette.testclient import TestClient

from tests.web.pages.parsed import page


@pytest.mark.parametrize(
    ("boxes", "search"),
    [
        ("all=peer+support&none=school", {"q": "peer AND support NOT school"}),
        ("title=AND&author=o'neil", {"q": "title:and AND author:oneil"}),
        ("text1=a+b&manner1=any&text2=c&joiner2=not&field2=title", {"q": "(a OR b) NOT title:c"}),
        ("type=book&from=1999", {"type": "book", "from": "1999"}),
        ("type=book&type=report&all=x", {"q": 'x AND (type:="book" OR type:="report")'}),
        ("", {}),
    ],
)
def test_boxes_lead_to_a_search(client: TestClient, boxes: str, search: dict[str, str]) -> None:
    answer = client.get(f"/advanced?go=1&{boxes}")
    path, _, told = answer.headers["location"].partition("?")
    assert (answer.status_code, path, dict(parse_qsl(told))) == (303, "/search", search)
    assert client.get(answer.headers["location"]).status_code == 200


def test_what_is_wrong_is_said_by_its_box_and_nothing_typed_is_lost(client: TestClient) -> None:
    tree = page(client, "/advanced?go=1&all=peer&text2=x&field2=isbn&from=soon&type=book", 400)
    wrong = {each.get("name"): each for each in tree.cssselect("[aria-invalid]")}
    assert set(wrong) == {"text2", "from"}
    for box in wrong.values():
        assert "no" in tree.get_element_by_id(box.get("aria-describedby")).text_content()
    form = next(form for form in tree.forms if "all" in form.fields)
    told = dict(form.form_values())
    assert (told["all"], told["text2"], told["from"], told["type"]) == ("peer", "x", "soon", "book")


def test_a_strategy_becomes_one_query_with_what_is_to_say_of_it(client: TestClient) -> None:
    lines = "1. exp Peer Group/\n2. (peer adj3 support*).ti,ab.\n3. 1 or 2"
    tree = page(client, f"/advanced?dialect=ovid&strategy={lines.replace(chr(10), '%0D%0A')}")
    assert "NEAR" in tree.cssselect("section pre")[0].text_content()
    assert len(tree.cssselect("section.notes p")) > 2
    assert client.get(tree.cssselect("a.button")[0].get("href")).status_code == 200


def test_a_strategy_that_cannot_be_read_stays_in_its_box(client: TestClient) -> None:
    tree = page(client, "/advanced?strategy=(peer&dialect=pubmed", 400)
    box = tree.get_element_by_id("strategy")
    assert (box.value, box.get("aria-describedby")) == ("(peer", "fault-strategy")
    assert "bracket" in tree.get_element_by_id("fault-strategy").text_content()
