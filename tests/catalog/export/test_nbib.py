"""MEDLINE text as PubMed's readers take it: a four-letter tag, a hyphen, a blank; six blanks go on."""

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings

from catalog.export import Entry
from catalog.export.facts import page_range
from catalog.export.plain import clean
from catalog.record import Contributor, Identifier, Record, Subject
from tests.catalog.export.any_record import entries
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, body, exported, person

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "references" / "torture.nbib"
ALL = [*TORTURE, *OTHER_SCRIPTS]
out = partial(exported, "nbib")
LINE = re.compile(r"([A-Z]{2,4}) *(?<=^.{4})- (.+)|      (\S.*)")


def read(text: str) -> list[list[tuple[str, str]]]:
    """Read the records as the format's description has it."""
    records: list[list[tuple[str, str]]] = [[]]
    for line in text.removesuffix("\n").split("\n"):
        if not line:
            records.append([])
            continue
        found = LINE.fullmatch(line)
        assert found, line
        tag, value, more = found.groups()
        if tag is None:
            tag, before = records[-1].pop()
            value = f"{before} {more}"
        records[-1].append((tag, value))
    return [record for record in records if record]


def tags(record: Record, **options: object) -> list[tuple[str, str]]:
    (found,) = read(out(Entry("k", "k", record), **options))
    return found


def values(record: list[tuple[str, str]], *names: str) -> list[str]:
    return [value for tag, value in record if tag in names]


def test_the_file_is_what_it_was() -> None:
    assert out(*ALL) == GOLDEN.read_bytes().decode()


def test_a_reader_reads_the_same() -> None:
    found = read(out(*ALL))
    for entry, each in zip(ALL, found, strict=True):
        record = entry.record
        assert values(each, "TI") == ([clean(record.title)] if record.title else [])
        assert values(each, "AB") == ([clean(record.abstract)] if record.abstract else [])
        doi = record.identifier("doi")
        assert values(each, "AID") == ([f"{doi} [doi]"] if doi else [])
        pages = page_range(record)
        assert values(each, "PG") == ([clean(pages)] if pages else [])
        people = [c for c in record.contributors if c.role in ("author", "director", "editor")]
        assert len(values(each, "FAU", "FED", "CN")) == len(people)
    assert values(found[0], "VI", "IP", "DP") == ["24", "1", "2024 Apr"]


@given(entries)
@settings(deadline=None, max_examples=20)
def test_every_record_is_one_record(found: list[Entry]) -> None:
    assert len(read(out(*found))) == len(found)


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        (person("van Raaij, M. J."), "van Raaij, M. J.", "van Raaij MJ"),
        (person("Müller, Jean-Émile"), "Müller, Jean-Émile", "Müller JÉ"),
        (person("King, Martin", suffix="Jr"), "King, Martin Jr", "King M Jr"),
        (person("李, 小龙"), "李, 小龙", "李 小龙"),
        (person("Anna Roe"), "Anna Roe", "Anna Roe"),
    ],
)
def test_names_are_in_full_and_in_initials(name: Contributor, full: str, short: str) -> None:
    found = tags(Record(contributors=(name,)))
    assert (values(found, "FAU"), values(found, "AU")) == ([full], [short])


def test_a_body_is_a_corporate_author_in_its_place() -> None:
    found = tags(article("T", "Roe, R.", body("World Bank"), "Doe, J."))
    assert values(found, "FAU", "CN") == ["Roe, R.", "World Bank", "Doe, J."]


def test_only_prose_is_wrapped() -> None:
    doi = "10.1000/" + "x" * 90
    text = out(Entry("k", "k", article("Word " * 40, doi=doi)))
    assert f"LID - {doi} [doi]\n" in text
    assert (
        max(len(line) for line in text.splitlines() if not line.startswith(("LID", "AID", "      10"))) <= 87
    )


def test_medical_headings_are_told_from_keywords() -> None:
    subjects = (Subject(term="Peer Group", scheme="mesh"), Subject(term="Medicine", scheme="lcc"))
    found = tags(Record(subjects=subjects, keywords=("peers",)))
    assert (values(found, "MH"), values(found, "OT")) == (["Peer Group"], ["peers"])


def test_a_pmid_stands_first_where_it_is_known() -> None:
    assert tags(Record(identifiers=(Identifier(scheme="pmid", value="123"),)))[0] == ("PMID", "123")
    assert not values(tags(SEED.record), "PMID")


def test_codes_are_pubmed_s_own() -> None:
    found = tags(article(language="de"))
    assert values(found, "LA", "PT") == ["ger", "Journal Article"]
    assert values(tags(SEED.record), "IS") == ["1472-6963 (Electronic)"]
