"""The page of hits: what it says is what is found, and every link leads where it says."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from index.query.cost import Budget
from tests.web.pages.parsed import page
from web.app import create_app
from web.site import Site


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def total(tree: html.HtmlElement) -> int:
    return int(text(tree.cssselect(".status")[0]).rpartition(" ")[2].replace(",", ""))


@pytest.fixture(scope="module")
def support(client: TestClient) -> html.HtmlElement:
    return page(client, "/search?q=support")


def test_what_was_typed_stays_and_the_place_in_the_list_is_told(support: html.HtmlElement) -> None:
    assert support.cssselect("#q")[0].value == "support"
    assert text(support.cssselect(".status")[0]) == "1–11 of 11"
    assert text(support.cssselect("title")[0]) == "Results for support: 1–11 of 11 – peerlit"
    assert [text(each) for each in support.cssselect(".understood code")] == ["support"]


def test_hits_are_an_ordered_list_whose_numbers_go_on_over_pages(client: TestClient) -> None:
    pages = [page(client, f"/search?size=10&page={number}") for number in range(1, 6)]
    numbers = [int(each.get("value")) for tree in pages for each in tree.cssselect("ol.hits > li")]
    assert numbers == list(range(1, total(pages[0]) + 1))
    assert [tree.cssselect("ol.hits")[0].get("start") for tree in pages[:2]] == ["1", "11"]
    assert pages[0].cssselect("link[rel=prev]") == []
    assert pages[1].cssselect("link[rel=prev]")[0].get("href") == "/search?size=10"
    assert pages[1].cssselect("nav.pager a[rel=next]")[0].get("href") == "/search?page=3&size=10"


def test_a_hit_shows_who_where_when_and_why_it_was_found(support: html.HtmlElement) -> None:
    hit = next(each for each in support.cssselect("ol.hits > li") if "family carers" in text(each))
    assert text(hit.cssselect(".people")[0]) == "Samia El-Sayed, Björk Guðmundsdóttir"
    assert text(hit.cssselect(".venue")[0]) == "Invented Journal of Peer Work · 2023;14(2):140–158"
    assert {text(each) for each in hit.cssselect("mark")} == {"support"}
    assert [text(each) for each in hit.cssselect(".badge")] == ["Journal article", "English"]
    assert hit.cssselect("a.external")[0].get("href") == "https://example.org/articles/9"
    assert "example.org" in text(hit.cssselect("a.external")[0])
    assert "rft.atitle=Peer%20support" in hit.cssselect("span.Z3988")[0].get("title")


def test_links_to_records_know_the_search_and_the_place_in_it(client: TestClient) -> None:
    tree = page(client, "/search?q=support&type=book&size=10")
    addresses = [each.get("href") for each in tree.cssselect("ol.hits h2 a")]
    assert re.fullmatch(r"/record/[^?]+\?q=support&type=book&size=10&at=2", addresses[1])


def test_foreign_titles_say_their_language(support: html.HtmlElement) -> None:
    foreign = support.cssselect("ol.hits h2[lang]")
    assert [each.get("lang") for each in foreign] == ["id"]
    assert all(each.get("dir") == "auto" for each in support.cssselect("ol.hits h2"))


@pytest.mark.parametrize(
    "narrowed", ["q=support", "q=support&subject=Medicine", "type=book&language=English"]
)
def test_every_facet_link_finds_as_many_as_it_says(client: TestClient, narrowed: str) -> None:
    tree = page(client, f"/search?{narrowed}")
    links = [each for each in tree.cssselect("aside .values a") if not each.get("aria-current")]
    assert len(links) > 10
    for link in links:
        assert total(page(client, link.get("href"))) == int(
            text(link.cssselect(".count")[0]).replace(",", "")
        )


def test_years_are_bars_for_the_eye_and_a_table_for_everybody(
    support: html.HtmlElement, client: TestClient
) -> None:
    rows = support.cssselect("aside table tbody tr")
    told = {row.cssselect("a")[0].get("href"): int(text(row.cssselect("td")[0])) for row in rows}
    bars = [each.get("href") for each in support.cssselect("svg.years a")]
    assert sorted(told) == sorted(bars)
    assert support.cssselect("svg.years")[0].get("aria-hidden") == "true"
    assert all(total(page(client, address)) == count for address, count in told.items())


def test_what_narrows_is_a_chip_that_can_be_taken_away(client: TestClient) -> None:
    tree = page(client, "/search?q=support&type=book&from=1990&to=2001&exact=1")
    chips = {text(each): each.get("href") for each in tree.cssselect(".chips a")}
    assert chips == {
        "Remove Words: exactly as typed": "/search?q=support&type=book&from=1990&to=2001",
        "Remove Type: Book": "/search?q=support&exact=1&from=1990&to=2001",
        "Remove Year: 1990–2001": "/search?q=support&exact=1&type=book",
        "Clear all": "/search?q=support",
    }


def test_the_search_bar_keeps_what_narrows_and_drops_the_page(client: TestClient) -> None:
    form = page(client, "/search?q=a+OR+b+OR+support&type=book&sort=title&size=10").forms[0]
    form.fields["q"] = "help"
    assert urlencode(form.form_values()) == "q=help&any=&type=book&sort=title&size=10"


def test_what_cannot_be_run_keeps_what_was_typed_and_shows_the_place(client: TestClient) -> None:
    tree = page(client, "/search?q=support+AND+(worker&type=book", 400)
    box = tree.cssselect("#q")[0]
    assert (box.value, box.get("aria-invalid")) == ("support AND (worker", "true")
    fault = tree.get_element_by_id(box.get("aria-describedby"))
    assert text(fault).startswith("this bracket is never closed")
    assert text(fault.cssselect(".place")[0]) == "("
    ways = [each.get("href") for each in tree.cssselect("main ul:not(.chips) a")]
    assert "/search?q=support+AND+%28worker&any=1&type=book" in ways
    assert all(client.get(way).status_code == 200 for way in ways if way.startswith("/search"))


def test_another_spelling_is_offered_never_applied(client: TestClient) -> None:
    tree = page(client, "/search?q=suport&type=book")
    assert text(tree.cssselect(".status")[0]) == "Nothing found"
    offer = tree.cssselect(".offer a")[0]
    count = int(re.sub(r"\D", "", text(tree.cssselect(".offer .count")[0])))
    assert (text(offer), offer.get("href")) == ("support", "/search?q=support&type=book")
    assert total(page(client, offer.get("href"))) == count


def test_nothing_found_offers_wider_searches_that_find_what_they_say(client: TestClient) -> None:
    tree = page(client, "/search?q=support+zebra&type=book&from=1900&to=1901")
    assert "zebra" in text(tree.cssselect(".notes")[0])
    offers = tree.cssselect(".wide a")
    assert len(offers) > 0
    for offer in offers:
        assert total(page(client, offer.get("href"))) == int(text(offer.cssselect(".count")[0]))


def test_records_like_one_are_headed_by_it(client: TestClient) -> None:
    tree = page(client, "/search?like=doaj/00000000000000000000000000000009")
    assert "Peer support for family carers" in text(tree.cssselect("h1")[0])
    assert total(tree) > 0


def test_behind_the_last_page_there_is_a_way_back(client: TestClient) -> None:
    tree = page(client, "/search?q=support&page=9")
    assert text(tree.cssselect(".status")[0]) == "none of 11"
    assert tree.cssselect("main p a")[-1].get("href") == "/search?q=support"


def test_deeper_than_one_can_page_there_is_a_way_on(client: TestClient) -> None:
    tree = page(client, "/search?page=501", 400)
    assert "export all" in text(tree.cssselect(".fault")[0])
    ways = [each.get("href") for each in tree.cssselect("main li a")]
    assert ways[:4] == ["/search", "/search?sort=newest", "/search?sort=oldest", "/export"]
    assert all(client.get(way).status_code == 200 for way in ways)


def test_selected_hits_and_all_hits_can_be_exported_without_a_script(client: TestClient) -> None:
    tree = page(client, "/search?q=support&type=book&page=1&size=10")
    forms = {form.get("aria-label"): form for form in tree.forms}
    form = forms["Export"]
    assert dict(form.form_values()) == {"q": "support", "type": "book", "format": "", "for": ""}
    assert client.get(f"/export?{urlencode(form.form_values())}").status_code == 200
    assert [(each.get("name"), each.get("value")) for each in form.cssselect("button[type=submit]")] == [
        ("which", "all"),
        ("which", "selected"),
    ]
    boxes = tree.cssselect("input[name=key]")
    assert {(box.get("form"), box.get("name")) for box in boxes} == {(form.get("id"), "key")}
    assert all(tree.get_element_by_id(box.get("aria-labelledby")) is not None for box in boxes)


def test_markup_in_what_was_typed_is_text(client: TestClient) -> None:
    typed = '"><script>alert(1)</script>'
    for address in (f"/search?q={typed}", f"/search?any=1&q={typed}", f"/search?subject={typed}"):
        answer = client.get(address)
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_a_search_that_costs_too_much_is_told_so(demo_folder: Path) -> None:
    site = Site(demo_folder, budget=Budget(clauses=2, places=10**9, seconds=5))
    with TestClient(create_app(site)) as client:
        tree = page(client, "/search?q=one+two+three&type=book", 422)
    assert "3 words" in text(tree.cssselect("#fault")[0])
    assert tree.cssselect("#q")[0].value == "one two three"
    assert [text(each) for each in tree.cssselect(".chips a")] == ["Remove Type: Book"]


def test_all_that_is_typed_is_in_the_box_and_some_of_it_in_the_heading(client: TestClient) -> None:
    typed = " OR ".join(["peer"] * 100)
    tree = page(client, f"/search?q={typed}")
    assert tree.cssselect("#q")[0].value == typed
    assert len(text(tree.cssselect("h1")[0])) < 140


def test_every_action_on_the_search_leads_somewhere(client: TestClient) -> None:
    tree = page(client, "/search?q=support&type=book")
    links = tree.cssselect(".tools .actions a[href], link[rel=alternate]")
    assert {client.get(each.get("href")).status_code for each in links} == {200}
