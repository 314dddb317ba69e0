"""Every MARC file at hand, real or damaged on purpose: read to its end, each record read or rejected."""

from pathlib import Path

import pytest

from catalog.crosswalk.marc import decode, is_marc
from catalog.errors import RecordRejected, SourceError, UnreadableFile
from harvester.files.paths import inputs, read

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
FOLDERS = [SHARED / "marc", SHARED / "doaj" / "marc-view", SHARED / "oai"]

pytestmark = pytest.mark.skipif(
    not FOLDERS[0].is_dir(), reason="the shared test data is not beside the checkout"
)

BOOKS = "loc-books-20000.mrc.gz"

# Files that break off inside their last record.
CUT_OFF = (
    "008008027.mrc",
    "bad_records.mrc",
    "e005_truncated_record.bin",
    "e106_recovery_invalid_field.bin",
    "e401_unexpected_eof_in_subfield.xml",
)

# Files that hold no records: tables of characters, other XML, answers without records.
NO_RECORDS = ("test_marc8.txt", "test_utf8.txt", "modsoutput.xml", "e401_no_record_element.xml")


def files() -> list[Path]:
    paths = [Path(each.path) for each in inputs(FOLDERS) if each.skipped is None]
    return [path for path in paths if path.name != BOOKS]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_file_is_read_to_its_end(path: Path) -> None:
    seen = 0
    try:
        with read(path) as reading:
            for raw in reading:
                seen += 1
                assert raw.payload
                assert raw.place is not None
                assert raw.place.ordinal == seen
                if raw.fault is None and not raw.deleted and is_marc(raw.format):
                    try:
                        assert len(decode(raw).leader) == 24
                    except RecordRejected as rejected:
                        assert rejected.message  # noqa: PT017 - either way is right
    except UnreadableFile:
        assert path.name in NO_RECORDS or "oai" in path.parts
        return
    except SourceError:
        assert "oai" in path.parts or path.name in CUT_OFF
        return
    assert seen or "oai" in path.parts


@pytest.mark.slow
def test_none_of_20000_books_is_lost() -> None:
    with read(SHARED / "marc" / BOOKS) as reading:
        found = [decode(raw) for raw in reading if raw.fault is None]
    assert len(found) == 20_000
    assert [marc.caveats for marc in found if marc.caveats] == []
    assert all(marc.control("001") and marc.first("245") for marc in found)
