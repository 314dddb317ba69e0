"""RIS as rispy reads it."""

from functools import partial
from pathlib import Path

import pytest
import rispy
from hypothesis import given, settings

from catalog.export import Entry
from catalog.export.facts import inverted, page_ends
from catalog.export.plain import clean
from catalog.record import Identifier, Link, Record
from tests.catalog.export.any_record import entries
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, exported, person

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "references" / "torture.ris"
ALL = [*TORTURE, *OTHER_SCRIPTS]
out = partial(exported, "ris")


def tags(record: Record, **options: object) -> list[tuple[str, str]]:
    lines = out(Entry("k", "k", record), **options).splitlines()
    return [(line[:2], line[6:]) for line in lines if line]


def test_the_file_is_what_it_was() -> None:
    assert out(*ALL) == GOLDEN.read_bytes().decode()


def test_rispy_reads_the_same() -> None:
    read = rispy.loads(out(*ALL))
    assert [found["id"] for found in read] == [entry.citation_key for entry in ALL]
    for entry, found in zip(ALL, read, strict=True):
        record = entry.record
        authors = [c for c in record.contributors if c.role in ("author", "director")]
        assert found.get("authors", []) == [clean(inverted(author)) for author in authors]
        assert found.get("title") == (clean(record.title) if record.title else None)
        assert found.get("year") == (
            str(record.issued.year) if record.issued and record.issued.year else None
        )
        assert found.get("doi") == record.identifier("doi")
        first, last = page_ends(record)
        assert (found.get("start_page"), found.get("end_page")) in ((first, last), ("340", None))
        assert found.get("abstract") == (clean(record.abstract) if record.abstract else None)
        assert found.get("keywords", []) == list(dict.fromkeys(w for w in record.keywords if w != "c#"))
        if record.container:
            assert found.get("secondary_title") == record.container.title
            assert (found.get("volume"), found.get("number")) == ("24", "1") or entry != SEED


@given(entries)
@settings(deadline=None, max_examples=20)
def test_every_record_is_one_entry(found: list[Entry]) -> None:
    text = out(*found)
    read = rispy.loads(text)
    assert [entry["id"] for entry in read] == [entry.citation_key for entry in found]
    assert {tag for entry in read for tag in entry.get("unknown_tag", ())} <= {"SV"}
    for line in text.split("\r\n"):
        assert not line or line[2:6] == "  - "
    assert len(text.splitlines()) == text.count("\r\n")


def test_a_line_a_value_in_crlf() -> None:
    text = out(SEED)
    assert text.startswith("TY  - JOUR\r\n")
    assert text.endswith("ER  - \r\n\r\n")
    assert text.count("AU  - ") == 2


def test_pages_are_split_and_an_article_number_stands_for_them() -> None:
    found = dict(tags(article(first="123", last="8")))
    assert (found["SP"], found["EP"]) == ("123", "128")
    found = dict(tags(article(first="e12", last=None)))
    assert found["SP"] == "e12"
    assert "EP" not in found
    assert dict(tags(article(first=None, last=None, article_number="e7")))["SP"] == "e7"


def test_a_suffix_stands_last() -> None:
    assert ("AU", "King, Martin, Jr.") in tags(article("T", person("King, Martin", suffix="Jr.")))


@pytest.mark.parametrize(("url", "expected"), [("fallback", True), ("always", True), ("never", False)])
def test_the_address_is_kept_beside_the_doi(url: str, *, expected: bool) -> None:
    record = article(doi="10.1/x", url="https://example.org/a")
    assert (("UR", "https://example.org/a") in tags(record, url=url)) == expected


def test_a_pdf_is_linked_as_such() -> None:
    pdf = Link(url="https://e.org/a.pdf", kind="fulltext", media_type="application/pdf")
    assert ("L1", "https://e.org/a.pdf") in tags(Record(links=(pdf,)))


def test_the_batch_is_a_keyword_or_a_note() -> None:
    assert ("KW", "June search") in tags(article(), batch="June search")
    assert ("N1", "June search") in tags(article(), batch="June\nsearch", batch_as="note")


def test_the_database_is_named_with_its_number() -> None:
    doaj, pmid = Identifier(scheme="doaj", value="abc"), Identifier(scheme="pmid", value="123")
    assert tags(Record(identifiers=(doaj,)))[-3:-1] == [("AN", "abc"), ("DB", "DOAJ")]
    assert tags(Record(identifiers=(doaj, pmid)))[-2:-1] == [("AN", "123")]
