"""An import killed at any moment and repeated leaves what an uninterrupted one leaves."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.store import open_catalog
from tests.catalog.store.canonical import Contents, contents

COUNT = 2000

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")


def start(importing: SimpleNamespace, folder: Path) -> subprocess.Popen[bytes]:
    checkout = Path(__file__).parents[3]
    return subprocess.Popen(
        [sys.executable, importing.path, folder, str(COUNT)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )


@pytest.fixture(scope="module")
def uninterrupted(importing: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    folder = tmp_path_factory.mktemp("uninterrupted")
    process = start(importing, folder)
    process.communicate()
    assert process.returncode == 0
    return contents(folder)


def kill_and_repeat(importing: SimpleNamespace, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        process = start(importing, folder)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 40)):
            process.stdout.readline()
        time.sleep(chance.random() * 0.005)  # somewhere within a page
        process.send_signal(signal.SIGKILL)
        process.communicate()
    process = start(importing, folder)
    process.communicate()
    assert process.returncode == 0


def test_six_killed_imports(importing: SimpleNamespace, uninterrupted: Contents, tmp_path: Path) -> None:
    for seed in range(2):
        folder = tmp_path / str(seed)
        kill_and_repeat(importing, folder, seed)
        assert contents(folder) == uninterrupted
        with open_catalog(folder) as catalog:
            statuses = [harvest.status for harvest in catalog.harvests()]
            assert statuses[0] == "complete"
            assert set(statuses[1:]) <= {"interrupted", "complete"}


@pytest.mark.slow
def test_fifty_one_killed_imports(
    importing: SimpleNamespace, uninterrupted: Contents, tmp_path: Path
) -> None:
    for seed in range(100, 117):
        folder = tmp_path / str(seed)
        kill_and_repeat(importing, folder, seed)
        assert contents(folder) == uninterrupted
