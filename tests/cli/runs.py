"""Run commands on a catalogue as a user types them, in this process."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from cli.main import app

SAMPLE = Path(__file__).resolve().parents[2] / "cli" / "sample"

Run = Callable[..., Result]


def run_on(folder: Path) -> Run:
    """Return a function that runs a command on that catalogue; an exception of ours is raised on."""

    def run(*args: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, ["--catalog", str(folder), *args], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
