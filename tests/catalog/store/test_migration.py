"""A catalogue of the first schema is brought up to date: everything is kept, whenever the process dies."""

import os
import signal
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from catalog.errors import StoreError
from catalog.store import Counts, open_catalog
from catalog.store.database import APPLICATION_ID, SCHEMA, migrations, newest_schema, statements

FIRST = SCHEMA / "0001_initial.sql"
ROWS = """
INSERT INTO source VALUES (1, 'loc', 'file', '/a/loc.mrc'), (2, 'feed', 'oai-pmh', 'https://x.example');
INSERT INTO harvest VALUES
 (1, 1, '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', 'complete', '{}', NULL, NULL, 3, 1, 0, 0, 0, 1,
  1, NULL),
 (2, 2, '2026-01-02T00:00:00Z', NULL, 'running', '{"set":"é","from":"2025"}', 'token', '2025-12-01',
  1, 1, 0, 0, 0, 0, 0, NULL);
INSERT INTO raw VALUES
 (1, 1, 'a', 'oai_dc', 1, NULL, '[]', 0, NULL, NULL, 'oai_dc@1', 1, 0, NULL, x'00', 1, 1, 1, 1),
 (2, 1, 'b', 'oai_dc', 1, NULL, '[]', 0, NULL, 'broken', 'oai_dc@1', 2, 9, NULL, x'01', 2, 1, 1, NULL);
INSERT INTO payload VALUES (1, 1, 1, NULL, x'00', NULL, x'41'), (2, 2, 1, NULL, x'01', NULL, x'42');
INSERT INTO record VALUES (1, 'loc/a', 'nga2020', 1, 0, NULL, 1, 'oai_dc@1', '2026', '2026', '{"title":"A"}');
INSERT INTO identifier VALUES ('doi', '10.1/a', 1);
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from catalog.store import database

ahead = int(sys.argv[2])
run = database.Database.run

def dying(self, sql, values=()):
    global ahead
    if sql.startswith(("PRAGMA busy_timeout", "BEGIN")):
        return run(self, sql, values)
    if ahead == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    ahead -= 1
    return run(self, sql, values)

database.Database.run = dying
database.open_database(Path(sys.argv[1]), "write").close()
"""


@pytest.fixture
def old(folder: Path) -> Path:
    folder.mkdir()
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    connection.executescript(FIRST.read_text(encoding="utf-8"))
    connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1; {ROWS}")
    connection.close()
    return folder


def dump(folder: Path, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
    finally:
        connection.close()


def version(folder: Path) -> object:
    return dump(folder, "pragma_user_version")[0][0]


def test_everything_is_kept(old: Path) -> None:
    before = {table: dump(old, table) for table in ("source", "payload", "record", "identifier")}
    raws = dump(old, "raw")
    with pytest.raises(StoreError, match="older peerlit") as refused:
        open_catalog(old)
    assert refused.value.hint == "`peerlit reindex --normalise` brings it up to date"
    with open_catalog(old, mode="write") as catalog:
        running, complete = catalog.harvests()
        assert (complete.kind, complete.location, complete.request) == ("file", "/a/loc.mrc", {})
        assert complete.counts == Counts(received=3, new=1, rejected=1, repeated=1)
        assert (running.kind, running.location) == ("oai-pmh", "https://x.example")
        assert (running.checkpoint, running.newest_datestamp) == ("token", "2025-12-01")
        assert (running.remarks, running.watermark, running.seconds) == ((), None, 0)
        assert catalog.unfinished("feed", {"from": "2025", "set": "é"}) == running
        assert [rejected.reason for rejected in catalog.rejections()] == ["broken"]
        assert catalog.get("10.1/a").key == "loc/a"
    assert {table: dump(old, table) for table in before} == before
    assert [row[: len(raws[0])] for row in dump(old, "raw")] == raws


def test_one_that_is_damaged_is_said_to_be(old: Path) -> None:
    connection = sqlite3.connect(old / "catalogue.sqlite")
    connection.execute("UPDATE raw SET last_harvest_id = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="is damaged: raw refers to a harvest that is not there"):
        open_catalog(old, mode="write")
    assert version(old) == 1


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")
def test_killed_before_any_of_its_steps_it_is_as_it_was(old: Path) -> None:
    before = {table: dump(old, table) for table in ("harvest", "raw", "payload")}
    for ahead in count():
        process = subprocess.run([sys.executable, "-c", KILLED, old, str(ahead)], check=False)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        if version(old) == newest_schema():
            break
        if version(old) == 1:  # each step is a transaction of its own
            assert {table: dump(old, table) for table in before} == before
    assert ahead > sum(len(list(statements(path.read_text()))) for number, path in migrations() if number > 1)
    assert version(old) == newest_schema()
    assert dump(old, "harvest", "id") == [(1,), (2,)]
