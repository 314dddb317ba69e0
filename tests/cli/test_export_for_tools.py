"""`peerlit export --for`, as typed."""

import csv
from pathlib import Path

import pytest
import rispy

from catalog.export.presets import PRESETS, Limit
from tests.cli.runs import Run


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make Covidence take five records at a time, as nobody wants a catalogue of 15,001 here."""
    monkeypatch.setitem(PRESETS, "covidence", PRESETS["covidence"]._replace(limit=Limit(records=5)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_tool_gets_its_format_with_its_settings(run: Run) -> None:
    read = rispy.loads(run("export", "peer", "--for", "rayyan", "--batch", "June search").stdout)
    assert read
    assert all("June search" in entry["keywords"] for entry in read)
    noted = rispy.loads(run("export", "peer", "--for", "covidence", "--batch", "June search").stdout)
    assert all(entry["notes"] == ["June search"] for entry in noted)
    assert run("export", "peer", "--for", "zotero", "-f", "biblatex").stdout.startswith(
        "% Written by peerlit"
    )


def test_names_are_cut_for_tools_alone(run: Run) -> None:
    assert "AU  - Mirbahaeddin, Elmira" in run("export", "transcending", "--for", "zotero").stdout
    assert "AU  - Elmira Mirbahaeddin" in run("export", "transcending", "-f", "ris").stdout


def test_asreview_gets_its_columns(run: Run) -> None:
    heading, *rows = csv.reader(
        run("export", "peer", "--for", "asreview", "--batch", "A").stdout.splitlines()
    )
    assert heading[:3] == ["title", "abstract", "authors"]
    assert heading[-1] == "batch"
    assert {row[-1] for row in rows} == {"A"}


def test_a_format_the_tool_does_not_take_is_refused(run: Run) -> None:
    refused = run("export", "peer", "--for", "asreview", "-f", "nbib")
    assert refused.exit_code == 2
    assert refused.stderr.splitlines() == [
        "error: ASReview does not take nbib",
        "hint: it takes csv, ris",
    ]


@pytest.mark.usefixtures("small")
def test_files_hold_what_the_tool_takes(run: Run, tmp_path: Path) -> None:
    done = run("export", "peer", "--for", "covidence", "-o", str(tmp_path / "review.ris"))
    assert done.exit_code == 0
    found = names(tmp_path)
    assert found[:2] == ["review-1.ris", "review-2.ris"]
    assert f"review-1.ris … review-{len(found)}.ris" in done.stderr
    read = [rispy.loads((tmp_path / name).read_text(encoding="utf-8")) for name in found]
    assert [len(each) for each in read][:-1] == [5] * (len(found) - 1)
    assert len({entry["id"] for each in read for entry in each}) == sum(map(len, read))
    again = run("export", "recovery", "--for", "covidence", "-o", str(tmp_path / "review.ris"))
    assert again.exit_code == 2
    assert "review-1.ris exists already" in again.stderr


@pytest.mark.usefixtures("small")
def test_what_fits_is_one_file_of_the_name_given(run: Run, tmp_path: Path) -> None:
    done = run("export", "transcending", "--for", "covidence", "-o", str(tmp_path / "review.ris"))
    assert done.exit_code == 0
    assert names(tmp_path) == ["review.ris"]


@pytest.mark.usefixtures("small")
def test_standard_output_is_not_divided(run: Run) -> None:
    refused = run("export", "peer", "--for", "covidence")
    assert refused.exit_code == 2
    assert "Covidence takes 5 records at a time" in refused.stderr
    assert "-o FILE" in refused.stderr
    assert refused.stdout == ""
