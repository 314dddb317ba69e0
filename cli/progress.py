"""Progress on stderr, only on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from cli.settings import Settings


@contextmanager
def progress(
    settings: Settings, what: str, *, total: int | None, unit: Literal["records", "bytes"] = "records"
) -> Iterator[Callable[[int], object]]:
    """Show a bar with count and time left; yields a function to be told how much more is done."""
    if not settings.progress():
        yield lambda _: None
        return
    from rich import progress as bars
    from rich.console import Console

    count = bars.DownloadColumn() if unit == "bytes" else bars.MofNCompleteColumn()
    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(),
        count,
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, advance=done)
