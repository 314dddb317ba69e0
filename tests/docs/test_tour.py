"""The README's tour is what really happens."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tour() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- tour -->\n```sh\n(.*?)```", readme, flags=re.DOTALL)
    assert len(blocks) >= 5
    return "".join(blocks)


@pytest.mark.slow
def test_the_tour_runs_as_printed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "cli" / "sample", tmp_path / "cli" / "sample")
    launcher = tmp_path / "bin" / "peerlit"
    launcher.parent.mkdir()
    code = "from cli.main import main; raise SystemExit(main())"
    launcher.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{code}' \"$@\"\n")
    launcher.chmod(0o755)
    paths = os.pathsep.join([str(launcher.parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euc", tour()],
        cwd=tmp_path,
        env={**os.environ, "PATH": paths, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Mirbahaeddin" in done.stdout
    assert "@article{mirbahaeddin2024transcending," in (tmp_path / "review.bib").read_text(encoding="utf-8")
    assert "journaltitle" in (tmp_path / "review-biblatex.bib").read_text(encoding="utf-8")
