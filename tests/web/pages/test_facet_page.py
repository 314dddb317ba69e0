"""All values of a facet: in both orders, part by part, each link as good as its count."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from index.engine import FacetValue
from index.fields import FACETS
from tests.web.pages.parsed import page
from web.asked import Search
from web.pages.views.browse import SIZE, Browse, part


def rows(tree: html.HtmlElement) -> dict[str, int]:
    links = tree.cssselect("main :is(.tree, .values) a")
    return {each.get("href"): int(each.cssselect(".count")[0].text_content()) for each in links}


@pytest.mark.parametrize("facet", FACETS)
def test_both_orders_show_the_same_values(client: TestClient, facet: str) -> None:
    by_count = rows(page(client, f"/search/facet/{facet}?q=support"))
    by_name = rows(page(client, f"/search/facet/{facet}?q=support&order=name"))
    assert by_count == by_name
    assert len(by_count) > 1


def test_a_link_finds_as_many_as_it_says(client: TestClient) -> None:
    for address, count in rows(page(client, "/search/facet/publisher?q=support")).items():
        status = page(client, address).cssselect(".status")[0].text_content().split()
        assert status[-1] == str(count)


def test_values_can_be_looked_for(client: TestClient) -> None:
    assert list(rows(page(client, "/search/facet/keyword?containing=BOUNDAR"))) == [
        "/search?keyword=Access+boundaries",
        "/search?keyword=Technology+boundaries",
    ]


def test_parts_lead_to_each_other(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.views.browse.SIZE", 4)
    tree, pages = page(client, "/search/facet/keyword?order=name&containing=a"), 1
    seen = rows(tree)
    while following := tree.cssselect("nav.pager a[rel=next]"):
        tree, pages = page(client, following[0].get("href")), pages + 1
        assert not seen.keys() & rows(tree)
        seen |= rows(tree)
    assert len(seen) == len(client.get("/api/v1/facets/keyword?containing=a&size=1000").json()["values"])
    assert (pages > 1, len(tree.cssselect("nav.pager a[rel=prev]"))) == (True, 1)


def test_what_is_no_facet_has_no_page(client: TestClient) -> None:
    assert client.get("/search/facet/colour").status_code == 404
    assert client.get("/search/facet/keyword?order=size").status_code == 400
    assert client.get("/search/facet/keyword?part=0").status_code == 400


def values(number: int) -> list[FacetValue]:
    return [FacetValue(f"value {n:04}", number - n) for n in range(number)]


@pytest.mark.parametrize("order", ["count", "name"])
def test_parts_are_the_whole_list(order: str) -> None:
    every, number, is_last = [], 0, False
    while not is_last:
        number += 1
        browse = Browse(order, "", number)
        shown, is_last = part(Search(), "keyword", values(250)[: browse.needs("keyword")], browse)
        every += [row.text for row in shown]
    assert (number, every) == (3, [each.value for each in values(250)])


def test_a_tree_is_cut_between_its_broadest_subjects() -> None:
    tree = [FacetValue(f"{a:03}", 9) for a in range(SIZE)]
    tree += [FacetValue(f"{a:03} > {b}", 1) for a in range(SIZE) for b in range(3)]
    every, number, is_last = [], 0, False
    while not is_last:
        number += 1
        shown, is_last = part(Search(), "subject", tree, Browse("name", "", number))
        assert all(len(row.under) == 3 for row in shown)
        every += [row.text for row in shown]
    assert number > 2
    assert every == [f"{a:03}" for a in range(SIZE)]
