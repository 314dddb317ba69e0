"""`peerlit import`, `rejects`, `stats`, `reindex`, as typed."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.runs import SAMPLE, Run, run_on

MARC = SAMPLE / "loc-peer-support.mrc"


def test_every_record_is_read_or_rejected(run_new: Run) -> None:
    result = run_new("import", str(MARC))
    assert (result.exit_code, result.stderr) == (0, "loc-peer-support: 40 received: 40 new\n")


def test_importing_again_changes_nothing(run_new: Run) -> None:
    run_new("import", str(SAMPLE))
    before = run_new("search", "-f", "jsonl").stdout
    assert "51 unchanged" in run_new("import", str(SAMPLE)).stderr
    assert run_new("search", "-f", "jsonl").stdout == before


def test_a_damaged_record_is_kept_and_the_next_is_read(run_new: Run, tmp_path: Path) -> None:
    good = MARC.read_bytes().split(b"\x1d")[:2]
    damaged = tmp_path / "damaged.mrc"
    damaged.write_bytes(good[0] + b"\x1d" + b"00026nam  2200025 a 4500\x1e\x1d" + good[1] + b"\x1d")
    result = run_new("import", str(damaged))
    assert result.exit_code == 1
    assert "3 received: 2 new, 1 rejected (peerlit rejects --source damaged)" in result.stderr
    listed = run_new("rejects", "--json")
    assert listed.exit_code == 1
    rejected = json.loads(listed.stdout)
    assert (rejected["ordinal"], rejected["offset"]) == (2, len(good[0]) + 1)
    assert run_new("rejects", "--raw", str(rejected["raw_id"])).stdout_bytes.startswith(b"00026nam")


def test_two_files_of_one_name_are_two_sources(run_new: Run, tmp_path: Path) -> None:
    """Two libraries' export.mrc: the second must not replace the records of the first."""
    records = MARC.read_bytes().split(b"\x1d")
    for number, folder in enumerate(("a", "b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "export.mrc").write_bytes(records[number] + b"\x1d")
    run_new("import", str(tmp_path / "a" / "export.mrc"), str(tmp_path / "b" / "export.mrc"))
    statistics = json.loads(run_new("stats", "--json").stdout)
    assert statistics["by_source"] == {"export": 1, "export-2": 1}


def test_one_source_by_name_updates_its_records(run_new: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "january.mrc", tmp_path / "february.mrc"
    first.write_bytes(MARC.read_bytes())
    second.write_bytes(MARC.read_bytes().replace(b"Self-help", b"Self-Help", 1))
    run_new("import", str(first), "--source", "library")
    assert "1 changed, 39 unchanged" in run_new("import", str(second), "--source", "library").stderr


def test_standard_input_and_gzip(run_new: Run, tmp_path: Path) -> None:
    assert "40 new" in run_new("import", "-", stdin=gzip.compress(MARC.read_bytes())).stderr
    packed = tmp_path / "nameless"
    packed.write_bytes(gzip.compress(MARC.read_bytes()))
    assert "40 new" in run_new("import", str(packed)).stderr


def test_a_gzip_cut_off_keeps_what_came_before_and_is_incomplete(run_new: Run, tmp_path: Path) -> None:
    packed = tmp_path / "cut.mrc.gz"
    packed.write_bytes(gzip.compress(MARC.read_bytes())[:-2000])
    result = run_new("import", str(packed))
    assert result.exit_code == 3
    assert int(run_new("search", "--count").stdout) > 10


@pytest.mark.parametrize(
    ("name", "content"), [("missing.mrc", None), ("prose.txt", b"Dear reader, there is nothing here.\n")]
)
def test_a_file_that_is_no_source_is_one_line(
    run_new: Run, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = run_new("import", str(path), str(MARC))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {path}")
    assert "40 new" in result.stderr, "the other files are read all the same"


def test_a_folder_is_one_source_and_says_what_it_skips(run_new: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "one.mrc").write_bytes(MARC.read_bytes())
    (folder / "notes.md").write_text("# notes")
    result = run_new("import", str(folder))
    assert "exports: 40 received: 40 new" in result.stderr
    assert "notes.md" in result.stderr


def test_reindex_makes_the_same_index(run_new: Run) -> None:
    run_new("import", str(SAMPLE))
    before = run_new("search", "peer OR support").stdout
    assert run_new("reindex", "--normalise").exit_code == 0
    assert run_new("search", "peer OR support").stdout == before


def test_a_search_catches_up_with_an_import_that_left_indexing_to_it(run_new: Run) -> None:
    run_new("import", "--no-index", str(MARC))
    assert run_new("search", "--count").stdout == "40\n"


def test_stats_tell_what_is_missing(sample_folder: Path) -> None:
    result = run_on(sample_folder)("stats")
    assert result.exit_code == 0
    assert "51 records of 51 received" in result.stdout
    assert "have abstract" in result.stdout
