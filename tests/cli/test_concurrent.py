"""Commands that run at the same time on one catalogue."""

import os
from pathlib import Path

import pytest

from catalog.store import open_catalog
from index import open_engine
from tests.cli.children import finish, start
from tests.cli.marc_files import write_marc

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")

COUNT = 1100  # two pages


def live(folder: Path) -> int:
    with open_catalog(folder) as catalog:
        return sum(1 for _ in catalog.live())


def indexed(folder: Path) -> int:
    engine = open_engine(folder / "index", write=False)
    try:
        return engine.revision()
    finally:
        engine.close()


def test_searches_and_an_export_beside_an_import(tmp_path: Path) -> None:
    folder, first, second = tmp_path / "catalogue", tmp_path / "first.mrc", tmp_path / "second.mrc"
    write_marc(first, 200)
    write_marc(second, COUNT, seed=2)
    assert finish(start(folder, "import", str(first)))[0] == 1  # some of it is rejected
    before = live(folder)
    writing = start(folder, "import", str(second))
    beside = [
        start(folder, "search", "--count"),
        start(folder, "search", "peer", "--limit", "3"),
        start(folder, "export", "-f", "keys"),
    ]
    count, some, keys = map(finish, beside)
    assert finish(writing)[0] == 1
    after = live(folder)
    assert (count[0], some[0], keys[0]) == (0, 0, 0), (count[2], some[2], keys[2])
    assert before <= int(count[1]) <= after
    assert len(some[1].splitlines()) == 3
    assert before <= len(keys[1].splitlines()) <= after
    assert finish(start(folder, "search", "--count"))[1] == f"{after}\n"


def test_two_imports_at_once_both_take_in_everything(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    files = [write_marc(tmp_path / f"{name}.mrc", COUNT, seed=seed) for seed, name in enumerate("ab")]
    for path in files:
        assert finish(start(tmp_path / path.stem, "import", str(path)))[0] == 1
    alone = sum(live(tmp_path / path.stem) for path in files)
    for code, _, err in [finish(each) for each in [start(folder, "import", str(path)) for path in files]]:
        assert code == 1, err
    assert live(folder) == alone
    assert finish(start(folder, "search", "--count"))[1] == f"{alone}\n"


def test_two_files_of_one_name_imported_at_once_are_two_sources(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        write_marc(tmp_path / name / "export.mrc", 300, seed=ord(name), prefix=name)
    running = [start(tmp_path / "catalogue", "import", str(tmp_path / name / "export.mrc")) for name in "ab"]
    for code, _, err in map(finish, running):
        assert code == 1, err
    with open_catalog(tmp_path / "catalogue") as catalog:
        assert set(catalog.stats().by_source) == {"export", "export-2"}


def test_a_search_while_another_process_indexes_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    finish(start(folder, "import", str(write_marc(tmp_path / "a.mrc", 100))))
    finish(start(folder, "import", "--no-index", str(write_marc(tmp_path / "b.mrc", 100, seed=2))))
    before = indexed(folder)
    writer = open_engine(folder / "index", write=True)
    try:
        code, out, err = finish(start(folder, "search", "--count"))
    finally:
        writer.close()
    assert code == 0, out + err
    assert "another process is writing to the index; searching what is indexed so far" in err
    assert 0 < int(out) < live(folder)
    assert finish(start(folder, "search", "--count"))[1] == f"{live(folder)}\n"
    assert indexed(folder) > before


def test_an_import_while_another_process_indexes_leaves_indexing_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    finish(start(folder, "import", str(write_marc(tmp_path / "a.mrc", 100))))
    writer = open_engine(folder / "index", write=True)
    try:
        code, _, err = finish(start(folder, "import", str(write_marc(tmp_path / "b.mrc", 100, seed=2))))
    finally:
        writer.close()
    assert code == 1, err  # some of it is rejected
    assert "another process is writing to the index" in err
    assert finish(start(folder, "search", "--count"))[1] == f"{live(folder)}\n"
