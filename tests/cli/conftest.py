"""A catalogue of the bundled sample, made once."""

from pathlib import Path

import pytest

from tests.cli.runs import SAMPLE, Run, run_on


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    result = run_on(folder)("import", str(SAMPLE))
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="session")
def run(sample_folder: Path) -> Run:
    """Run a command on the sample's catalogue; for reading only."""
    return run_on(sample_folder)


@pytest.fixture
def run_new(tmp_path: Path) -> Run:
    """Run a command on a catalogue of the test's own, not there yet."""
    return run_on(tmp_path / "catalogue")
