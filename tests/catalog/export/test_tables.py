"""csv, json, jsonl and keys: one row a record."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UsageFault
from catalog.export import EXPORTERS, Entry
from catalog.export.columns import FIELDS, USUAL
from catalog.export.csv_table import unguarded
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Licence,
    Link,
    PartialDate,
    Record,
    Subject,
)
from tests.catalog.export.torture import SEED, person
from tests.catalog.export.torture import exported as out

RICH = Entry(
    "roe2020",
    "doaj:1",
    Record(
        type="article-journal",
        title='Say "hi", all\nof you',
        contributors=(
            person("Roe, Richard"),
            Contributor(literal="WHO", kind="organization"),
            person("E D", role="editor"),
        ),
        issued=PartialDate(year=2020, month=3),
        container=Container(
            title="J", volume="1", issue="2", first_page="3", last_page="9", issns=(Issn(value="1234-5679"),)
        ),
        identifiers=(
            Identifier(scheme="doi", value="10.1/x"),
            Identifier(scheme="isbn", value="9780898851526"),
        ),
        languages=("en", "pt"),
        keywords=("a; b", "c"),
        subjects=(Subject(term="Medicine", scheme="lcc"), Subject(code="R", scheme="lcc")),
        licence=Licence(label="CC BY"),
    ),
)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_has_a_heading_and_a_row_a_record() -> None:
    heading, row = rows(out("csv", RICH))
    assert heading == list(USUAL)
    cells = dict(zip(heading, row, strict=True))
    assert cells["title"] == 'Say "hi", all\nof you'
    assert cells["authors"] == "Roe, Richard; WHO"
    assert cells["pages"] == "3-9"
    assert cells["language"] == "en; pt"
    assert cells["subjects"] == "Medicine; R"
    assert cells["abstract"] == ""
    assert rows(out("csv")) == [list(USUAL)]


def test_the_fields_asked_for_come_in_the_order_asked() -> None:
    assert rows(out("csv", RICH, fields=("year", "key", "editors", "date"))) == [
        ["year", "key", "editors", "date"],
        ["2020", "doaj:1", "E D", "2020-03"],
    ]
    assert json.loads(out("jsonl", RICH, fields=("doi", "issn"))) == {"doi": "10.1/x", "issn": ["1234-5679"]}


@pytest.mark.parametrize(
    ("links", "address"),
    [
        ((Link(url="https://a.org/ä", kind="other"),), "https://a.org/%C3%A4"),
        ((Link(url="https://a.org/x", kind="record"), Link(url="https://a.org/y")), "https://a.org/y"),
        ((Link(url="https://a.org/cover.jpg", kind="related"),), None),
    ],
)
def test_the_address_is_that_of_the_other_formats(links: tuple[Link, ...], address: str | None) -> None:
    assert json.loads(out("jsonl", Entry("k", "k", Record(links=links)), fields=("url",))) == {"url": address}


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_an_unknown_field_is_named(name: str) -> None:
    with pytest.raises(UsageFault, match="'titel'") as caught:
        out(name, RICH, fields=("titel",))
    assert "title" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        " =1",
        "＝1",
        "－1",
        '"=1',
        "'=1",
        "\u00a0+1",
        "\ufeff=1",
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    entry = Entry("k", "k", Record(title=cell))
    assert rows(out("csv", entry, fields=("title",)))[1] == [f"'{cell}"]
    assert unguarded(f"'{cell}") == cell
    assert rows(out("csv", entry, fields=("title",), raw=True))[1] == [cell]


@pytest.mark.parametrize("cell", ["1=1", "peer-support", "'Tis", "'", "“Quoted” - twice", "‘n Boek"])
def test_other_cells_are_as_they_are(cell: str) -> None:
    assert rows(out("csv", Entry("k", "k", Record(title=cell)), fields=("title",)))[1] == [cell]
    assert unguarded(cell) == cell


def test_the_batch_is_a_column() -> None:
    assert rows(out("csv", RICH, fields=("key",), batch="June")) == [["key", "batch"], ["doaj:1", "June"]]
    assert json.loads(out("jsonl", RICH, fields=("key",), batch="June")) == {"key": "doaj:1", "batch": "June"}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=4))
@settings(deadline=None)
def test_csv_reads_back_whatever_the_cells_hold(titles: list[str]) -> None:
    text = out(
        "csv", *(Entry("k", "k", Record(title=title or None)) for title in titles), fields=("key", "title")
    )
    assert [unguarded(row[1]) for row in rows(text)[1:]] == titles


def test_excel_needs_a_mark_to_read_utf_8() -> None:
    assert out("csv", RICH, excel=True).startswith("\ufeffkey,")
    assert not out("csv", RICH).startswith("\ufeff")


def test_json_is_one_array_and_json_lines_are_lines() -> None:
    assert json.loads(out("json", SEED, RICH)) == [
        json.loads(line) for line in out("jsonl", SEED, RICH).splitlines()
    ]
    assert json.loads(out("json")) == []
    assert json.loads(out("jsonl", SEED))["year"] == 2024
    assert list(json.loads(out("jsonl", SEED))) == list(USUAL)


def test_keys_are_the_catalogue_s_own() -> None:
    assert out("keys", SEED, RICH) == "seed\ndoaj:1\n"


def test_every_field_reads_every_record() -> None:
    for name in FIELDS:
        for entry in (RICH, SEED, Entry("k", "k", Record())):
            assert json.loads(out("jsonl", entry, fields=(name,))).keys() == {name}


def test_a_format_is_known_by_its_own_name() -> None:
    assert all(name == exporter.name for name, exporter in EXPORTERS.items())
    assert all(
        exporter.suffix.startswith(".") and "/" in exporter.media_type for exporter in EXPORTERS.values()
    )
