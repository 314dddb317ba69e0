"""The group: help, unknown commands, the catalogue's place, completion, the demo, interrupts and pipes."""

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from cli.caret import underline
from cli.columns import columns
from cli.main import COMMANDS, app
from tests.cli.runs import SAMPLE

# Tests may run where Ctrl-C is ignored, as in the background of a script, and children inherit that.
_LISTEN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
_RUN = "import sys; from cli.main import main; sys.exit(main())"
PEERLIT = (sys.executable, "-c", f"{_LISTEN}; {_RUN}")
ROOT = Path(__file__).resolve().parents[2]


def start(*args: str, cwd: Path, **env: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*PEERLIT, *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def typed(*args: str, cwd: Path, **env: str) -> tuple[int, str, str]:
    process = start(*args, cwd=cwd, **env)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def wait_until_read(pipe: BinaryIO) -> None:
    """Wait until the other end has taken everything, and so waits for more."""
    for _ in range(600):
        if struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0] == 0:
            return
        time.sleep(0.05)
    raise AssertionError("nobody reads the pipe")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page(name: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: peerlit {name}") or f" {name} " in result.output.splitlines()[0]


def test_an_unknown_command_names_a_near_one(tmp_path: Path) -> None:
    code, _, err = typed("serach", cwd=tmp_path)
    assert code == 2
    assert "Did you mean 'search'?" in err


def test_the_catalogue_is_named_by_the_option_before_the_environment(tmp_path: Path) -> None:
    sample = str(SAMPLE / "catalogue-page.txt")
    assert typed("import", sample, cwd=tmp_path, PEERLIT_CATALOG="by-name")[0] == 0
    assert (tmp_path / "by-name" / "catalogue.sqlite").exists()
    assert typed("--catalog", "other", "stats", cwd=tmp_path, PEERLIT_CATALOG="by-name")[0] == 2


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    typed("--catalog", "c", "import", str(SAMPLE), cwd=tmp_path)
    process = start("--catalog", "c", "search", "-f", "jsonl", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()


def test_an_interrupted_import_says_so_and_goes_on_when_repeated(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.mrc"
    os.mkfifo(fifo)
    process = start("--catalog", "c", "import", str(fifo), cwd=tmp_path)
    with fifo.open("wb") as pipe:
        pipe.write((SAMPLE / "loc-peer-support.mrc").read_bytes())
        pipe.flush()
        wait_until_read(pipe)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    fifo.unlink()
    shutil.copy(SAMPLE / "loc-peer-support.mrc", fifo)
    assert "40 received" in typed("--catalog", "c", "import", str(fifo), cwd=tmp_path)[2]
    assert typed("--catalog", "c", "search", "--count", cwd=tmp_path)[1] == "40\n"


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "compdef"), ("fish", "complete")]
)
def test_completion_scripts(shell: str, mark: str) -> None:
    assert mark in CliRunner().invoke(app, ["completion", shell]).output


def test_completion_knows_commands_and_columns(tmp_path: Path) -> None:
    asked = {
        "_PEERLIT_COMPLETE": "bash_complete",
        "COMP_WORDS": "peerlit search --fields title,d",
        "COMP_CWORD": "3",
    }
    assert "title,doi" in typed(cwd=tmp_path, **asked)[1]


def test_the_demo_shows_all_of_it(tmp_path: Path) -> None:
    code, out, err = typed("demo", cwd=tmp_path)
    assert code == 0, err
    assert out.count("$ peerlit ") >= 5
    assert (tmp_path / "peerlit-demo" / "review.bib").read_text(encoding="utf-8").count("\n@") >= 10
    code, _, err = typed("demo", cwd=tmp_path)
    assert code == 2
    assert "exists already" in err


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("a AND", 2, "  a AND\n    ^"),
        ("統計 (", 3, "  統計 (\n       ^"),
        ("e\u0301t\tx", 4, "  e\u0301t x\n     ^"),
    ],
)
def test_the_caret_stands_under_the_place(text: str, position: int, expected: str) -> None:
    assert underline(text, position) == expected


def test_the_caret_of_a_long_query_is_in_sight() -> None:
    shown, caret = underline("x " * 500 + ")", 1000).splitlines()
    assert columns(caret) == columns(shown)
    assert columns(shown) < 90
