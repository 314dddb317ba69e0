"""What holds for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Where a run decides over a change, it must decide alike twice; at a desk every run looks somewhere else.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Whoever runs the tests may have a configuration of their own.
os.environ.pop("PEERLIT_CONFIG", None)
os.environ["XDG_CONFIG_HOME"] = "/nonexistent"


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a catalogue as `peerlit demo` makes it; nobody may write to it."""
    from cli.main import app

    folder = tmp_path_factory.mktemp("demo") / "catalogue"
    app.main(["demo", str(folder)], standalone_mode=False)
    return folder
