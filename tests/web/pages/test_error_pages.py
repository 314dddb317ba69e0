"""What is answered to addresses that lead nowhere and queries that cannot be run."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "There is no such page"),
        ("/record/nobody", 404, "This is not in the catalogue"),
        ("/harvests/999", 404, "There is no such page"),
        ("/searches/nobody", 404, "There is no such page"),
        ("/search/facet/keyword?q=(", 400, "This query cannot be run as written"),
        ("/search/facet/keyword?order=sideways", 400, "This address makes no sense here"),
    ],
)
def test_an_error_is_a_page_with_ways_on(client: TestClient, address: str, status: int, heading: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert (answer.headers["cache-control"], answer.headers["vary"].split(", ")[0]) == ("no-store", "Accept")
    for expected in (f"<h1>{heading}</h1>", 'href="/subjects"', 'name="q"', 'content="noindex"'):
        assert expected in answer.text
    assert "peerlit harvests" not in answer.text
    assert "Not Found" not in answer.text


def test_what_was_looked_for_can_be_searched_for(client: TestClient) -> None:
    assert 'href="/search?q=peer+support&amp;any=1"' in client.get("/record/peer%20support").text


def test_a_query_shows_the_place_that_is_wrong(client: TestClient) -> None:
    page = client.get("/search/facet/keyword", params={"q": "peer <b> )"}).text
    assert '<pre dir="auto">peer &lt;b&gt; <span class="place">)</span></pre>' in page
    assert 'value="peer &lt;b&gt; )"' in page


def test_programs_are_answered_in_json(client: TestClient) -> None:
    for address in ("/record/nobody", "/nowhere", "/harvests/999"):
        answer = client.get(address, headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert answer.headers["content-type"].endswith("json")
