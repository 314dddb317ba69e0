"""News of a search, how to search, and all addresses, for programs that come back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from catalog.record import Contributor, Identifier, Record
from tests.web.shelves import fill, raw_of
from web.app import create_app
from web.feeds import sitemap
from web.guard.settings import Guard
from web.site import Site

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
}
BAD = Record(
    title='<b>&amp; "\x00\ud7ff',
    contributors=(Contributor(literal="<script>"),),
    abstract="<script>alert(1)</script>",
    keywords=('a"b<',),
    identifiers=(Identifier(scheme="doi", value="10.5555/a<b>"),),
    languages=("ar",),
)


def _read(client: TestClient, address: str) -> etree._Element:
    return etree.fromstring(client.get(address).raise_for_status().content)


def _text(tree: etree._Element, path: str) -> list[str]:
    return [str(found) for found in tree.xpath(path, namespaces=NAMES)]


@pytest.fixture
def strange(tmp_path: Path) -> Iterator[TestClient]:
    fill(tmp_path, [raw_of("one", BAD)])
    site = Site(tmp_path, base_url="https://library.example/cat")
    with TestClient(create_app(site, Guard(root_path="/cat"))) as asking:
        yield asking


def test_a_feed_has_all_hits_page_by_page(client: TestClient) -> None:
    entries, address = [], "/search.atom?q=support+OR+help&size=10"
    while address:
        tree = _read(client, address)
        entries += _text(tree, "a:entry/a:id/text()")
        assert _text(tree, "a:link[@rel='self']/@href") == [
            f"http://testserver{address.removeprefix('http://testserver')}"
        ]
        address = next(iter(_text(tree, "a:link[@rel='next']/@href")), "")
    total = client.get("/api/v1/search?q=support+OR+help").json()["total"]
    assert len(set(entries)) == len(entries) == total > 20
    assert _text(tree, "o:totalResults/text()") == [str(total)]
    assert client.get(entries[0]).status_code == 200


def test_a_feed_is_dated_by_its_records(client: TestClient) -> None:
    item = client.get("/api/v1/search?q=support&sort=added").json()["items"][0]
    tree = _read(client, "/search.atom?q=support&sort=title")
    assert _text(tree, "a:updated/text()") == [max(_text(tree, "a:entry/a:updated/text()"))]
    assert _text(tree, "a:entry[1]/a:id/text()") == [item["url"]]
    assert _text(tree, "a:entry[1]/a:published/text()") == [item["added_at"]]
    assert _text(_read(client, "/search.atom?q=zzzz"), "a:updated/text()") > ["2020"]
    again = client.get("/search.atom", headers={"If-None-Match": client.get("/search.atom").headers["etag"]})
    assert again.status_code == 304


def test_what_a_record_holds_stays_text(strange: TestClient) -> None:
    entry = _read(strange, "/search.atom").find("a:entry", NAMES)
    assert entry is not None
    content = entry.findtext("a:content", "", NAMES)
    assert content == "<p>&lt;script&gt;</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert _text(entry, "a:title/text()") == ['<b>&amp; "\ufffd\ud7ff']
    assert _text(entry, "a:title/@xml:lang") == ["ar"]
    assert _text(entry, "a:category/@term") == ['a"b<']
    assert _text(entry, "a:link[@rel='related']/@href") == ["https://doi.org/10.5555/a%3Cb%3E"]


def test_every_address_begins_with_that_of_the_catalogue(strange: TestClient) -> None:
    for path in ("/search.atom", "/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml"):
        tree = _read(strange, f"/cat{path}")
        addresses = _text(tree, "//@href | //@template | //s:loc/text() | //a:id/text()")
        ours = [address for address in addresses if "doi.org" not in address]
        assert ours
        assert all(address.startswith("https://library.example/cat/") for address in ours)
    assert "Disallow: /cat/export\n" in strange.get("/cat/robots.txt").text


def test_every_way_to_search_works(client: TestClient) -> None:
    tree = _read(client, "/opensearch.xml")
    ways = tree.findall("o:Url", NAMES)
    for way in ways:
        address = way.attrib["template"].replace("{searchTerms}", "peer").replace("{startPage?}", "")
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
            200,
            way.attrib["type"],
        )
    assert len(ways) == 5
    assert len(tree.findtext("o:ShortName", "", NAMES)) <= 16


def test_a_sitemap_lists_every_record_with_its_date(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 20)
    index = _read(client, "/sitemap.xml")
    parts = [_read(client, address) for address in _text(index, "s:sitemap/s:loc/text()")]
    assert len(parts) == 3
    listed = {}
    for part, date in zip(parts, _text(index, "s:sitemap/s:lastmod/text()"), strict=True):
        dated = part.xpath("s:url[s:lastmod]", namespaces=NAMES)
        listed |= {each.findtext("s:loc", "", NAMES): each.findtext("s:lastmod", "", NAMES) for each in dated}
        assert max(_text(part, "s:url/s:lastmod/text()")) == date
    items = client.get("/api/v1/search?size=100").json()["items"]
    assert listed == {item["url"]: item["updated_at"] for item in items}
    assert client.get("/sitemap-9.xml").status_code == 404
    readers = _text(parts[0], "s:url[not(s:lastmod)]/s:loc/text()")
    assert [client.get(address).status_code for address in readers] == [200] * 5
