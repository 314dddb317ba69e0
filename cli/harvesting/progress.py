"""How far a harvest has come: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from catalog.store.report import duration
from cli.output import say
from cli.settings import Settings
from harvester.run import Progress

_SECONDS_BETWEEN_LINES = 15.0

Told = Callable[[Progress], None]


@contextmanager
def progress(settings: Settings, name: str, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Told]:
    """Yield what is told of every page; it shows records, their total, their rate, and the time left."""
    if settings.quiet:
        yield lambda _: None
    elif settings.progress():
        with _bar(name) as told:
            yield told
    else:
        yield _lines(name, clock)


@contextmanager
def _bar(name: str) -> Iterator[Told]:
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}", markup=False),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, rate="")

        def told(now: Progress) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:,.0f}/s" if speed else ""
            bar.update(task, completed=now.received, total=now.announced, rate=rate)

        yield told


def _lines(name: str, clock: Callable[[], float]) -> Told:
    began = last = clock()
    before: int | None = None

    def told(now: Progress) -> None:
        nonlocal last, before
        if before is None:  # a run that goes on began earlier than its clock
            before = now.received - now.page.received
        if clock() - last >= _SECONDS_BETWEEN_LINES:
            last = clock()
            say(f"{name}: {line(now, (now.received - before) / (last - began))}")

    return told


def line(now: Progress, rate: float) -> str:
    """Write how far it has come; `rate` in records a second."""
    total = "" if now.announced is None else f" of {now.announced:,}"
    left = ""
    if now.announced is not None and rate > 0 and now.announced > now.received:
        left = f", {duration((now.announced - now.received) / rate)} left"
    return f"{now.received:,}{total} records, {rate:,.0f}/s{left}"
