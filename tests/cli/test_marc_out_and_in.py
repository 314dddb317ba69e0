"""A catalogue goes out as MARC and comes in again as it was."""

import io
import json
from pathlib import Path

import pymarc
import pytest

from tests.cli.runs import Run, run_on


def told(run: Run) -> list[dict[str, object]]:
    records = json.loads(run("export", "-f", "json").stdout)
    return [{name: value for name, value in record.items() if name != "key"} for record in records]


@pytest.mark.parametrize("form", ["marc", "marcxml"])
def test_a_catalogue_moves_without_loss(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "all"
    assert run("export", "-f", form, "-o", str(path)).exit_code == 0
    other = run_on(tmp_path / "other")
    assert other("import", str(path)).exit_code == 0
    assert told(other) == told(run)


@pytest.mark.parametrize("form", ["marc", "marcxml", "mods", "dc"])
def test_standard_output_has_the_bytes_of_the_file(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "all"
    assert run("export", "-f", form, "-o", str(path)).exit_code == 0
    assert run("export", "-f", form).stdout_bytes == path.read_bytes()


def test_lengths_count_bytes_of_utf8_and_times_are_told(run: Run) -> None:
    payload = run("export", "-f", "marc", "author:Петрова").stdout_bytes
    (record,) = pymarc.MARCReader(io.BytesIO(payload), permissive=False)
    assert record is not None
    assert int(str(record.leader)[:5]) == len(payload)
    assert record["005"].data[:8].isdecimal()
    assert record["005"].data[2:8] == record["008"].data[:6]
