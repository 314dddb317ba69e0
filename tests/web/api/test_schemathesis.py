"""The API is as its description has it, whatever it is asked: Schemathesis, where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.children import start

ROOT = Path(__file__).resolve().parents[3]
OPTIONS = ("--checks", "all", "--max-examples", "40")
PROGRAM = shutil.which("schemathesis")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="schemathesis is not on the path: pip install schemathesis"),
]


def test_no_answer_is_other_than_described(demo_folder: Path, tmp_path: Path) -> None:
    assert PROGRAM is not None
    with start(demo_folder, "serve", "--port", "0") as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().removeprefix("serving ").strip()
            config = ("--config-file", ROOT / "schemathesis.toml", "--no-color")
            checked = subprocess.run(
                [PROGRAM, *config, "run", f"{address}api/openapi.json", *OPTIONS],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=170,
                check=False,
            )
        finally:
            server.terminate()
    assert checked.returncode == 0, checked.stdout[-8000:]
    assert "10 selected / 10 total" in checked.stdout
