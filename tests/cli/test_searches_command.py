"""`peerlit searches`: saved, run, compared, made again."""

import json
import shutil
from pathlib import Path

import pytest

from index import open_engine
from tests.cli.runs import Run, run_on


@pytest.fixture
def own(sample_folder: Path, tmp_path: Path) -> Run:
    """Run a command on a copy of the sample's catalogue."""
    shutil.copytree(sample_folder, tmp_path / "copy")
    return run_on(tmp_path / "copy")


def grown(own: Run, tmp_path: Path) -> None:
    record = (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Peer support, a new one</dc:title>'
        "<dc:identifier>new-1</dc:identifier></oai_dc:dc>"
    )
    (tmp_path / "new.xml").write_text(record, encoding="utf-8")
    assert own("import", str(tmp_path / "new.xml")).exit_code == 0


def test_a_saved_search_tells_what_is_new(own: Run, tmp_path: Path) -> None:
    assert own("searches", "save", "monthly", "peer", "support").exit_code == 0
    total = int(own("search", "peer support", "--count").stdout)
    assert own("searches", "run", "monthly").stdout == f"monthly: {total} found (run 1)\n"
    grown(own, tmp_path)
    assert own("searches", "run", "monthly").stdout == (
        f"monthly: {total + 1} found (run 2); 1 new, 0 no more since run 1\n"
    )
    told = own("searches", "diff", "monthly")
    assert told.stdout.startswith("+ new/")
    assert told.stderr == "1 new, 0 no more from run 1 to run 2\n"
    assert own("searches", "diff", "1", "-f", "bibtex").stdout.count("@") == 1
    assert own("searches", "diff", "2", "1").stdout.startswith("- new/")
    assert own("searches", "diff", "1", "1").exit_code == 1


def test_a_run_is_of_one_revision_or_not_kept(own: Run, tmp_path: Path) -> None:
    own("searches", "save", "x", "peer")
    writer = open_engine(tmp_path / "copy" / "index", write=True)
    grown(own, tmp_path)
    result = own("searches", "run", "x")
    writer.close()
    assert result.exit_code == 2
    assert "of one revision" in result.stderr
    assert own("searches", "list", "x").exit_code == 1


def test_a_name_and_a_run_are_not_compared(own: Run) -> None:
    own("searches", "save", "x", "peer")
    assert own("searches", "diff", "x", "1").exit_code == 2


def test_a_run_is_made_again_over_the_records_of_then(own: Run, tmp_path: Path) -> None:
    own("searches", "save", "x", "peer")
    own("searches", "run", "x")
    grown(own, tmp_path)
    result = own("searches", "check", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "the same records" in result.stderr


def test_a_run_shows_each_line_and_its_records_of_then(own: Run, tmp_path: Path) -> None:
    file = tmp_path / "s.txt"
    file.write_text("#1 peer OR group\n#2 #1 AND support\n", encoding="utf-8")
    own("searches", "save", "review", "--strategy", str(file))
    file.unlink()
    own("searches", "run", "review")
    told = own("searches", "show", "1").stdout.splitlines()
    assert told[0].startswith("run 1 of review, ")
    assert any(line.endswith("#2 #1 AND support") for line in told)
    report = json.loads(own("searches", "show", "1", "--json").stdout)
    assert (report["total"], len(report["keys"])) == (report["lines"][1]["hits"], report["total"])
    assert dict(report["lines"][0]["terms"]).keys() == {"peer", "group"}
    assert sorted(own("searches", "show", "1", "-f", "keys").stdout.split()) == sorted(
        own("search", "(peer OR group) support", "-f", "keys").stdout.split()
    )


def test_searches_and_runs_are_listed(own: Run) -> None:
    assert own("searches", "list").exit_code == 1
    own("searches", "save", "b", "peer")
    own("searches", "save", "a", "--any", "what helps?")
    own("searches", "run", "--all")
    listed = [line.split("\t") for line in own("searches", "list").stdout.splitlines()]
    assert [(row[0], row[1], row[4]) for row in listed] == [("a", "1", "question"), ("b", "2", "query")]
    assert [json.loads(line)["name"] for line in own("searches", "list", "--json").stdout.splitlines()] == [
        "a",
        "b",
    ]
    assert own("searches", "list", "b").stdout.split("\t")[0] == "2"


def test_a_search_named_twice_is_run_once(own: Run) -> None:
    own("searches", "save", "my search", "peer")
    assert own("searches", "run", "my search", "MY SEARCH").stdout.count("\n") == 1


def test_what_was_run_once_has_nothing_to_be_compared_with(own: Run) -> None:
    own("searches", "save", "my search", "peer")
    assert "my search was never run" in own("searches", "diff", "my search").stderr
    own("searches", "run", "my search")
    for name in ("my search", "1"):
        result = own("searches", "diff", name)
        assert result.exit_code == 2
        assert "hint: `peerlit searches run 'my search'` first" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("save", "x", '"open'), "never closed"),
        (("save", "12", "peer"), "cannot be the name of a search"),
        (("save", "\udcff\x1b[2J", "peer"), "cannot be the name of a search"),
        (("run",), "nothing to run"),
        (("run", "nobody", "--all"), "names and --all are two choices"),
        (("diff", "\udcff"), "no search is saved as"),
        (("show", "9" * 30), f"there is no run {'9' * 30}"),
        (("run", "nobody"), "no search is saved as 'nobody'"),
        (("diff", "nobody"), "no search is saved as 'nobody'"),
        (("show", "9"), "there is no run 9"),
    ],
)
def test_mistakes_are_one_line(own: Run, args: tuple[str, ...], told: str) -> None:
    result = own("searches", *args)
    assert result.exit_code in (1, 2)
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_another_search_takes_a_name_only_when_told(own: Run) -> None:
    own("searches", "save", "x", "peer")
    refused = own("searches", "save", "x", "group")
    assert (refused.exit_code, "--replace" in refused.stderr) == (2, True)
    assert own("searches", "save", "x", "group", "--replace").exit_code == 0
