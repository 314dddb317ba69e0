"""Files as they come: compressed, in archives, cut off, empty, of no known kind."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import IncompleteSource, UnreadableFile
from catalog.record import Place, RawRecord
from harvester.files.paths import Input, inputs, read
from tests.harvester.files.reading import raws, reading
from tests.marc_bytes import numbered

RECORDS = numbered(2000)
DATA = b"".join(RECORDS)


def tar(**files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(DATA), id="gzip"),
        pytest.param(gzip.compress(DATA[:5000]) + gzip.compress(DATA[5000:]), id="gzip, two members"),
        pytest.param(gzip.compress(DATA) + bytes(1024), id="gzip, padded"),
        pytest.param(gzip.compress(gzip.compress(DATA)), id="gzip in gzip"),
        pytest.param(bz2.compress(DATA), id="bzip2"),
        pytest.param(lzma.compress(DATA), id="xz"),
        pytest.param(tar(a=b"".join(RECORDS[:7]), b=b"".join(RECORDS[7:])), id="tar"),
        pytest.param(gzip.compress(tar(a=DATA)), id="tar.gz"),
        pytest.param(zipped(a=b"".join(RECORDS[:7]), b=gzip.compress(b"".join(RECORDS[7:]))), id="zip"),
        pytest.param(gzip.compress(zipped(a=DATA)), id="zip in gzip"),
    ],
)
def test_what_is_in_a_compressed_file_is_read(data: bytes) -> None:
    assert [raw.payload for raw in raws(data)] == RECORDS


def test_the_place_in_an_archive_names_the_file() -> None:
    found = raws(tar(one=RECORDS[0], two=RECORDS[1]))
    assert [raw.place for raw in found] == [
        Place(ordinal=1, offset=0, file="one"),
        Place(ordinal=2, offset=0, file="two"),
    ]


def test_what_is_not_read_in_an_archive_is_noted() -> None:
    read = reading(tar(**{"readme.txt": b"hello", ".hidden": b"x", "data": DATA, "z.xml": b"<Identify/>"}))
    assert len(list(read)) == len(RECORDS)
    assert [note.partition(" was not read: ")[0] for note in read.notes] == ["readme.txt", ".hidden", "z.xml"]
    with pytest.raises(UnreadableFile, match="the archive holds no file of a known format"):
        raws(zipped(a=b"hello"))


class TestCutOff:
    """What came before is read, then it is said."""

    @pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
    def test_a_compressed_file_cut_off(self, compress: Callable[[bytes], bytes]) -> None:
        whole = compress(b"".join(numbered(20_000)))
        read = reading(whole[: len(whole) * 2 // 3])
        found: list[RawRecord] = []
        with pytest.raises(IncompleteSource, match=r"input: the .* data end before their end"):
            found.extend(read)
        assert [raw.identifier for raw in found[:3]] == ["n1", "n2", "n3"]

    def test_gzip_cut_off_keeps_whole_records(self) -> None:
        read = reading(gzip.compress(DATA)[:-2000])
        found: list[RawRecord] = []
        with pytest.raises(IncompleteSource):
            found.extend(read)
        assert len(found) > 100
        assert [raw.payload for raw in found[:-1]] == RECORDS[: len(found) - 1]

    def test_damaged_gzip(self) -> None:
        data = bytearray(gzip.compress(DATA))
        data[len(data) // 2] ^= 0xFF
        with pytest.raises(IncompleteSource, match="input: the gzip data"):
            raws(bytes(data))

    def test_a_tar_archive_cut_off(self) -> None:
        with pytest.raises(IncompleteSource):
            raws(tar(a=DATA)[:-20_000])

    def test_a_file_in_an_archive_cut_off(self) -> None:
        with pytest.raises(IncompleteSource, match="input: b: the gzip data end before their end"):
            raws(tar(a=RECORDS[0], b=gzip.compress(DATA)[:-100], c=RECORDS[1]))

    def test_a_zip_archive_cut_off(self) -> None:
        with pytest.raises(UnreadableFile, match="the zip archive cannot be read"):
            raws(zipped(a=DATA)[:-500])


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_an_empty_file_has_no_records_and_says_so(data: bytes) -> None:
    read = reading(data)
    assert (list(read), read.notes) == ([], ["the file is empty"])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"TY  - JOUR\nER  - \n", "RIS"),
        (b"% x\n@article{a, title={T}}", "BibTeX"),
        (b"id,title\n1,T\n", "of no known format"),
        (bytes(range(128, 256)) * 9, "of no known format"),
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what) as caught:
        reading(data)
    assert "\n" not in caught.value.message
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("expected MARC")


def test_files_and_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"  # the name says nothing
    file.write_bytes(DATA)
    with read(file) as found:
        assert (found.size, found.format) == (len(DATA), "MARC (ISO 2709)")
        assert len(list(found)) == len(RECORDS)
        assert found.position == len(DATA)
    with file.open("rb") as stdin:
        assert len(list(read("-", stdin=stdin))) == len(RECORDS)


def test_a_pipe_is_read() -> None:
    for data in (gzip.compress(b"".join(RECORDS[:90])), zipped(a=b"".join(RECORDS[:90]))):
        reader, writer = os.pipe()
        with os.fdopen(writer, "wb") as out:
            out.write(data)
        with os.fdopen(reader, "rb") as stdin:
            found = read("-", stdin=stdin)
            assert found.size is None
            assert len(list(found)) > 80


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "none")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read(tmp_path)


def test_folders_are_read_in_order_and_say_what_they_skip(tmp_path: Path) -> None:
    for name in (
        "b.mrc",
        "a/2.xml",
        "a/1.xml",
        ".git/x",
        ".hidden.mrc",
        "README.md",
        "c.mrc~",
        "a/notes.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = list(inputs([tmp_path, "-", tmp_path / "none"]))
    assert [
        Path(each.path).relative_to(tmp_path).as_posix() for each in found[:-2] if each.skipped is None
    ] == [
        "b.mrc",
        "a/1.xml",
        "a/2.xml",
        "a/notes.txt",
    ]
    assert {Path(each.path).name for each in found if each.skipped} == {
        ".git",
        ".hidden.mrc",
        "README.md",
        "c.mrc~",
    }
    assert found[-2:] == [Input("-"), Input(str(tmp_path / "none"))]
