"""MARC that we wrote, read again, is the record it was written of; docs/marc.md tells what is lost."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from catalog.crosswalk import crosswalk
from catalog.export import Entry, Options
from catalog.export.marc import write
from catalog.export.marcxml import element
from catalog.record import RawRecord, Record, Title
from harvester.files.paths import read
from tests.catalog.export.carried import RECORDS

HERE = Path(__file__).resolve().parents[3]
SAMPLES = (HERE / "cli" / "sample", HERE / "tests" / "data" / "marc", HERE / "tests" / "data" / "doaj_json")
SHARED = HERE.parent / "shared" / "data"


def as_marc(record: Record, form: str) -> RawRecord:
    entry = Entry("key", "a/1", record, "2024-05-06T07:08:09Z", "2024-05-07T07:08:09Z")
    text = "".join(write([entry], Options())) if form == "marc21" else element(entry)
    return RawRecord(identifier="a/1", format=form, payload=text.encode())


def goes_last(title: Title, record: Record) -> bool:
    """Tell a title that stands in the 7xx, behind all those in the 2xx."""
    if title.kind != "uniform":
        return title.kind == "original"
    uniforms = [other for other in record.other_titles if other.kind == "uniform"]
    entered = record.contributors and record.contributors[0].role in (
        "author",
        "composer",
        "artist",
        "creator",
    )
    heads = uniforms[:1] if entered else [t for t in record.other_titles[:1] if t.kind == "uniform"]
    return not any(title is head for head in heads)


def as_carried(record: Record) -> Record:
    """Return the record less what docs/marc.md says is lost."""
    titles = sorted(record.other_titles, key=lambda title: goes_last(title, record))
    return msgspec.structs.replace(record, other_titles=tuple(titles), caveats=())


@pytest.mark.parametrize("form", ["marc21", "marcxml"])
@given(record=RECORDS)
@settings(deadline=None, max_examples=30)
def test_any_record_comes_back(record: Record, form: str) -> None:
    assert crosswalk(as_marc(record, form)) == as_carried(record)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["marc21", "marcxml"])
@given(record=RECORDS)
@settings(deadline=None, max_examples=3000)
def test_really_any_record_comes_back(record: Record, form: str) -> None:
    assert crosswalk(as_marc(record, form)) == as_carried(record)


def records_below(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "expected" not in path.name and path.suffix != ".md":
            with read(path) as reading:
                yield from (made for raw in reading if isinstance(made := crosswalk(raw), Record))


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_samples_come_back(folder: Path) -> None:
    records = list(records_below(folder))
    assert len(records) > 3
    for record in records:
        assert crosswalk(as_marc(record, "marc21")) == as_carried(record)
