"""Harvests that are stopped by a signal, and two of the same at once."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.store.canonical import contents
from tests.cli.children import finish, start
from tests.cli.harvesting import Served, served

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")

COUNT = 800


@pytest.fixture(scope="module")
def provider() -> Iterator[Served]:
    with served(COUNT, delay=0.1) as found:
        yield found


def wait_for(provider: Served, requests: int) -> None:
    enough, end = len(provider.server.asked) + requests, time.monotonic() + 20
    while len(provider.server.asked) < enough:
        assert time.monotonic() < end, "nothing was asked"
        time.sleep(0.005)


def identifiers(folder: Path) -> set[str]:
    return {row[1] for row in contents(folder)["raw"]}


@pytest.mark.parametrize(
    ("number", "times"),
    [
        (signal.SIGINT, 1),
        (signal.SIGTERM, 2),
        pytest.param(signal.SIGINT, 2, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, 1, marks=pytest.mark.slow),
    ],
)
def test_stopped_it_says_how_to_go_on_and_does(
    provider: Served, tmp_path: Path, number: signal.Signals, times: int
) -> None:
    process = start(tmp_path, *provider.by_class)
    wait_for(provider, 4)
    for _ in range(times):
        process.send_signal(number)
        time.sleep(0.02)
    code, _, err = finish(process)
    assert code == 130, err
    assert "stopping after this page" in err
    assert "the same command goes on where it stopped" in err
    assert "Traceback" not in err
    stopped = len(identifiers(tmp_path))
    assert stopped % 100 == 0
    assert 0 < stopped < COUNT
    code, _, err = finish(start(tmp_path, *provider.by_class))
    assert code == 0, err
    assert f"after {stopped} of {COUNT} records" in err
    assert len(identifiers(tmp_path)) == COUNT


def test_of_two_at_once_nothing_is_lost(provider: Served, tmp_path: Path) -> None:
    first = start(tmp_path, *provider.by_class)
    wait_for(provider, 4)
    second = start(tmp_path, *provider.by_class)
    ends = [finish(first), finish(second)]
    assert sorted(code == 0 for code, _, _ in ends) == [False, True], ends
    refused = next(err for code, _, err in ends if code)
    assert "another" in refused
    assert "nothing is lost" in refused
    assert "Traceback" not in refused
    assert len(identifiers(tmp_path)) == COUNT
