"""The report of a harvest, as a table of words and figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from catalog.store.rows import Harvest, Rejected

_REASONS_SHOWN = 10


def rows(run: Harvest, rejected: Iterable[Rejected]) -> Iterator[tuple[str, str]]:
    """Yield the report as a table: what, and its value."""
    yield "harvest", str(run.id)
    yield "source", f"{run.source} ({run.kind})"
    yield "server", run.location + (f": {run.server}" if run.server else "")
    for name, value in run.request.items():
        yield f"asked: {name}", value
    yield "from", run.since or "the beginning"
    yield "until", run.until or "now"
    yield "begun", run.started_at
    yield "ended", run.finished_at or "still running, or broken off"
    yield "at work", duration(run.seconds) + (f", resumed {run.resumptions} times" if run.resumptions else "")
    yield "requests", f"{run.requests:,}" + (f", {run.retries:,} of them tries again" if run.retries else "")
    yield "status", run.status + (f": {run.message}" if run.message else "")
    yield "announced", "not told" if run.announced is None else f"{run.announced:,}"
    for name, number in run.counts._asdict().items():
        yield name, f"{number:,}"
    yield "next from", run.watermark or "the beginning"
    for line in remarks(run):
        label, _, text = line.partition(": ")
        yield label, text
    told = reasons(rejected)
    for reason, number in list(told.items())[:_REASONS_SHOWN]:
        yield "rejected", f"{number:,}: {reason}"
    if len(told) > _REASONS_SHOWN:
        yield "rejected", f"… and {len(told) - _REASONS_SHOWN} more reasons"


def remarks(run: Harvest) -> Iterator[str]:
    """Yield what is to be said beside the figures, a line each; equal ones once."""
    for remark, times in Counter(run.remarks).items():
        label = {"note": "note", "short": "missing", "gap": "missing"}[remark.kind]
        yield f"{label}: {remark.text}" + (f" ({times:,} times)" if times > 1 else "")


def reasons(rejected: Iterable[Rejected]) -> Mapping[str, int]:
    """Return why records could not be read, and how many for each reason, the most frequent first."""
    return dict(Counter(each.reason for each in rejected).most_common())


def duration(seconds: float) -> str:
    """Write a length of time in its two largest units: `40 s`, `3 min 20 s`, `13 h 5 min`, `2 d 3 h`."""
    whole = round(seconds)
    for (size, unit), (smaller, rest) in (
        ((86_400, "d"), (3_600, "h")),
        ((3_600, "h"), (60, "min")),
        ((60, "min"), (1, "s")),
    ):
        if whole >= size:
            more = whole % size // smaller
            return f"{whole // size} {unit}" + (f" {more} {rest}" if more else "")
    return f"{whole} s"
