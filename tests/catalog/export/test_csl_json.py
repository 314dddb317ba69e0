"""CSL-JSON: names, dates and numbers as citation processors want them."""

import json
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from catalog.codes import table
from catalog.export import Entry
from catalog.record import Container, Contributor, Identifier, PartialDate, Record, RecordType
from tests.catalog.export.any_record import entries
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, body, exported, person

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "references" / "torture.csl.json"
ALL = [*TORTURE, *OTHER_SCRIPTS]
out = partial(exported, "csl-json")

# What the schema allows, from csl-data.json of https://github.com/citation-style-language/schema at v1.0.2.
TEXTS = {
    "id", "citation-key", "type", "title", "container-title", "collection-title", "collection-number",
    "volume",
    "issue", "page", "number", "edition", "number-of-pages", "publisher", "publisher-place", "genre",
    "language", "DOI", "ISSN", "ISBN", "PMID", "PMCID", "archive", "archive_location", "URL", "abstract",
    "keyword", "note",
}  # fmt: skip
NAMES = {"author", "editor", "translator", "director"}
TYPES = {
    "article", "article-journal", "book", "chapter", "dataset", "document", "map", "motion_picture",
    "musical_score", "paper-conference", "periodical", "report", "review", "song", "thesis",
    "webpage",
}  # fmt: skip


def item(record: Record, **options: object) -> dict[str, Any]:
    (found,) = json.loads(out(Entry("k", "k", record), **options))
    assert isinstance(found, dict)
    return found


def test_the_file_is_what_it_was() -> None:
    assert out(*ALL) == GOLDEN.read_bytes().decode()


def test_no_entries_are_an_empty_array() -> None:
    assert json.loads(out()) == []


@given(entries)
@settings(deadline=None, max_examples=20)
def test_every_record_is_an_item_of_the_schema(found: list[Entry]) -> None:
    items = json.loads(out(*found, batch="x", batch_as="note"))
    assert [each["id"] for each in items] == [entry.citation_key for entry in found]
    for each in items:
        assert each["type"] in TYPES
        for name, value in each.items():
            if name in NAMES:
                assert all({"literal"} == set(n) or set(n) <= {"family", "given", "suffix"} for n in value)
            elif name == "issued":
                assert set(value) <= {"date-parts", "circa"} or set(value) == {"literal"}
                assert all(1 <= len(part) <= 3 for part in value.get("date-parts", [[1]]))
            else:
                assert name in TEXTS
                assert value == value.strip()


def test_a_name_is_split_where_the_source_split_it() -> None:
    found = item(
        article(
            "T", "van der Berg, Anna", "Anna Roe", body("Roe, Doe and Sons"), person("X, Y", suffix="Jr.")
        )
    )
    assert found["author"] == [
        {"family": "van der Berg", "given": "Anna"},
        {"literal": "Anna Roe"},
        {"literal": "Roe, Doe and Sons"},
        {"family": "X", "given": "Y", "suffix": "Jr."},
    ]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (PartialDate(year=2024, month=4, day=1), {"date-parts": [[2024, 4, 1]]}),
        (PartialDate(year=2024, month=4), {"date-parts": [[2024, 4]]}),
        (PartialDate(year=2024, month=1, month_doubtful=True), {"date-parts": [[2024]]}),
        (PartialDate(year=1950, end_year=1955), {"date-parts": [[1950], [1955]]}),
        (PartialDate(year=1890, circa=True, literal="ca. 1890"), {"date-parts": [[1890]], "circa": True}),
        (PartialDate(literal="n.d."), {"literal": "n.d."}),
    ],
)
def test_a_date_is_as_precise_as_it_was(issued: PartialDate, expected: dict[str, object]) -> None:
    assert item(Record(issued=issued))["issued"] == expected


def test_roles_that_csl_knows_stay_apart() -> None:
    people = [
        ("author", "A"),
        ("translator", "B"),
        ("collection-editor", "C"),
        ("redactor", "D"),
        ("printer", "E"),
    ]
    found = item(Record(contributors=tuple(Contributor(literal=name, role=role) for role, name in people)))
    assert {
        role: [n["literal"] for n in names] for role, names in found.items() if isinstance(names, list)
    } == {
        "author": ["A"],
        "translator": ["B"],
        "collection-editor": ["C"],
        "editor": ["D"],
    }


def test_numbers_have_a_place_each() -> None:
    place = Container(title="J", volume="1", issue="S2", article_number="e7", isbns=("9780898851526",))
    arxiv = Identifier(scheme="arxiv", value="2101.00001")
    found = item(
        Record(type="book", container=place, identifiers=(arxiv,), edition="2nd ed.", extent="xii, 340 p.")
    )
    assert found == {
        "id": "k",
        "citation-key": "k",
        "type": "book",
        "container-title": "J",
        "volume": "1",
        "issue": "S2",
        "page": "e7",
        "number": "e7",
        "edition": "2",
        "number-of-pages": "340",
        "ISBN": "9780898851526",
        "archive": "arXiv",
        "archive_location": "2101.00001",
    }


def test_what_is_not_wanted_is_left_out() -> None:
    found = item(SEED.record, abstract=False, url="never")
    assert not {"abstract", "URL"} & set(found)


def test_every_type_has_a_name_in_every_format() -> None:
    names = table("reference_types")
    assert set(names) == set(get_args(RecordType))
    assert {tuple(forms) for forms in names.values()} == {("csl", "ris", "endnote", "medline")}
    assert {forms["csl"] for forms in names.values()} == TYPES


@pytest.mark.tex
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_reads_the_same() -> None:
    command = ("pandoc", "-f", "csljson", "-t", "csljson")
    done = subprocess.run(command, input=out(*ALL).encode(), capture_output=True, check=True, timeout=120)
    read = {each["id"]: each for each in json.loads(done.stdout)}
    assert list(read) == [entry.citation_key for entry in ALL]
    for ours in json.loads(out(*ALL)):
        theirs = read[ours["id"]]
        assert len(theirs.get("author", [])) == len(ours.get("author", []))
        assert theirs.get("DOI") == ours.get("DOI")
        assert theirs.get("page") == ours.get("page")
