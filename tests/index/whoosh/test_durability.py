"""Killed, damaged, shared: the index is what the catalogue says, or is made anew."""

import gc
import os
import signal
import subprocess
import sys
import threading
import weakref
from io import BytesIO
from pathlib import Path

import pytest
from whoosh.filedb.structfile import StructFile

from catalog.errors import CatalogueBusy, StoreError
from index import open_engine
from index.engine import Change
from index.query.ast import All
from index.query.parser import parse
from index.whoosh import segments, tiers, writing
from tests.index.builders import made, titled

ROOT = Path(__file__).resolve().parents[3]
BATCHES = 12

# Applies batches that add, change and delete, and kills itself at the n-th call of a file operation.
CHILD = """
import os, signal, sys
from pathlib import Path
from index import open_engine
from index.whoosh.storage import DurableStorage
from tests.index.whoosh.test_durability import continue_from

left = int(sys.argv[2])
def dying(operation):
    def call(self, *args, **options):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return operation(self, *args, **options)
    return call

for name in ("create_file", "rename_file", "delete_file", "open_file"):
    setattr(DurableStorage, name, dying(getattr(DurableStorage, name)))
continue_from(Path(sys.argv[1]))
print("done", left)
"""


def batch(number: int) -> list[Change]:
    added = [titled(f"k{number}-{n}", f"peer support number {number}") for n in range(4)]
    changed = [titled(f"k{number - 1}-0", "changed"), Change(f"k{number - 2}-1", None)]
    return [*added, *changed]


def continue_from(folder: Path) -> None:
    engine = open_engine(folder, write=True)
    for number in range(engine.revision(), BATCHES):
        engine.apply(batch(number), number + 1)
    engine.close()


def killed_at(folder: Path, operation: int) -> bool:
    arguments = [sys.executable, "-c", CHILD, str(folder), str(operation)]
    finished = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode in (0, -signal.SIGKILL), finished.stderr
    return finished.returncode != 0


def contents(folder: Path) -> object:
    engine = open_engine(folder, write=False)
    try:
        queries = [parse(text) for text in ("", "peer", "changed", '"number 7"')]
        return engine.revision(), [engine.search(query, limit=None) for query in queries]
    finally:
        engine.close()


def assert_killing_changes_nothing(tmp_path: Path, operations: range) -> None:
    continue_from(tmp_path / "uninterrupted")
    wanted = contents(tmp_path / "uninterrupted")
    for operation in operations:
        folder = tmp_path / f"killed at {operation}"
        if not killed_at(folder, operation):
            assert operation > 100, "the child ended too early to be killed"
            return
        revision, _ = contents(folder)  # type: ignore[misc]  # a pair
        assert 0 <= revision <= BATCHES
        continue_from(folder)
        assert contents(folder) == wanted


def test_killed_then_continued_is_as_uninterrupted(tmp_path: Path) -> None:
    assert_killing_changes_nothing(tmp_path, range(1, 400, 95))


@pytest.mark.slow
def test_killed_anywhere_then_continued_is_as_uninterrupted(tmp_path: Path) -> None:
    assert_killing_changes_nothing(tmp_path, range(1, 10_000, 5))


def test_what_a_search_has_mapped_is_given_back_without_collecting_garbage(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, write=True)
    engine.apply([titled("a", "peer support")], 1)
    reader = open_engine(tmp_path, write=False)
    gc.collect()
    gc.disable()
    try:
        snapshot = weakref.ref(reader._snapshot)
        reader.search(parse('"peer support" OR peer NEAR/3 support'), facets=("type",))
        reader.close()
        assert snapshot() is None
    finally:
        gc.enable()
        engine.close()


def test_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    made(tmp_path)
    engine = open_engine(tmp_path, write=True)
    engine.clear()
    engine.close()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_no_index_reads_as_an_empty_one(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "nowhere", write=False)
    assert (engine.revision(), engine.count(All()), engine.needs_rebuild) == (0, 0, False)
    engine.close()
    assert not (tmp_path / "nowhere").exists()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    made(tmp_path)
    engine = open_engine(tmp_path, write=False)
    with pytest.raises(StoreError):
        engine.apply([titled("d", "peer")], 5)
    engine.close()
    assert contents(tmp_path)[0] == 4  # type: ignore[index]  # a pair


def test_only_one_writes(tmp_path: Path) -> None:
    made(tmp_path)
    first = open_engine(tmp_path, write=True)
    with pytest.raises(CatalogueBusy):
        open_engine(tmp_path, write=True)
    first.close()
    open_engine(tmp_path, write=True).close()


def test_readers_see_each_commit_while_another_writes(tmp_path: Path) -> None:
    made(tmp_path)
    reader = open_engine(tmp_path, write=False)
    writer = open_engine(tmp_path, write=True)
    for number in range(20):
        writer.apply([titled(f"new {number}", "peer"), Change("a", None)], 5 + number)
        assert reader.revision() == 5 + number
        assert reader.count(parse("peer")) == number + 2
        assert reader.search(All(), sort="title", facets=("type",)).total == number + 3
    reader.close()
    writer.close()


def test_an_error_leaves_the_index_as_it_was_and_usable(tmp_path: Path) -> None:
    made(tmp_path)
    engine = open_engine(tmp_path, write=True)

    def breaking_off() -> object:
        yield titled("d", "peer")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.apply(breaking_off(), 9)  # type: ignore[arg-type]  # an iterator
    assert (engine.revision(), engine.count(All())) == (4, 3)
    engine.apply([titled("d", "peer")], 5)
    assert engine.count(parse("peer")) == 3
    engine.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir(mode=0o500)
    with pytest.raises(StoreError):
        open_engine(tmp_path / "index", write=True)


def test_everything_is_synced_before_the_table_of_contents_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    engine = open_engine(tmp_path, write=True)
    events: list[object] = []
    rename, remove = os.rename, os.remove

    with monkeypatch.context() as watched:
        watched.setattr(os, "fsync", lambda handle: events.append(os.fstat(handle).st_ino))
        watched.setattr(os, "rename", lambda *names: (events.append("rename"), rename(*names)))
        watched.setattr(os, "remove", lambda name: (events.append(Path(name).name), remove(name)))
        engine.apply([titled("d", "peer")], 5)
    engine.close()
    before, after = events[: events.index("rename")], events[events.index("rename") :]
    new = [path for path in tmp_path.iterdir() if path.stat().st_ino in before]
    assert sorted(path.suffix for path in new) == [".seg", ".toc"]
    assert after[1] == tmp_path.stat().st_ino
    assert "_peerlit_2.toc" in after
    assert "_peerlit_2.toc" not in before


def test_a_disk_that_fails_is_reported_and_the_index_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    engine = open_engine(tmp_path, write=True)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            engine.apply([titled("d", "peer")], 5)
    assert (engine.revision(), engine.count(parse("peer"))) == (4, 2)
    engine.apply([titled("d", "peer")], 5)
    assert (engine.revision(), engine.count(parse("peer"))) == (5, 3)
    engine.close()


def half_written(file: StructFile, _arrays: object) -> None:
    file.write(b"half")
    raise OSError(28, "No space left on device")


def test_a_full_disk_keeps_nothing_of_what_was_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    engine = open_engine(tmp_path, write=True)
    with monkeypatch.context() as broken:
        broken.setattr(segments, "write_sections", half_written)
        with pytest.raises(StoreError, match="No space left"):
            engine.apply([titled("d", "peer")], 5)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    engine.close()
    again = open_engine(tmp_path, write=True)
    again.apply([titled("d", "peer")], 5)
    assert (again.revision(), again.count(parse("peer"))) == (5, 3)
    again.close()


def test_a_disk_too_full_for_a_merge_is_not_too_full_for_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(tmp_path, write=True)
    monkeypatch.setattr(tiers, "FEW", 1)
    engine.apply([titled("a", "peer")], 1)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "merge", lambda _parts: half_written(StructFile(BytesIO()), ()))
        engine.apply([titled("b", "peer")], 2)
    assert (engine.revision(), engine.count(parse("peer")), len([*tmp_path.glob("*.seg")])) == (2, 2, 2)
    engine.apply([titled("c", "peer")], 3)
    assert (engine.revision(), engine.count(parse("peer")), len([*tmp_path.glob("*.seg")])) == (3, 3, 1)
    engine.close()


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    made(tmp_path)
    left = [tmp_path / "_peerlit_9.toc.123.4", tmp_path / "peerlit_abc.seg"]
    for path in left:
        path.write_bytes(b"left")
    engine = open_engine(tmp_path, write=True)
    engine.apply([titled("d", "peer")], 5)
    engine.close()
    assert not [path for path in left if path.exists()]


def test_threads_search_while_another_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "FEW", 2)
    writer = open_engine(tmp_path, write=True)
    reader = open_engine(tmp_path, write=False)
    done = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not done.is_set():
            found = reader.search(parse("peer"), limit=None, sort="title", facets=("type",))
            if len({hit.key for hit in found.hits}) != found.total or found.total % 3:
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, 40):
            writer.apply([titled(f"k{number} {n}", "peer support") for n in range(3)], number)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not wrong
    assert reader.count(parse("peer")) == 3 * 39
    reader.close()
    writer.close()
