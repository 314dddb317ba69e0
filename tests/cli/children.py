"""The real command in a process of its own, to be killed, to be measured, to run beside another."""

import os
import signal
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_PEERLIT = "import sys; from cli import main; sys.exit(main())"


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    """Start a command on a catalogue, in a process group of its own."""
    return start_python(_PEERLIT, "--catalog", str(folder), *args)


def start_python(code: str, *args: str) -> subprocess.Popen[str]:
    """Start a program that imports from the checkout, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a command; return its exit code, its output and what it said on stderr."""
    out, err = process.communicate()
    return process.returncode, out, err


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a command and all it started, unless it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
