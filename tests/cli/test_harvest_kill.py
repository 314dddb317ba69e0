"""A harvest killed again and again, and typed again, leaves what an uninterrupted one leaves."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import Popen

import pytest

from catalog.store import open_catalog
from tests.catalog.store.canonical import Contents, contents
from tests.cli.children import finish, kill, start
from tests.cli.harvesting import Served, Slow, served, write_dump

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here"),
]

KILLS = 20
DELAY = 0.02


@pytest.fixture(scope="module")
def provider() -> Iterator[Served]:
    with served(3000, delay=DELAY) as found:
        yield found


def killed_until_done(
    folder: Path, command: Sequence[str], chance: random.Random, server: Slow | None = None
) -> int:
    """Type a command again and again, killing it so many times, then to its end; return the kills."""
    kills, process = 0, start(folder, *command)
    while kills < KILLS:
        wait_somewhere(process, chance, server)
        if process.poll() is not None:
            break
        kill(process)
        kills, process = kills + 1, start(folder, *command)
    code, _, err = finish(process)
    assert code == 0, err
    return kills


def wait_somewhere(process: Popen[str], chance: random.Random, server: Slow | None) -> None:
    """Wait for one of the next requests and a little more; or, without a server, for a while."""
    if server is None:
        time.sleep(chance.uniform(0.2, 1.0))
        return
    enough, end = len(server.asked) + chance.randint(0, 3), time.monotonic() + 10
    while len(server.asked) < enough and process.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 3 * DELAY))


def uninterrupted(folder: Path, command: Sequence[str]) -> Contents:
    code, _, err = finish(start(folder, *command))
    assert code == 0, err
    return contents(folder)


def asked_for(server: Slow, *, since: int = 0) -> tuple[Counter[str], int]:
    """Return how often each page was asked for, and how often the server was asked who it is."""
    asked = [url for url in server.asked[since:] if "verb=Identify" not in url]
    return Counter(asked), len(server.asked) - since - len(asked)


@pytest.mark.parametrize(("way", "seed"), [*(("by_class", seed) for seed in range(5)), ("by_topic", 0)])
def test_killed_anywhere(provider: Served, tmp_path: Path, way: str, seed: int) -> None:
    server, command = provider.server, getattr(provider, way)
    begun = len(server.asked)
    whole = uninterrupted(tmp_path / "whole", command)
    pages, met = asked_for(server, since=begun)
    assert len(whole["record"]) > 1000
    begun = len(server.asked)
    kills = killed_until_done(tmp_path / "killed", command, random.Random(seed), server)
    assert contents(tmp_path / "killed") == whole
    again, met_again = asked_for(server, since=begun)
    assert way == "by_topic" or again.keys() == pages.keys()  # slices of a topic end at the time it begins
    assert sum(again.values()) <= sum(pages.values()) + kills
    assert met_again <= met + kills
    with open_catalog(tmp_path / "killed") as catalog:
        (run, *before) = catalog.harvests()
        assert run.status == "complete"
        assert run.resumptions + len(before) <= kills


def test_a_dump_killed_anywhere(tmp_path: Path) -> None:
    command = write_dump(tmp_path / "dump.tar.gz", 10_000)
    whole = uninterrupted(tmp_path / "whole", command)
    assert len(whole["record"]) == 10_000
    assert killed_until_done(tmp_path / "killed", command, random.Random(0)) > 3
    assert contents(tmp_path / "killed") == whole
