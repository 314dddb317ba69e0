"""Whoever changes something finds every room, every marker and every benchmark in the manual."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
ROOMS = sorted(
    path.parent.name
    for room in ("harvester", "catalog", "index", "web")
    for path in ROOT.glob(f"{room}/*/__init__.py")
)
SCRIPTS = sorted(
    path.name for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_in_the_map(room: str) -> None:
    assert f"`{room}/" in MANUAL


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_benchmark_says_what_it_measures(script: str) -> None:
    assert f"| `{script}` | " in MANUAL


def test_every_kind_of_test_is_among_the_checks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = [line.partition(":")[0] for line in project["tool"]["pytest"]["ini_options"]["markers"]]
    assert [name for name in markers if f"pytest -m {name}" not in MANUAL] == []
