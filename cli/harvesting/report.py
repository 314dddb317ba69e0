"""The report of a harvest: in a line, as JSON."""

from collections.abc import Iterable

from catalog.store import Harvest, Rejected
from catalog.store.report import reasons

_FIGURES = ("new", "changed", "unchanged", "deleted", "rejected", "repeated", "outdated")


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


def as_json(run: Harvest, rejected: Iterable[Rejected]) -> dict[str, object]:
    """Return everything known of a run, for machines."""
    known = run._asdict()
    known["counts"] = run.counts._asdict()
    known["request"] = dict(run.request)
    known["remarks"] = [remark._asdict() for remark in run.remarks]
    known["complete"] = run.status == "complete"
    known["rejections"] = dict(reasons(rejected))
    del known["checkpoint"]  # of use to the harvester alone
    return known
