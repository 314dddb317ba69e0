"""The report of a harvest: in a line, in a table, as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from catalog.store import Harvest, Rejected
from cli.harvesting.progress import duration

_FIGURES = ("new", "changed", "unchanged", "deleted", "rejected", "repeated", "outdated")
_REASONS_SHOWN = 10


def summary(run: Harvest) -> str:
    """Write a run in one line: what came of it, and whether that is all."""
    counts = run.counts
    figures = [f"{number:,} {what}" for what in _FIGURES if (number := getattr(counts, what))]
    of = f" of {run.announced:,}" if run.announced not in (None, counts.received) else ""
    hint = f" (peerlit rejects --source {run.source})" if counts.rejected else ""
    return (
        f"{run.source}: harvest {run.id} {run.status}: {counts.received:,}{of} received: "
        f"{', '.join(figures) or 'nothing'}{hint}"
    )


def remarks(run: Harvest) -> Iterator[str]:
    """Yield what is to be said beside the figures, a line each; equal ones once."""
    for remark, times in Counter(run.remarks).items():
        label = {"note": "note", "short": "missing", "gap": "missing"}[remark.kind]
        yield f"{label}: {remark.text}" + (f" ({times:,} times)" if times > 1 else "")


def as_json(run: Harvest, rejected: Iterable[Rejected]) -> dict[str, object]:
    """Return everything known of a run, for machines."""
    known = run._asdict()
    known["counts"] = run.counts._asdict()
    known["request"] = dict(run.request)
    known["remarks"] = [remark._asdict() for remark in run.remarks]
    known["complete"] = run.status == "complete"
    known["rejections"] = dict(_reasons(rejected))
    del known["checkpoint"]  # of use to the harvester alone
    return known


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
    reasons = _reasons(rejected)
    for reason, number in list(reasons.items())[:_REASONS_SHOWN]:
        yield "rejected", f"{number:,}: {reason}"
    if len(reasons) > _REASONS_SHOWN:
        yield "rejected", f"… and {len(reasons) - _REASONS_SHOWN} more reasons (--json shows all)"


def _reasons(rejected: Iterable[Rejected]) -> Mapping[str, int]:
    return dict(Counter(each.reason for each in rejected).most_common())
