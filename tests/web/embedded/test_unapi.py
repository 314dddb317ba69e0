"""unAPI as its specification has it."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.record import Contributor, Record
from tests.web.shelves import fill, raw_of
from web.app import create_app
from web.site import Site

KEY = "doaj/28c9eb8a971d4c0f8570a3dd728e2092"


def names(text: str) -> list[str | None]:
    return [each.get("name") for each in ET.fromstring(text)]


def test_without_a_record_the_formats_of_all_are_told(client: TestClient) -> None:
    answer = client.get("/unapi")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    assert names(answer.text) == ["ris", "bibtex"]


def test_a_record_has_multiple_choices(client: TestClient) -> None:
    answer = client.get("/unapi", params={"id": KEY})
    assert answer.status_code == 300
    assert ET.fromstring(answer.text).get("id") == KEY
    assert {"ris", "bibtex", "oai_dc", "csl-json"} <= set(names(answer.text))


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("ris", "application/x-research-info-systems", "TY  - JOUR"),
        ("bibtex", "application/x-bibtex", "@article{"),
    ],
)
def test_a_record_is_handed_out(client: TestClient, form: str, media_type: str, begins: str) -> None:
    answer = client.get(f"/unapi?id={KEY}&format={form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{media_type}; charset=utf-8")
    assert answer.text.startswith(begins)


def test_every_format_told_of_can_be_had(client: TestClient) -> None:
    for form in names(client.get("/unapi", params={"id": KEY}).text):
        assert client.get("/unapi", params={"id": KEY, "format": form}).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=nobody", 404),
        ("id=nobody&format=ris", 404),
        (f"id={KEY}&format=keys", 406),
        (f"id={KEY}&format=<x>", 406),
        ("format=ris", 400),
    ],
)
def test_what_is_not_there_is_refused(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/unapi?{query}").status_code == status


def test_names_have_the_parts_that_reference_managers_have_boxes_for(client: TestClient) -> None:
    ris = client.get(f"/unapi?id={KEY}&format=ris").text
    assert "AU  - Mirbahaeddin, Elmira\nAU  - Chreim, Samia\n" in ris.replace("\r\n", "\n")


def test_ris_is_written_as_zotero_reads_it(tmp_path: Path) -> None:
    people = (Contributor(literal="Martin Luther King Jr."), Contributor(literal="Anna van der Berg"))
    fill(tmp_path, [raw_of("one", Record(title="p < 0.05 & <friends>", contributors=people))])
    with TestClient(create_app(Site(tmp_path))) as asking:
        lines = asking.get("/unapi?id=test/one&format=ris").text.splitlines()
    assert "TI  - p < 0.05 & &lt;friends>" in lines
    assert lines.index("AU  - King, Martin Luther, Jr.") < lines.index("AU  - van der Berg, Anna")
