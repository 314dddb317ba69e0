"""Opening, migrating, locking, and faults in words."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.errors import CatalogueBusy, SchemaTooNew, StoreError
from catalog.record import RawRecord
from catalog.store import open_catalog
from catalog.store.database import fault, newest_schema, open_database, statements

Make = Callable[..., RawRecord]


def test_no_catalogue_is_said_with_the_way_out(folder: Path) -> None:
    for mode in ("read", "write"):
        with pytest.raises(StoreError, match="there is no catalogue") as missing:
            open_catalog(folder, mode=mode)
        assert missing.value.hint == "`peerlit import FILE` makes one"
    assert not folder.exists()


def test_one_killed_while_it_was_made_is_none(folder: Path) -> None:
    folder.mkdir()
    (folder / "catalogue.sqlite").touch()
    with pytest.raises(StoreError, match="there is no catalogue"):
        open_catalog(folder)
    with open_catalog(folder, mode="create") as catalog:
        assert catalog.revision() == 0


@pytest.mark.parametrize("content", [b"not a database at all" * 50, b"\x00" * 5000], ids=["text", "zeros"])
def test_another_file_is_no_catalogue(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(content)
    for mode in ("read", "write", "create"):
        with pytest.raises(StoreError, match="catalogue"):
            open_catalog(folder, mode=mode)


def test_another_programs_database_is_no_catalogue_and_stays_as_it_is(folder: Path) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / "catalogue.sqlite")
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = (folder / "catalogue.sqlite").read_bytes()
    with pytest.raises(StoreError, match="is not a peerlit catalogue"):
        open_catalog(folder, mode="create")
    assert (folder / "catalogue.sqlite").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        open_catalog(tmp_path / "file" / "catalogue", mode="create")


def test_a_newer_catalogue_is_refused(folder: Path) -> None:
    open_catalog(folder, mode="create").close()
    newer = sqlite3.connect(folder / "catalogue.sqlite")
    newer.execute(f"PRAGMA user_version = {newest_schema() + 1}")
    newer.close()
    for mode in ("read", "write", "create"):
        with pytest.raises(SchemaTooNew):
            open_catalog(folder, mode=mode)


def test_an_older_catalogue_is_migrated_by_a_writer_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_catalog(folder, mode="create").close()
    schema = tmp_path / "schema"
    schema.mkdir()
    (schema / "0001_initial.sql").write_text("CREATE TABLE never_run (x);")
    number = newest_schema() + 1
    more = "CREATE TABLE more (x); -- a; b\nCREATE TABLE most (x);\n"
    (schema / f"{number:04}_more.sql").write_text(more)
    monkeypatch.setattr("catalog.store.database.SCHEMA", schema)
    with pytest.raises(StoreError, match="older peerlit"):
        open_catalog(folder)
    database = open_database(folder, "write")
    assert database.value("PRAGMA user_version") == number
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.rows("SELECT * FROM more, most") == []
    database.close()
    open_catalog(folder).close()


def test_a_migration_that_fails_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_catalog(folder, mode="create").close()
    schema = tmp_path / "schema"
    schema.mkdir()
    before = newest_schema()
    (schema / f"{before + 1:04}_bad.sql").write_text("CREATE TABLE good (x);\nCREATE TABLE good (x);\n")
    monkeypatch.setattr("catalog.store.database.SCHEMA", schema)
    with pytest.raises(StoreError, match="already exists"):
        open_database(folder, "write")
    monkeypatch.undo()
    database = open_database(folder, "write")
    assert database.value("PRAGMA user_version") == before
    assert database.rows("SELECT name FROM sqlite_schema WHERE name = 'good'") == []
    database.close()


def test_a_script_is_split_into_statements() -> None:
    script = "-- one; two\nCREATE TABLE a (x TEXT DEFAULT ';');\n\nINSERT INTO a VALUES ('b;\nc');\nSELECT 1"
    assert len(list(statements(script))) == 3


def test_the_schema_is_strict_and_names_itself(folder: Path) -> None:
    open_catalog(folder, mode="create").close()
    database = open_database(folder, "write")
    loose = [row[0] for row in database.rows("SELECT name FROM pragma_table_list WHERE NOT strict")]
    assert [name for name in loose if not name.startswith("sqlite_")] == []
    assert database.value("PRAGMA application_id") == 0x70656572
    assert database.value("PRAGMA journal_mode") == "wal"
    assert database.value("PRAGMA foreign_keys") == 1
    database.close()


def test_a_reader_cannot_write(folder: Path) -> None:
    open_catalog(folder, mode="create").close()
    with open_catalog(folder) as catalog, pytest.raises(StoreError, match="readonly"):
        catalog.begin("loc", kind="file", location="f", request={})


def test_two_read_while_one_writes(folder: Path, importing: SimpleNamespace, raw: Make) -> None:
    with open_catalog(folder, mode="create", crosswalks=importing.CROSSWALKS) as writer:
        harvest = writer.begin("loc", kind="file", location="f", request={})
        with open_catalog(folder) as first, open_catalog(folder) as second:
            for number in range(1, 6):
                writer.page(harvest, [raw(str(number), title="A")])
                assert first.stats().records == second.stats().records == number
            walk = first.changes()
            assert next(walk).revision == 1
            writer.page(harvest, [raw("6", title="A")])
            assert len(list(walk)) == 4, "a walk sees the catalogue as it began"
            assert second.revision() == 6


def test_readers_do_not_wait_for_a_writer(folder: Path) -> None:
    open_catalog(folder, mode="create").close()
    writing = open_database(folder, "write")
    with writing.transaction(), open_catalog(folder, timeout=0) as catalog:
        assert catalog.revision() == 0
    writing.close()


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(folder: Path) -> None:
    with open_catalog(folder, mode="create", timeout=0.05) as catalog:
        writing = open_database(folder, "write")
        with writing.transaction(), pytest.raises(CatalogueBusy) as busy:
            catalog.begin("loc", kind="file", location="f", request={})
        assert busy.value.hint
        assert catalog.begin("loc", kind="file", location="f", request={}) == 1
        writing.close()


def test_writers_of_different_sources_take_turns(folder: Path, importing: SimpleNamespace, raw: Make) -> None:
    with (
        open_catalog(folder, mode="create", crosswalks=importing.CROSSWALKS) as one,
        open_catalog(folder, mode="write", crosswalks=importing.CROSSWALKS) as two,
    ):
        first = one.begin("one", kind="file", location="f", request={})
        second = two.begin("two", kind="file", location="f", request={})
        for number in range(5):
            one.page(first, [raw(str(number), title="Peer", family="Ng")])
            two.page(second, [raw(str(number), title="Peer", family="Ng")])
        assert one.finish(first, "complete").counts.new == two.finish(second, "complete").counts.new == 5
        assert len({stored.citation_key for stored in one.live()}) == 10
        assert [stored.revision for stored in one.live()] == list(range(1, 11))


def test_several_processes_may_make_one_catalogue_at_once(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from catalog.store import open_catalog\n"
        "open_catalog(Path(sys.argv[1]), mode='create').close()"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(folder)]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0, 0]
    open_catalog(folder).close()


def test_a_full_disk_is_said_in_one_line_and_nothing_is_half_written(folder: Path, raw: Make) -> None:
    from catalog.store.crosswalks import Crosswalks

    crosswalks = Crosswalks(lambda _: pytest.fail("not read"), {}, {})
    with open_catalog(folder, mode="create", crosswalks=crosswalks) as catalog:
        harvest = catalog.begin("loc", kind="file", location="f", request={})
        pages = catalog._database.value("PRAGMA page_count")
        catalog._database.value(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full") as full:
            catalog.page(harvest, [raw("1", payload=b"x" * 100_000, deleted=True)])
        assert "\n" not in full.value.message
        assert catalog.stats().raws == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_can_be_read(folder: Path) -> None:
    open_catalog(folder, mode="create").close()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with open_catalog(folder) as catalog:
            assert catalog.revision() == 0
        with pytest.raises(StoreError):
            open_catalog(folder, mode="write").begin("loc", kind="file", location="f", request={})
    finally:
        folder.chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("SQLITE_BUSY_SNAPSHOT", CatalogueBusy, "another process"),
        ("SQLITE_FULL", StoreError, "disk is full"),
        ("SQLITE_READONLY_DIRECTORY", StoreError, "cannot be opened or written"),
        ("SQLITE_CANTOPEN", StoreError, "cannot be opened or written"),
        ("SQLITE_NOTADB", StoreError, "is not a catalogue"),
        ("SQLITE_CORRUPT", StoreError, "is damaged"),
        ("SQLITE_IOERR", StoreError, "because"),
    ],
)
def test_faults_are_told_apart(name: str, kind: type[StoreError], says: str) -> None:
    error = sqlite3.OperationalError("because")
    error.sqlite_errorname = name
    told = fault(error, Path("folder/catalogue.sqlite"))
    assert type(told) is kind
    assert says in told.message


def test_reading_imports_nothing_that_reading_does_not_need() -> None:
    code = (
        "import sys, catalog.store\n"
        "heavy = {'lxml', 'pymarc', 'stdnum', 'iso639', 'catalog.crosswalk', 'catalog.citekey', 'difflib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_rows_left_unread_trouble_nobody_once_the_database_is_closed(folder: Path) -> None:
    database = open_database(folder, "create")
    rows = database.stream("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    assert next(iter(rows)) == (1,)
    database.close()
    assert isinstance(rows, Generator)
    rows.close()  # as Python does at the end of a command that was broken off


def test_a_number_that_no_column_can_hold_is_in_no_row(folder: Path) -> None:
    database = open_database(folder, "create")
    assert database.row("SELECT 1 WHERE 1 = ?", (10**30,)) is None
    database.close()
