"""What a harvest says on its way when nobody looks at a terminal."""

from types import SimpleNamespace

import pytest

from catalog.store.report import duration
from cli.harvesting.progress import line, progress
from cli.settings import Settings
from harvester.run import Progress


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (200, "3 min 20 s"),
        (3_600, "1 h"),
        (47_100, "13 h 5 min"),
        (183_600, "2 d 3 h"),
    ],
)
def test_durations(seconds: float, written: str) -> None:
    assert duration(seconds) == written


def now(received: int, announced: int | None = None, page: int = 100) -> Progress:
    return Progress(received, announced, SimpleNamespace(received=page, repeated=0))


@pytest.mark.parametrize(
    ("progress", "rate", "written"),
    [
        (now(3_000, 12_000), 100, "3,000 of 12,000 records, 100/s, 1 min 30 s left"),
        (now(3_000), 100, "3,000 records, 100/s"),
        (now(0, 12_000), 0, "0 of 12,000 records, 0/s"),
        (now(13_000, 12_000), 5, "13,000 of 12,000 records, 5/s"),
    ],
)
def test_lines(progress: Progress, rate: float, written: str) -> None:
    assert line(progress, rate) == written


def test_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 1.0, 20.0, 20.0, 21.0, 40.0, 40.0])
    with progress(Settings(), "x", clock=lambda: next(times)) as told:
        for received in (600, 700, 800, 900):  # it goes on after 500
            told(now(received, 1_000))
    assert capsys.readouterr().err.splitlines() == [
        "x: 700 of 1,000 records, 10/s, 30 s left",
        "x: 900 of 1,000 records, 10/s, 10 s left",
    ]


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Settings(quiet=True), "x", clock=lambda: 0.0) as told:
        told(now(1))
    assert capsys.readouterr().err == ""
