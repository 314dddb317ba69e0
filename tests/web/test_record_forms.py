"""A record has one address, and every form it can be had in has one below it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.export import EXPORTERS, Entry, Options
from catalog.record import Identifier, RawRecord, Record
from catalog.store import open_catalog
from tests.web.shelves import PLAIN, catch_up, fill, raw_of
from web.app import create_app
from web.formats import CHOICES, FORMS, SUFFIXES, Form, read_options, split_suffix, suffix_of
from web.site import Site

BOOK = Record(title="One", type="book", identifiers=(Identifier(scheme="doi", value="10.5555/one.json"),))


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("forms")
    fill(folder, [raw_of("one", BOOK), raw_of("two.bib", Record(title="Two")), raw_of("out", BOOK)])
    with open_catalog(folder, mode="write", crosswalks=PLAIN) as catalog:
        gone = RawRecord(identifier="out", format="plain", payload=b"gone", deleted=True)
        catalog.receive([gone], source="test", kind="test", location="test:")
        catch_up(folder, catalog)
    with TestClient(create_app(Site(Path(folder))), follow_redirects=False) as client:
        yield client


def test_every_form_has_a_suffix_of_its_own() -> None:
    suffixes = [suffix_of(form) for form in FORMS.values()]
    assert len(set(suffixes)) == len(FORMS)
    for suffix, form in zip(suffixes, FORMS.values(), strict=True):
        assert split_suffix(f"a/b{suffix}") == ("a/b", form)
    assert SUFFIXES[".csl.json"].name == "csl-json"
    assert split_suffix("a/b.pdf") is None


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_each_form_is_had_by_suffix_and_by_media_type(asking: TestClient, form: Form) -> None:
    by_suffix = asking.get(f"/record/test/one{suffix_of(form)}")
    if form.name == "oai_doaj":  # a book is none
        assert by_suffix.status_code == 404
        return
    assert by_suffix.headers["content-type"].partition(";")[0] == form.media_type
    assert by_suffix.headers["content-disposition"].endswith(f'{form.suffix}"')
    first = next(each for each in FORMS.values() if each.media_type == form.media_type)
    by_type = asking.get("/record/test/one", headers={"Accept": form.media_type})
    assert by_type.content == asking.get(f"/record/test/one{suffix_of(first)}").content
    assert "Accept" in by_type.headers["vary"]


def test_a_record_is_written_as_the_exporter_writes_it(asking: TestClient) -> None:
    key = asking.get("/record/test/one.json").json()["citation_key"]
    entry = Entry(key, "test/one", BOOK)
    assert asking.get("/record/test/one.bib").text == "".join(EXPORTERS["bibtex"].write([entry], Options()))


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("TEST/One", "test/one"),
        ("10.5555/one.json", "test/one"),
        ("doi:10.5555/one.json.bib?ascii=1", "test/one.bib?ascii=1"),
        ("test/two.bib.biblatex", None),
        ("test/two.bib", None),
    ],
)
def test_every_name_leads_to_the_key(asking: TestClient, name: str, leads_to: str | None) -> None:
    answer = asking.get(f"/record/{name}")
    if leads_to is None:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.headers["location"]) == (301, f"/record/{leads_to}")


def test_a_key_that_ends_like_a_suffix_is_a_key(asking: TestClient) -> None:
    assert asking.get("/record/test/two.bib").headers["content-type"].startswith("text/html")
    assert asking.get("/record/test/two.bib.json").json()["record"]["title"] == "Two"


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/record/test/none.bib", "*/*", 404),
        ("/record/test/out", "*/*", 410),
        ("/record/test/out.ris", "*/*", 410),
        ("/record/test/one", "text/turtle", 406),
        ("/record/test/one.bib?url=perhaps", "*/*", 400),
    ],
)
def test_what_cannot_be_had_is_refused(asking: TestClient, path: str, accept: str, status: int) -> None:
    assert asking.get(path, headers={"Accept": accept}).status_code == status


def test_links_tell_programs_what_there_is(asking: TestClient) -> None:
    page, bib = asking.get("/record/test/one"), asking.get("/record/test/one.bib")
    assert page.links["cite-as"]["url"] == "https://doi.org/10.5555/one.json"
    assert '<http://testserver/record/test/one.bib>; rel="alternate describedby"' in page.headers["link"]
    assert (
        bib.links["describes"]["url"] == bib.links["canonical"]["url"] == "http://testserver/record/test/one"
    )


def test_options_have_the_names_and_values_of_the_exporters(asking: TestClient) -> None:
    assert set(CHOICES) == set(Options._fields)
    assert read_options([]) == Options()
    told = [("ascii", "1"), ("abstract", "0"), ("fields", "title, doi"), ("batch", "lot"), ("url", " ")]
    assert read_options(told) == Options(ascii=True, abstract=False, fields=("title", "doi"), batch="lot")
    assert json.loads(asking.get("/record/test/one.jsonl?fields=title").text) == {"title": "One"}
