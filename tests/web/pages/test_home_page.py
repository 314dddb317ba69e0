"""The first page: figures that are so, and ways in that lead somewhere."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.record import Record
from catalog.store import open_catalog
from tests.web.pages.parsed import page
from tests.web.shelves import fill, raw_of
from web.app import create_app
from web.site import Site


def test_every_count_is_what_its_link_finds(client: TestClient) -> None:
    links = page(client, "/").cssselect("main .values a")
    assert len(links) > 15
    for link in links:
        status = page(client, link.get("href")).cssselect(".status")[0].text_content()
        assert status.rpartition(" ")[2] == link.cssselect(".count")[0].text_content()


def test_it_says_how_much_there_is_and_what_is_new(client: TestClient) -> None:
    tree = page(client, "/")
    assert " ".join(tree.cssselect(".lead")[0].text_content().split()).startswith(
        "47 records, most in English, from 1995 to 2024."
    )
    assert len(tree.cssselect("#newest ~ ul > li")) == 10
    for link in tree.cssselect(".brief a"):
        assert link.get("href").startswith("/record/")


def test_an_empty_catalogue_has_a_first_page_too(tmp_path: Path) -> None:
    fill(tmp_path, [])
    with TestClient(create_app(Site(tmp_path))) as client:
        assert "0 records." in " ".join(page(client, "/").text_content().split())
        assert "Nothing found" in page(client, "/search").text_content()


@pytest.mark.parametrize("root", ["", "/lib"])
def test_saved_searches_can_be_run_from_it(tmp_path: Path, root: str) -> None:
    fill(tmp_path, [raw_of("1", Record(title="Peers & <b>Peers</b>"))])
    with open_catalog(tmp_path, mode="write") as catalog:
        catalog.searches.save("peers", "query", "title:peers")
        catalog.searches.save("plan", "strategy", "1. peers\n2. #1")
    with TestClient(create_app(Site(tmp_path)), root_path=root) as client:
        tree = page(client, f"{root}/")
        saved = {each.text_content(): each.get("href") for each in tree.cssselect("#saved ~ dl a")}
        assert saved == {"peers": f"{root}/search?q=title%3Apeers"}
        assert "Peers & <b>Peers</b>" in page(client, saved["peers"]).text_content()
        assert all(each.get("href").startswith((f"{root}/", "#")) for each in tree.cssselect("a, link"))
