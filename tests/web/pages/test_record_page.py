"""The page of a record, its staff view, and records that are gone."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.record import Contributor, Identifier, Licence, Link, PartialDate, Record, Subject
from tests.web.embedded.described import ARTICLE, BOOK
from tests.web.shelves import fill, raw_of
from web.app import create_app
from web.site import Site

KEY = "doaj/28c9eb8a971d4c0f8570a3dd728e2092"
BOM_AND_TAGS = Record(
    title="</title><script>alert(1)</script>",
    contributors=(Contributor(literal='" onmouseover="alert(2)', orcid="javascript:alert(3)"),),
    abstract="]]></script><!-- <img src=x onerror=alert(4)>",
    keywords=("<b>bold</b>",),
    links=(
        Link(url="javascript:alert(5)", kind="fulltext"),
        Link(url="data:text/html,<script>alert(6)</script>"),
    ),
    licence=Licence(url="javascript:alert(7)", label="free"),
    issued=PartialDate(year=2020, literal="<i>2020</i>"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    fill(
        folder,
        [
            raw_of("article", ARTICLE),
            raw_of("book", BOOK),
            raw_of("bad", BOM_AND_TAGS),
            raw_of("arabic", Record(title="مجلة الدعم", languages=("ar",), abstract="نص")),
            raw_of("gone", Record(title="Once here", contributors=(Contributor(literal="A. Nother"),))),
        ],
    )
    fill(
        folder,
        [
            raw_of("book", BOOK, datestamp="2024-01-01"),
            raw_of("gone", Record(title="Once here"), datestamp="2024-01-01", deleted=True),
        ],
    )
    return folder


@pytest.fixture(scope="module")
def held(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Site(folder, "Peers")), follow_redirects=False) as asking:
        yield asking


def test_it_says_what_is_known_and_leads_on(client: TestClient) -> None:
    page = client.get(f"/record/{KEY}").text
    for expected in (
        "<title>Transcending technology boundaries",
        f'<link rel="canonical" href="http://testserver/record/{KEY}">',
        f'href="/record/{KEY}.bib"',
        'href="/search?author=Elmira+Mirbahaeddin"',
        'href="/search?journal=BMC+Health+Services+Research"',
        "Volume 24, issue 1, pages 1–14",
        '<a href="/search?from=2024&amp;to=2024" dir="auto">April 2024</a>',
        'href="https://doi.org/10.1186/s12913-024-10943-y"',
        'href="/search?subject=Medicine+%3E+Public+aspects+of+medicine"',
        f'<abbr class="unapi-id" title="{KEY}">',
        '<meta name="citation_author" content="Elmira Mirbahaeddin">',
        "@article{mirbahaeddin2024transcending,",
        "APA, 7th edition",
        "<i>BMC Health Services Research</i>",
    ):
        assert expected in page, expected


def test_every_link_to_a_search_finds_the_record(client: TestClient) -> None:
    page = client.get(f"/record/{KEY}").text
    addresses = {unescape(each) for each in re.findall(r'href="(/search\?[^"]+)"', page)}
    found = [address for address in addresses if "like=" not in address]
    assert len(found) > 10
    for address in found:
        assert KEY in client.get(address).text, address


def test_opened_from_results_it_knows_its_place(client: TestClient) -> None:
    results = client.get("/search?q=support&sort=title").text
    opened = [unescape(each) for each in re.findall(r'href="(/record/[^"]+at=\d+)"', results)]
    assert opened[1].endswith("?q=support&sort=title&at=2")
    page = client.get(opened[1]).text
    assert re.search(r"Record 2 of \d+", page)
    assert '<a href="/search?q=support&amp;sort=title#title-2">Results</a>' in page
    neighbours = [unescape(each) for each in re.findall(r'<a rel="(?:prev|next)" href="([^"]+)"', page)]
    assert neighbours == [opened[0], opened[2]]
    assert 'rel="prev"' not in client.get(opened[0]).text


@pytest.mark.parametrize(
    "told", ["q=support&at=999999", "q=(&at=1", "at=0", "at=x", "q=peer&sort=sideways&at=1"]
)
def test_a_place_that_it_does_not_have_is_left_out(client: TestClient, told: str) -> None:
    answer = client.get(f"/record/{KEY}?{told}")
    assert answer.status_code == 200
    assert "Neighbouring" not in answer.text


def test_json_ld_is_json(held: TestClient) -> None:
    for key in ("test/article", "test/book", "test/bad"):
        page = held.get(f"/record/{key}").text
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert json.loads(text)["mainEntityOfPage"] == f"http://testserver/record/{key}"


def test_a_foreign_title_says_its_language(held: TestClient) -> None:
    page = held.get("/record/test/arabic").text
    assert '<h1><span dir="auto" lang="ar">مجلة الدعم</span></h1>' in page
    assert '<p dir="auto" lang="ar">نص</p>' in page


@pytest.mark.parametrize("address", ["/record/test/bad", "/record/test/bad?view=staff", "/search"])
def test_markup_in_records_is_text(held: TestClient, address: str) -> None:
    page = held.get(address).text
    assert not re.search(r'<[^>]* onmouseover="', page)
    for unwanted in (
        "<script>",
        "<img",
        "<b>bold",
        "<i>2020",
        'href="javascript:',
        'href="data:',
    ):
        assert unwanted not in page, unwanted
    assert "&lt;script&gt;" in page


def test_staff_see_what_lies_behind(client: TestClient) -> None:
    page = client.get(f"/record/{KEY}?view=staff").text
    for expected in (
        "MARC 21 made of this record",
        "MARC received from catalogue-page",
        "|a\u00a0Peer support",
        "marc-view@",
    ):
        assert expected in page, expected
    (raw,) = {unescape(each) for each in re.findall(r'href="(/record/[^"]+view=raw[^"]+)"', page)}
    answer = client.get(raw)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"LEADER 00000 am a22000003u 4500" in answer.content
    assert client.get(f"/record/{KEY}?view=raw&copy=9999").status_code == 404
    assert client.get(f"/record/{KEY}?view=sideways").status_code == 400


def test_history_tells_what_changed(tmp_path: Path) -> None:
    fill(tmp_path, [raw_of("one", Record(title="Old", keywords=("kept", "gone")), datestamp="2024-01-01")])
    fill(tmp_path, [raw_of("one", Record(title="New", keywords=("kept", "come")), datestamp="2024-01-02")])
    with TestClient(create_app(Site(tmp_path))) as asking:
        page = asking.get("/record/test/one?view=staff").text
    gone = re.findall(r"<del[^>]*><span[^>]*>[^<]*</span>(.*?)</del>", page)
    come = re.findall(r"<ins[^>]*><span[^>]*>[^<]*</span>(.*?)</ins>", page)
    assert (gone, come) == (["Old", "gone"], ["New", "come"])
    assert "came into the catalogue" in page


def test_a_withdrawn_record_says_what_it_was(held: TestClient) -> None:
    answer = held.get("/record/test/gone")
    assert answer.status_code == 410
    assert "Once here" in answer.text
    assert "A. Nother" in answer.text
    assert held.get("/record/test/gone.bib").status_code == 410
    assert held.get("/unapi?id=test/gone").status_code == 404


def test_other_names_lead_to_the_key(client: TestClient) -> None:
    for name in ("mirbahaeddin2024transcending", "10.1186/s12913-024-10943-y"):
        answer = client.get(f"/record/{name}?view=staff")
        assert answer.status_code in (301, 302)
        assert answer.headers["location"] == f"/record/{KEY}?view=staff"


def test_identifiers_and_subjects_without_words_have_a_place(tmp_path: Path) -> None:
    record = Record(
        title="Coded",
        identifiers=(Identifier(scheme="pmid", value="123"), Identifier(scheme="local", value="x/1")),
        subjects=(Subject(scheme="ddc", code="362.2"), Subject(term="Peers -- Support", scheme="lcsh")),
    )
    fill(tmp_path, [raw_of("one", record)])
    with TestClient(create_app(Site(tmp_path))) as asking:
        page = asking.get("/record/test/one").text
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/123"' in page
    assert "362.2 Dewey Decimal Classification" in page
    assert 'href="/search?subject=Peers+%3E+Support"' in page
