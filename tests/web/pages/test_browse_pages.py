"""Subjects, sources, harvests, saved searches and help."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.record import RawRecord, Record, Subject
from catalog.store import Counts, Harvest, open_catalog
from tests.web.shelves import PLAIN, catch_up, fill, raw_of
from web.app import create_app
from web.pages.views.classes import initial
from web.pages.views.harvests import report, shown_location
from web.site import Site

_COUNTED = re.compile(
    r'<a href="(/search\?[^"]+)"[^>]*><span[^>]*>[^<]*</span> <span class="count">([\d,]+)</span></a>'
)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[TestClient]:
    medicine = Subject(term="Medicine", scheme="lcc", code="R", path=("Medicine",))
    nursing = Subject(term="Nursing", scheme="lcc", code="RT1-120", path=("Medicine", "Nursing"))
    farming = Subject(term="Agriculture", scheme="lcc", code="S", path=("Agriculture",))
    subjects = {
        "one": (nursing, Subject(term="Peers -- Support", scheme="lcsh")),
        "two": (medicine, Subject(term="Élan vital")),
        "three": (farming,),
        "four": (farming, Subject(term="孔子"), Subject(term="4-H clubs")),
        "five": (farming,),
    }
    fill(tmp_path, [raw_of(name, Record(title=name, subjects=each)) for name, each in subjects.items()])
    broken = RawRecord(identifier="<b>", format="plain", payload=b"<script>{", fault="no end\x00")
    with open_catalog(tmp_path, mode="create", crosswalks=PLAIN) as catalog:
        catalog.receive([broken], source="other", kind="file", location="/home/me/secret/other.mrc")
        catalog.searches.save("peer/work", "query", 'title:one OR "two"')
        catch_up(tmp_path, catalog)
    with TestClient(create_app(Site(tmp_path)), follow_redirects=False) as asking:
        yield asking


def _captions(page: str) -> list[str]:
    return re.findall(r'<a href="/search\?subject[^>]*><span dir="auto">([^<]*)', page)


def test_classes_stand_as_on_the_shelf_or_by_their_records(held: TestClient) -> None:
    assert _captions(held.get("/subjects").text) == ["R Medicine", "RT1-120 Nursing", "S Agriculture"]
    assert _captions(held.get("/subjects?order=count").text) == [
        "S Agriculture",
        "R Medicine",
        "RT1-120 Nursing",
    ]
    assert held.get("/subjects?order=sideways").status_code == 400


def test_headings_stand_under_their_letters(held: TestClient) -> None:
    page = held.get("/subjects?list=headings").text
    letters = re.findall(r'letter=([^"&]+)"', page)
    assert letters == ["e", "p", "0-9", "other"]
    assert _captions(page) == ["Élan vital"]
    assert _captions(held.get("/subjects?list=headings&letter=p").text) == ["Peers", "Support"]
    assert _captions(held.get("/subjects?list=headings&letter=other").text) == ["孔子"]
    assert held.get("/subjects?list=headings&letter=nothing").status_code == 400


@pytest.mark.parametrize(
    ("value", "letter"), [("Éa", "e"), ("«Quoted»", "q"), ("12", "0-9"), ("Ω", "other"), ("…", "other")]
)
def test_first_letters(value: str, letter: str) -> None:
    assert initial(value) == letter


@pytest.mark.parametrize(
    "address", ["/subjects", "/subjects?list=headings&letter=s", "/subjects?order=count"]
)
def test_every_count_is_what_its_link_finds(client: TestClient, address: str) -> None:
    told = _COUNTED.findall(client.get(address).text)
    assert len(told) > 5
    for link, count in told:
        found = client.get(unescape(link)).text
        assert f"of {count}</" in found or f"of {count} " in found, link


def test_sources_tell_what_came_and_when(client: TestClient) -> None:
    page = client.get("/sources").text
    assert re.search(r'<a href="/search\?source=loc-peer-support">40</a>', page)
    runs = client.get("/sources/doaj").text
    numbers = re.findall(r'href="/harvests/(\d+)">\1</a>', runs)
    assert len(numbers) == 2
    told = client.get(f"/harvests/{numbers[0]}").text
    assert "<dt>announced</dt><dd>3</dd>" in told
    assert client.get("/sources/nobody").status_code == 404
    assert client.get("/harvests/999").status_code == 404


def test_what_could_not_be_read_can_be_had(held: TestClient) -> None:
    runs = held.get("/sources/other").text
    assert "/home/me" not in runs
    (number,) = re.findall(r'href="/harvests/(\d+)">\1</a>', runs)
    page = held.get(f"/harvests/{number}").text
    assert "&lt;b&gt;" in page
    assert "/home/me" not in page
    (link,) = re.findall(rf'href="(/harvests/{number}/rejected/\d+)"', page)
    answer = held.get(link)
    assert (answer.content, answer.headers["content-type"]) == (b"<script>{", "application/octet-stream")
    assert held.get(f"/harvests/{number}/rejected/9999").status_code == 404


def _run(**told: object) -> Harvest:
    told = {"kind": "oai", "location": "https://me:secret@example.org/oai", **told}
    nothing = dict.fromkeys(Harvest._fields)
    usual = {"id": 1, "source": "s", "request": {}, "started_at": "", "status": "failed", "remarks": ()}
    figures = {"requests": 0, "retries": 0, "seconds": 0.0, "resumptions": 0, "counts": Counts()}
    return Harvest(**{**nothing, **usual, **figures, **told})  # type: ignore[arg-type]  # fields of Harvest


def test_a_report_keeps_what_is_not_for_everyone() -> None:
    assert shown_location(_run()) == "https://example.org/oai"
    by_key = _run(location="https://me:s@cret@example.org/oai?apiKey=secret&set=A")
    assert shown_location(by_key) == "https://example.org/oai?apiKey=…&set=A"
    assert shown_location(_run(kind="file", location="C:\\Users\\me\\a.mrc")) == "a.mrc"
    told = dict(report(_run(request={"api_key": "secret", "set": "A"})))
    assert (told["asked: api_key"], told["asked: set"]) == ("…", "A")
    assert "secret" not in str(told)


def test_saved_searches_can_be_run(held: TestClient) -> None:
    page = held.get("/searches").text
    assert 'href="/searches/peer/work"' in page
    (link,) = {
        unescape(each)
        for each in re.findall(r'href="(/search\?q=[^"]+)"', held.get("/searches/peer/work").text)
    }
    assert "2 results" in held.get(link).text or "of 2" in held.get(link).text
    assert held.get("/searches/nobody").status_code == 404


def test_help_has_queries_that_were_run(client: TestClient) -> None:
    page = client.get("/help").text
    told = re.findall(
        r'<a href="(/search\?q=[^"]+)"><code[^>]*>[^<]+</code></a></th><td[^>]*>[^<]*</td><td class="number">'
        r"([\d,]+)<",
        page,
    )
    assert len(told) == 20
    for link, count in told:
        found = client.get(unescape(link)).text
        assert f"of {count}</" in found or f"of {count} " in found or count == "0", link


def test_an_empty_catalogue_has_all_its_pages(tmp_path: Path) -> None:
    fill(tmp_path, [])
    with TestClient(create_app(Site(tmp_path))) as asking:
        for address in ("/subjects", "/subjects?list=headings", "/sources", "/searches", "/help"):
            assert asking.get(address).status_code == 200, address
