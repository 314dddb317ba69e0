"""What ISO 2709 cannot hold is divided, and where that is not possible told; its marks stay its own."""

import io

import pymarc
import pytest

from catalog.crosswalk import crosswalk
from catalog.export import Entry, Options
from catalog.export.marc import to_marc, write
from catalog.export.marcxml import element
from catalog.record import Contributor, RawRecord, Record

WORDS = "and so on " * 1_200
NO_BLANKS = "研究" * 2_500
CROWD = tuple(
    Contributor(literal=f"Name Number {at}", affiliations=("An institute of some length, Town, Country",))
    for at in range(2_000)
)


def encoded(record: Record) -> bytes:
    return "".join(write([Entry("k", "a/1", record)], Options())).encode()


def read(payload: bytes, form: str = "marc21") -> Record:
    found = crosswalk(RawRecord(identifier="a/1", format=form, payload=payload))
    assert isinstance(found, Record)
    return found


def parsed(payload: bytes) -> pymarc.Record:
    (found,) = pymarc.MARCReader(io.BytesIO(payload), to_unicode=True, permissive=False)
    assert found is not None
    return found


@pytest.mark.parametrize("text", [WORDS.strip(), NO_BLANKS, f"x{NO_BLANKS} y {WORDS}z"])
def test_a_long_text_goes_on_in_further_fields(text: str) -> None:
    record = Record(title="A", abstract=text, notes=("first", text, "last"))
    payload = encoded(record)
    assert read(payload) == record
    fields = parsed(payload).get_fields("520")
    assert [field["8"] for field in fields] == [f"2.{n}\\x" for n in range(1, len(fields) + 1)]
    assert len(fields) > 1
    assert all(len(field.as_marc("utf-8")) <= 9_999 for field in fields)


def test_a_record_with_more_names_than_fit_says_how_many_are_left_out() -> None:
    record = Record(title="A", contributors=CROWD, keywords=("k",))
    payload = encoded(record)
    assert 95_000 < len(payload) <= 99_999
    found = parsed(payload)
    kept = len(found.get_fields("100", "700"))
    assert found["500"]["a"] == (
        f"The record is too long for this format. Cut: nothing. Left out: {2_000 - kept:,} of 700."
    )
    assert read(payload).contributors == CROWD[:kept]


def test_marcxml_has_no_such_limit() -> None:
    record = Record(title="A" * 50_000, contributors=CROWD)
    assert read(element(Entry("k", "a/1", record)).encode(), "marcxml") == record


def test_a_title_that_is_too_long_is_cut_and_says_so() -> None:
    payload = encoded(Record(title="é" * 9_000))
    found = parsed(payload)
    assert found["245"]["a"].endswith("é…")
    assert len(found["245"].as_marc("utf-8")) <= 9_999
    assert found["500"]["a"] == "The record is too long for this format. Cut: 1 of 245. Left out: nothing."


def test_separators_in_a_value_are_none_in_the_file() -> None:
    payload = encoded(Record(title="a\x1db\x1ec\x1fd\te\r\nf", keywords=("\x1d",), notes=("\x00",)))
    found = parsed(payload)
    assert payload.count(b"\x1d") == 1
    assert found["245"]["a"] == "a\ufffdb\ufffdc\ufffdd e  f"
    assert found["653"]["a"] == "\ufffd"


def test_a_file_of_several_is_read_record_by_record() -> None:
    records = [Record(title=title) for title in ("Ä", "研究", "x")]
    text = "".join(write((Entry("k", f"a/{n}", record) for n, record in enumerate(records)), Options()))
    found = pymarc.MARCReader(io.BytesIO(text.encode()))
    assert [record["245"]["a"] for record in found if record] == ["Ä", "研究", "x"]


def test_an_empty_record_has_what_marc_demands() -> None:
    marc = to_marc(Entry("k", "a/1", Record()))
    assert marc.control("001") == "a/1"
    assert len(marc.leader) == 24
    assert len(marc.control("008") or "") == 40
    assert [str(field) for field in marc.all("245")] == ["245 00 $a[Title not known]"]
    assert read(encoded(Record())) == Record()
