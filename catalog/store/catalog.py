"""The catalogue: what harvests are written to and everything else is read from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from catalog.errors import StoreError
from catalog.record import RawRecord, Remark
from catalog.store import harvests, records
from catalog.store.database import Database, Mode, open_database
from catalog.store.garbage import seldom_collected
from catalog.store.keys import checked_source_name
from catalog.store.listing import Listing
from catalog.store.pages import pages
from catalog.store.past import as_of
from catalog.store.rows import (
    Change,
    Counts,
    Ending,
    Harvest,
    Rejected,
    Rereading,
    Revision,
    Statistics,
    Status,
    StoredRaw,
    StoredRecord,
)
from catalog.store.searches import Searches
from catalog.store.stamp import Stamp, stamp
from catalog.store.statistics import statistics

if TYPE_CHECKING:
    from catalog.store.crosswalks import Crosswalks
    from catalog.store.intake import Intake


def open_catalog(
    folder: Path,
    *,
    mode: Mode = "read",
    crosswalks: "Crosswalks | None" = None,
    timeout: float = 10.0,
    shared: bool = False,
) -> "Catalog":
    """Open the catalogue in a folder; `create` makes it where there is none.

    `crosswalks`: what reads raw records, those of the registry when None. `timeout`: seconds to wait while
    another process writes. `shared`: threads may hand the catalogue on to each other, one using it at a time.
    Any number may read while one writes; several that write take turns page by page.
    Raises StoreError when there is no catalogue or it cannot be used, SchemaTooNew, CatalogueBusy.
    """
    return Catalog(open_database(folder, mode, timeout=timeout, shared=shared), crosswalks)


class Catalog:
    """One folder of records, with what they were made of and how they came.

    Every method may raise StoreError.
    """

    def __init__(self, database: Database, crosswalks: "Crosswalks | None" = None) -> None:
        self._database = database
        self._crosswalks = crosswalks

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    @property
    def folder(self) -> Path:
        """The folder the catalogue is in."""
        return self._database.path.parent

    # Harvests

    def source_at(self, name: str, *, kind: str, location: str) -> str:
        """Return the name of the source at a place: `name`, numbered when a source elsewhere has it.

        Two libraries' `export.mrc` must not become one source, or the records of the second would replace
        those of the first. The name is taken at once, also against a process that asks in the same moment.
        """
        return harvests.take_name(self._database, checked_source_name(name), kind, location)

    def name_at(self, name: str, location: str) -> str:
        """Return the name that `source_at` would, and take nothing."""
        return harvests.name_at(self._database, checked_source_name(name), location)

    def drop_name(self, name: str) -> None:
        """Let go of a name that was taken for a source of which no run began."""
        harvests.drop_name(self._database, name)

    def begin(
        self,
        source: str,
        *,
        kind: str,
        location: str,
        request: Mapping[str, str],
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """Begin a run of a request; return its number.

        A run of that request left over by a killed process is marked interrupted; one that still runs in
        another process will be refused its next page. Raises UsageFault for a name no key could begin with.
        """
        return harvests.begin(
            self._database,
            checked_source_name(source),
            kind=kind,
            location=location,
            request=request,
            since=since,
            until=until,
        )

    def resume(self, harvest: int) -> Harvest:
        """Go on with a run that was broken off. Raises StoreError when it has come to its end."""
        harvests.resume(self._database, harvest)
        return harvests.get(self._database, harvest)

    @seldom_collected()
    def page(
        self,
        harvest: int,
        raws: Sequence[RawRecord],
        checkpoint: str | None = None,
        *,
        after: str | None = None,
        announced: int | None = None,
        remarks: Sequence[Remark] = (),
        requests: int = 0,
        retries: int = 0,
        seconds: float = 0.0,
        server: str | None = None,
    ) -> Counts:
        """Take in a page and where to go on, as a whole or not at all; return how many of what.

        `after` is the checkpoint that the run kept last: when another process has kept a later one, nothing
        is taken in and StoreError raised. What the page cost is added to what the run cost before.
        """
        told = harvests.Progress(checkpoint, announced, remarks, requests, retries, seconds, server)
        with self._database.transaction():
            run = harvests.running(self._database, harvest, after)
            counts = self._intake().take(raws, source_id=run.source_id, harvest_id=harvest)
            harvests.add(self._database, harvest, run, counts, raws, told)
        return counts

    def finish(
        self,
        harvest: int,
        status: Ending,
        message: str | None = None,
        *,
        watermark: str | None = None,
        remarks: Sequence[Remark] = (),
    ) -> Harvest:
        """End a run; return it as it stands.

        Only a complete one has a watermark: the one given, or that of the complete run before, whichever is
        later. One that came to its end, complete or incomplete, cannot be resumed.
        """
        harvests.finish(self._database, harvest, status, message, watermark, remarks)
        return harvests.get(self._database, harvest)

    def unfinished(self, source: str, request: Mapping[str, str]) -> Harvest | None:
        """Return the newest run of a request if it was broken off and has a checkpoint to go on from."""
        return harvests.unfinished(self._database, source, request)

    def last(self, source: str, request: Mapping[str, str], status: Status) -> Harvest | None:
        """Return the newest run of a request that has that status."""
        return harvests.last(self._database, source, request, status)

    def known(self) -> list[Harvest]:
        """Return the newest run of every request, files left out: what an update runs again."""
        return harvests.known(self._database)

    def harvest(self, number: int) -> Harvest:
        """Return a run. Raises NotFound."""
        return harvests.get(self._database, number)

    def unseen(self, harvest: int) -> int:
        """Count the live raw records that only earlier runs of the same request brought.

        After a run from the beginning they may be gone from the source. That is for a report to say: nothing
        missing from a list is ever taken for deleted. What another request brought since is not counted.
        """
        return harvests.unseen(self._database, harvest)

    @seldom_collected()
    def receive(
        self,
        raws: Iterable[RawRecord],
        *,
        source: str,
        kind: str,
        location: str,
        request: Mapping[str, str] | None = None,
        progress: Callable[[Counts], None] | None = None,
    ) -> Harvest:
        """Take in a whole source page by page; return the finished run.

        `progress` hears the figures so far after each page. When the source breaks off (SourceError), what
        came before is kept and the run has failed; on an interrupt it is `interrupted`. Both are raised on.
        """
        harvest = self.begin(source, kind=kind, location=location, request=request or {})
        total = Counts()
        try:
            for page in pages(raws):
                counts = self.page(harvest, page)
                total = Counts(*map(sum, zip(total, counts, strict=True)))
                if progress is not None:
                    progress(total)
        except KeyboardInterrupt:
            self.finish(harvest, "interrupted", "interrupted")
            raise
        except Exception as error:
            with suppress(StoreError):  # the first error is the one to tell
                self.finish(harvest, "failed", str(error) or type(error).__name__)
            raise
        return self.finish(harvest, "complete")

    @seldom_collected()
    def normalise(self, progress: Callable[[int], object] | None = None) -> Rereading:
        """Read again what an older crosswalk read, and what none could; return how many.

        `progress` hears how many so far after each page. May be broken off and repeated at any time.
        """
        from catalog.store.rereading import reread

        return reread(self._database, self._known_crosswalks(), progress)

    def harvests(self, source: str | None = None) -> list[Harvest]:
        """Return the runs, the last first."""
        return harvests.every(self._database, source)

    # Reading

    def get(self, name: str) -> StoredRecord:
        """Return the record of a key, citation key or identifier, in any case of letters. Raises NotFound."""
        return records.get(self._database, name)

    def many(self, keys: Iterable[str]) -> Iterator[StoredRecord]:
        """Iterate over the records of keys, in that order, a few in memory; missing ones are left out."""
        return records.many(self._database, keys)

    def by_citation_key(self, keys: Iterable[str]) -> Iterator[str]:
        """Iterate over keys in the order of the citation keys of their records; missing ones are left out."""
        return records.by_citation_key(self._database, keys)

    def live(self) -> Iterator[StoredRecord]:
        """Iterate over all records that are not deleted, in the order they were added."""
        return records.live(self._database)

    def changes(self, since: int = 0, limit: int | None = None) -> Iterator[Change]:
        """Iterate over the records changed after a revision, in the order of their last change."""
        return records.changes(self._database, since, limit)

    def as_of(self, revision: int, keys: Iterable[str] | None = None) -> Iterator[Change]:
        """Iterate over the records as they were at a revision: those not deleted then, or those of the keys.

        Which sources hold a record, and its citation key, are told as they are now.
        """
        return as_of(self._database, revision, keys)

    @property
    def listing(self) -> Listing:
        """All records that there ever were in the order of their last change."""
        return Listing(self._database)

    @property
    def searches(self) -> Searches:
        """The searches kept under a name, and their runs."""
        return Searches(self._database)

    def revision(self) -> int:
        """Return the number of the last change; 0 for an empty catalogue."""
        return int(self._database.value("SELECT coalesce(max(revision), 0) FROM record"))

    def stamp(self) -> Stamp:
        """Return what is another one after every change, of records, harvests or saved searches."""
        return stamp(self._database)

    def raws(self, key: str) -> list[StoredRaw]:
        """Return what a record was made of, byte for byte; the one shown first."""
        return records.raws(self._database, key)

    def key_at(self, revision: int) -> str | None:
        """Return the key of the record that a revision changed; None when there was no such revision."""
        return records.key_at(self._database, revision)

    def revisions(self, key: str) -> list[Revision]:
        """Return all that a record ever was, the present first."""
        return records.revisions(self._database, key)

    def rejections(self, source: str | None = None, harvest: int | None = None) -> Iterator[Rejected]:
        """Iterate over what cannot be read, in the order it first came: of all, a source, a run."""
        return records.rejections(self._database, source, harvest)

    def payload(self, raw_id: int) -> bytes:
        """Return what a source last sent, byte for byte. Raises NotFound."""
        return records.payload(self._database, raw_id)

    def stats(self) -> Statistics:
        """Count what the catalogue holds."""
        return statistics(self._database)

    def _intake(self) -> "Intake":
        from catalog.store.intake import Intake

        return Intake(self._database, self._known_crosswalks())

    def _known_crosswalks(self) -> "Crosswalks":
        if self._crosswalks is None:
            from catalog.store.crosswalks import registered

            self._crosswalks = registered()
        return self._crosswalks
