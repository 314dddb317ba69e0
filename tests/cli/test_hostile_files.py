"""Whatever a file, folder or catalogue holds: one line, the right exit code, nothing lost, no traceback."""

import gzip
import io
import json
import os
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from cli.sources import FileSource
from tests.cli.runs import SAMPLE, Run, run_on

MARC = (SAMPLE / "loc-peer-support.mrc").read_bytes()
ONE = MARC.split(b"\x1d")[0] + b"\x1d"
NOISE = random.Random(1).randbytes(100_000)
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></oai_dc:dc>'
)
BILLION = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l "l">{}]>' + DC.format("&l9;")
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n > 1 else "&l;" * 10}">' for n in range(1, 10))


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def article(**fields: object) -> str:
    bibjson = {"title": "A title", "year": "2020", "author": [{"name": "A B"}], **fields}
    return json.dumps({"id": "0" * 32, "bibjson": bibjson})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"x", "of no known format"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + NOISE, "a picture"),
        (b"%PDF-1.4\n" + NOISE, "a PDF"),
        (b"SQLite format 3\x00" + NOISE, "a database (SQLite)"),
        (NOISE, "of no known format"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (zipped(inner=zipped(records=MARC)), "no file of a known format"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(MARC)))), "compressed too often"),
        (BILLION.format(ENTITIES).encode(), "declares entities"),
        (
            BILLION.replace("&l9;", "&e;").format('<!ENTITY e SYSTEM "file:///etc/passwd">').encode(),
            "entities",
        ),
        (b"[" * 100_000, "JSON, but of no kind known here"),
        (b"\n" * 100_000 + MARC, "begins with more than 65,536 blanks"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_records_is_named(run_new: Run, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "file.mrc"
    path.write_bytes(content)
    result = run_new("import", str(path))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2 if "hint:" in result.stderr else -1].startswith(f"error: {path}")
    assert says in result.stderr
    assert json.loads(run_new("stats", "--json").stdout)["raws"] == 0


@pytest.mark.parametrize(
    ("lines", "read", "rejected"),
    [
        ([article(title="half \ud800")], None, None),
        ([article(), '{"id":"\\ud800","bibjson":{"title":"named by half a pair"}}'], None, None),
        ([article(title=value) for value in (None, 5, [], {"a": 1}, "\u0000", "\u202eexe.txt")], 6, 0),
        ([article(author=value) for value in (None, "A", {}, [None, 1, "x", {"name": None}, {}])], 4, 0),
        ([article(year=value) for value in (None, 2020, -5, [1], {}, "20x0")], 6, 0),
        (
            [article(journal=value) for value in (None, "J", [1], {"title": 5, "issns": "x", "volume": 1})],
            4,
            0,
        ),
        ([article(identifier=value) for value in (None, "x", [1, None, {"type": None, "id": 5}])], 3, 0),
        ([article(keywords=value) for value in (None, "a, b", [1, None, {}, ["x"]])], 3, 0),
        ([article(link=value) for value in (None, "x", [None, {"url": 5}])], 3, 0),
        (['{"bibjson":null}', '{"bibjson":[]}', '{"bibjson":{}}'], 0, 3),
        (['{"bibjson":{"title":' + "[" * 10_000 + "]" * 10_000 + "}}"], None, None),
        (['{"id":"' + "a" * 10_000 + '","bibjson":{"title":"long id"}}'], 1, 0),
    ],
)
def test_json_of_any_shape_is_read_or_kept(
    run_new: Run, tmp_path: Path, lines: list[str], read: int | None, rejected: int | None
) -> None:
    """`read` None: whether it is read or kept as a rejection is for the crosswalk to decide."""
    ids = [line.replace('"id": "' + "0" * 32, f'"id": "{n:032x}') for n, line in enumerate(lines)]
    path = tmp_path / "articles.json"
    path.write_text("\n".join(ids))
    assert run_new("import", str(path)).exit_code in {0, 1}
    figures = json.loads(run_new("stats", "--json").stdout)
    assert figures["raws"] == len(lines) == figures["records"] + figures["rejections"]
    assert (read, rejected) in {(None, None), (figures["records"], figures["rejections"])}
    for form in ("bibtex", "biblatex", "csv"):
        assert run_new("export", "-f", form).exit_code == (0 if figures["records"] else 1)
    for key in run_new("search", "-f", "keys").stdout.split():
        assert run_new("show", key).exit_code == 0


def test_a_bomb_of_zeros_is_an_empty_file(run_new: Run, tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(bytes(1 << 20)) * 8)
    result = run_new("import", str(path))
    assert (result.exit_code, "the file is empty" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "name", [b"two\nlines", b"not utf-8 \xff", b"\x1b[31mred", b"-n", b"a" * 250, "日本".encode()]
)
def test_a_file_may_have_any_name(run_new: Run, tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = os.fsencode(folder) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(ONE + b"00026nam  2200025 a 4500\x1e\x1d")
    for what in (path, os.fsencode(folder)):
        result = run_new("import", os.fsdecode(what))
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
    listed = run_new("rejects").stdout
    assert len(listed.splitlines()) == 2
    assert "\x1b" not in listed


def test_a_name_on_stderr_is_one_line(run_new: Run) -> None:
    result = run_new("import", "no\nsuch\x1b[31m")
    assert result.stderr == "error: no\\nsuch\\x1b[31m: No such file or directory\n"


@pytest.mark.parametrize(
    "args", [("import", ""), ("import", "a" * 5000), ("import", "loop"), ("show", "\udcff")]
)
def test_what_names_nothing_is_one_line(
    run_new: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    run_new("import", str(SAMPLE / "catalogue-page.txt"))
    result = run_new(*args)
    assert result.exit_code == (1 if args[0] == "show" else 2)
    assert result.stderr.startswith("error: ")


def test_an_empty_option_means_no_other_catalogue() -> None:
    result = run_on(Path())("stats", "--json")
    assert result.exit_code == 2


def test_a_catalogue_is_no_source(tmp_path: Path) -> None:
    """Somebody keeps exports and catalogue in one folder, and imports the folder."""
    run = run_on(tmp_path)
    (tmp_path / "export.mrc").write_bytes(MARC)
    run("import", str(tmp_path))
    again = run("import", str(tmp_path))
    assert (again.exit_code, "40 received: 40 unchanged" in again.stderr) == (0, True)
    assert "part of a peerlit catalogue" in again.stderr


def test_what_is_to_be_said_of_many_files_is_said_once(run_new: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.md").touch()
    (folder / "notes.txt").write_text("notes")
    (folder / "export.mrc").write_bytes(MARC)
    result = run_new("import", str(folder))
    assert result.exit_code == 1, "a file that is not known is a finding"
    assert result.stderr.splitlines()[:2] == [
        "note: skipped 9 files: .md files hold no records (0.md, 1.md, 2.md and 6 more)",
        "note: skipped notes.txt: the file is of no known format",
    ]


def test_a_folder_with_something_broken_says_what_was_received(run_new: Run, tmp_path: Path) -> None:
    (tmp_path / "a.mrc.gz").write_bytes(gzip.compress(MARC)[:-2000])
    (tmp_path / "b.mrc").write_bytes(ONE)
    (tmp_path / "gone.mrc").symlink_to("nowhere")
    result = run_new("import", str(tmp_path))
    assert result.exit_code == 3
    assert " received: " in result.stderr
    assert "note: gone.mrc: No such file or directory" in result.stderr
    assert (
        result.stderr.splitlines()[-1] == f"error: {tmp_path}: 2 files could not be read, or not to the end"
    )


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files = FileSource(str(tmp_path))
    with pytest.raises(Exception, match="one file could not be read"):
        list(files.raws())


@pytest.mark.parametrize(
    "content", [b"", b"not a database, whatever its name", b"SQLite format 3\x00" + NOISE]
)
def test_a_foreign_catalogue_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(content)
    result = run_on(tmp_path)("search", "peer")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert (tmp_path / "catalogue.sqlite").read_bytes() == content


def test_a_damaged_body_is_told(sample_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_folder, tmp_path / "copy")
    database = tmp_path / "copy" / "catalogue.sqlite"
    database.write_bytes(database.read_bytes().replace(b'"title":"', b'"titl!!:"'))
    for args in (("search",), ("export",), ("reindex",)):
        result = run_on(tmp_path / "copy")(*args)
        assert result.exit_code == 2
        assert "is damaged" in result.stderr


@pytest.mark.parametrize("damage", ["gone", "empty", "noise", "foreign", "cut"])
def test_an_index_that_cannot_be_used_is_made_again(sample_folder: Path, tmp_path: Path, damage: str) -> None:
    expected = run_on(sample_folder)("search", "peer", "-f", "keys").stdout
    copy = tmp_path / "copy"
    shutil.copytree(sample_folder, copy)
    index = copy / "index"
    if damage in {"gone", "empty", "foreign"}:
        shutil.rmtree(index)
    if damage == "empty":
        index.mkdir()
    if damage == "foreign":
        other = run_on(tmp_path / "other")
        other("import", str(SAMPLE / "loc-peer-support.mrc"), str(SAMPLE / "catalogue-page.txt"))
        shutil.copytree(tmp_path / "other" / "index", index)
    for path in index.glob("*") if damage in {"noise", "cut"} else ():
        content = path.read_bytes()
        path.write_bytes(NOISE[: len(content)] if damage == "noise" else content[: len(content) // 2])
    again = run_on(copy)("search", "peer", "-f", "keys")
    assert again.stdout == expected
    assert ("note: the index is damaged" in again.stderr) == (damage in {"noise", "cut"})


def test_a_column_with_a_wrong_byte_is_told(sample_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sample_folder, copy)
    for path in (copy / "index").glob("*.seg"):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2].ljust(len(whole), b"\xff"))
    result = run_on(copy)("search", "peer", "--facet", "year")
    assert result.exit_code == 2
    assert "peerlit reindex" in result.stderr
    run_on(copy)("reindex")
    assert run_on(copy)("search", "peer", "--facet", "year").exit_code == 0
