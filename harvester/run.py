"""One run of one source: from the last checkpoint or watermark, page by page, to an honest end."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from catalog.errors import IncompleteSource, StoreError
from catalog.record import Remark
from harvester.protocol import Begun, Figures, Page, Sink, Source, Status

# VuFind counts records whose driver cannot give them as XML (module/VuFind/src/VuFind/OAI/Server.php).
_COUNTED_BUT_NOT_SENT = 0.01


class Traffic(Protocol):
    """What the client counts; see harvester.http."""

    requests: int
    retries: int


class Progress(NamedTuple):
    """How far a run has come: `received` in all, `announced` so far, and the figures of the last page."""

    received: int
    announced: int | None
    page: Figures


class Prospect(NamedTuple):
    """Where a run would begin: at `since`, or where `broken_off` stopped."""

    since: str | None
    until: str | None
    broken_off: Begun | None


def prospect(source: Source, sink: Sink, *, full: bool = False) -> Prospect:
    """Look where a harvest of that request would begin; `full`: from the beginning, whatever was before."""
    wanted, until = source.request.get("from"), source.request.get("until")
    if full:
        return Prospect(wanted, until, None)
    broken_off = sink.unfinished(source.name, source.request)
    if broken_off is not None:
        return Prospect(broken_off.since, broken_off.until, broken_off)
    complete = sink.last(source.name, source.request, "complete")
    return Prospect((complete and complete.watermark) or wanted, until, None)


def harvest(
    source: Source,
    sink: Sink,
    traffic: Traffic,
    *,
    full: bool = False,
    planned: tuple[int, int] = (0, 0),
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[Progress], None] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Begun:
    """Harvest a source into a sink and return the run as it ended, complete or incomplete.

    Goes on with a run of the same request that was broken off, else begins at the watermark of the last
    complete one; `full`: from the beginning. `planned`: the requests, and tries again, that its plan took
    already. `stopping` is asked after each page. Whatever is raised, the
    run has ended as interrupted or failed and every page before is kept: KeyboardInterrupt when stopped,
    SourceError when the other side failed, IncompleteSource when it broke off.
    """
    start = prospect(source, sink, full=full)
    number = _begin(source, sink, start)
    walk = _Walk(sink, traffic, clock, number, start.broken_off)
    walk.spent(*planned)
    try:
        for page in source.pages(start.since, start.until, walk.checkpoint):
            figures = walk.keep(page)
            if progress is not None:
                progress(Progress(walk.received, page.announced, figures))
            if page.resume is not None:
                _heed(stopping)
    except KeyboardInterrupt:
        sink.finish(number, "interrupted", f"interrupted after {walk.received:,} records")
        raise
    except StoreError:  # another process may be going on with this very run: it is not ours to end
        raise
    except Exception as error:
        status: Status = "incomplete" if isinstance(error, IncompleteSource) else "failed"
        with suppress(StoreError):  # the first error is the one to tell
            sink.finish(number, status, str(error) or type(error).__name__)
        raise
    status, message, remarks = _verdict(source, sink, walk, start)
    watermark = walk.watermark if status == "complete" else None
    return sink.finish(number, status, message, watermark=watermark, remarks=remarks)


def _begin(source: Source, sink: Sink, start: Prospect) -> int:
    if start.broken_off is not None:
        return sink.resume(start.broken_off.id).id
    return sink.begin(
        source.name,
        kind=source.kind,
        location=source.location,
        request=source.request,
        since=start.since,
        until=start.until,
    )


def _heed(stopping: Callable[[], bool]) -> None:
    if stopping():
        raise KeyboardInterrupt


class _Walk:
    """What adds up over the pages of one run."""

    def __init__(
        self, sink: Sink, traffic: Traffic, clock: Callable[[], float], number: int, before: Begun | None
    ) -> None:
        self._sink, self._traffic, self._clock = sink, traffic, clock
        self.number = number
        self._requests, self._retries = traffic.requests, traffic.retries
        self._since = clock()
        self.checkpoint = before.checkpoint if before else None
        self.received = before.counts.received if before else 0
        self.announced: int | None = None
        self.watermark: str | None = None
        self.remarks = list(before.remarks) if before else []

    def spent(self, requests: int, retries: int) -> None:
        """Count what was asked before, with the first page."""
        self._requests -= requests
        self._retries -= retries

    def keep(self, page: Page) -> Figures:
        """Hand a page to the sink, with what it cost."""
        now, requests, retries = self._clock(), self._traffic.requests, self._traffic.retries
        figures = self._sink.page(
            self.number,
            page.raws,
            page.resume,
            after=self.checkpoint,
            announced=page.announced,
            remarks=page.remarks,
            requests=requests - self._requests,
            retries=retries - self._retries,
            seconds=now - self._since,
            server=page.server,
        )
        self._requests, self._retries, self._since = requests, retries, now
        self.checkpoint = page.resume
        self.received += figures.received
        self.announced = page.announced
        self.watermark = page.watermark
        self.remarks += page.remarks
        return figures


def _verdict(
    source: Source, sink: Sink, walk: _Walk, start: Prospect
) -> tuple[Status, str, Sequence[Remark]]:
    """Judge a run that was walked to its end: complete, or what is missing."""
    short = _missing("short", walk.remarks)
    if any(remark.kind == "gap" for remark in walk.remarks):
        missing = _missing("gap", walk.remarks) + short
        return "incomplete", f"{missing:,} records or more are missing: see the remarks", ()
    notes = _unseen(source, sink, walk, start)
    if short and _short_as_before(source, sink, walk, start, short):
        text = f"the source announces {short:,} records more than it sends, now and in the run before"
        return "complete", "walked to its end", [Remark("note", text), *notes]
    if not short:
        return "complete", "walked to its end", notes
    return "incomplete", f"{short:,} of the records announced were not sent", ()


def _unseen(source: Source, sink: Sink, walk: _Walk, start: Prospect) -> list[Remark]:
    """Note what a run from the beginning did not bring again: it stays, for nobody said it is gone.

    DOAJ's free feed leaves out for 30 days what was edited, and its API tells of nothing that was withdrawn.
    """
    if start.since != source.request.get("from"):
        return []
    unseen = sink.unseen(walk.number)
    text = (
        f"{unseen:,} records of earlier runs are not listed now; they stay, for none was said to be deleted"
    )
    return [Remark("note", text)] if unseen else []


def _short_as_before(source: Source, sink: Sink, walk: _Walk, start: Prospect, short: int) -> bool:
    """Tell whether the run before ended as this one, a little short of what was announced."""
    before = sink.last(source.name, source.request, "incomplete")
    return (
        before is not None
        and before.since == start.since  # a complete run in between has moved it
        and walk.announced is not None
        and short <= _COUNTED_BUT_NOT_SENT * walk.announced
        and not any(remark.kind == "gap" for remark in before.remarks)
        and _missing("short", before.remarks) == short
    )


def _missing(kind: str, remarks: Iterable[Remark]) -> int:
    return sum(remark.missing for remark in remarks if remark.kind == kind)
