"""What must not be imported when: start-up is felt by every user at every command."""

import subprocess
import sys

import pytest

HEAVY = (
    "httpx",
    "lxml",
    "pymarc",
    "numpy",
    "rapidfuzz",
    "whoosh",
    "rich",
    "stdnum",
    "iso639",
    "pylatexenc",
    "sqlite3",
    "starlette",
    "uvicorn",
    "jinja2",
)


def modules_after(statements: str) -> set[str]:
    code = f"import sys\n{statements}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("heavy", HEAVY)
def test_help_imports_nothing_heavy(heavy: str) -> None:
    assert heavy not in modules_after("from cli.main import main; main(['--help'])")


@pytest.mark.parametrize("heavy", [name for name in HEAVY if name not in ("whoosh", "sqlite3")])
def test_search_imports_nothing_it_does_not_need(heavy: str) -> None:
    assert heavy not in modules_after("import cli.commands.search")
