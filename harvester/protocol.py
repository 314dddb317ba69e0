"""What a harvest is made of: a Source gives pages, a Sink keeps them, `harvester.run` moves them.

The sink keeps a page and where to go on in one transaction, so that a run killed at any moment goes on with
the page after the last one kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from catalog.record import RawRecord, Remark

Status = Literal["complete", "incomplete", "interrupted", "failed"]


class Page(NamedTuple):
    """What is taken in at once.

    `resume` is all that the same source, made anew from the same request, needs to go on after this page: an
    opaque text; None after the last page. `announced`: how many records the whole harvest has, as far as the
    source has said so far. `watermark`: if this is the last page, and the run complete, the next one may
    begin here, inclusive; None where the source cannot be asked for what is new. `server`: what the other
    side said of itself, once.
    """

    raws: Sequence[RawRecord]
    resume: str | None
    announced: int | None = None
    watermark: str | None = None
    remarks: Sequence[Remark] = ()
    server: str | None = None


class Plan(NamedTuple):
    """What a harvest is going to do: in words which way and why, and how much there is to fetch.

    `requests` that are still to be made for `records`; None where the other side does not tell.
    """

    way: str
    records: int | None
    requests: int | None


class Source(Protocol):
    """A place records are harvested from, and what is asked of it.

    `kind` and `request` are enough to make the source anew (`harvester.sources`): equal requests at an equal
    location are one harvest that goes on from its watermark. `request` holds no dates and no secrets.
    """

    name: str
    kind: str
    location: str
    request: Mapping[str, str]

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Ask how much there is."""
        ...

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield the pages from the beginning, or after the page that `resume` came with.

        `since` and `until` are inclusive: dates as the user or the last watermark gave them, UTC. Raises
        SourceError when it cannot go on; what was yielded is kept.
        """
        ...


class Figures(Protocol):
    """How many raw records of a page were what; see catalog.store.Counts."""

    @property
    def received(self) -> int:
        """How many raw records."""
        ...

    @property
    def repeated(self) -> int:
        """The same again in one run."""
        ...


class Begun(Protocol):
    """A harvest as the sink knows it; see catalog.store.Harvest."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def since(self) -> str | None:
        """The dates asked for begin here."""
        ...

    @property
    def until(self) -> str | None:
        """And end here."""
        ...

    @property
    def checkpoint(self) -> str | None:
        """Where to go on."""
        ...

    @property
    def watermark(self) -> str | None:
        """Where the next run may begin."""
        ...

    @property
    def announced(self) -> int | None:
        """How many records the source said it has."""
        ...

    @property
    def remarks(self) -> Sequence[Remark]:
        """What the report must tell."""
        ...

    @property
    def counts(self) -> Figures:
        """How many of what."""
        ...


class Sink(Protocol):
    """What a harvest is written to; the catalogue is one, tests use a list."""

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
        """Begin a run; return its number."""
        ...

    def resume(self, harvest: int) -> Begun:
        """Go on with a run that was broken off."""
        ...

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
    ) -> Figures:
        """Keep a page and where to go on, as a whole or not at all.

        `after` is the checkpoint this run last kept; when another process has kept a later one meanwhile,
        StoreError is raised and nothing kept.
        """
        ...

    def finish(
        self,
        harvest: int,
        status: Status,
        message: str | None = None,
        *,
        watermark: str | None = None,
        remarks: Sequence[Remark] = (),
    ) -> Begun:
        """End a run; return it as it stands."""
        ...

    def unseen(self, harvest: int) -> int:
        """Count what only earlier runs of the same request brought, and nobody said is gone."""
        ...

    def unfinished(self, source: str, request: Mapping[str, str]) -> Begun | None:
        """Return the last run of that request if it was broken off and can go on."""
        ...

    def last(self, source: str, request: Mapping[str, str], status: Status) -> Begun | None:
        """Return the last run of that request that ended so."""
        ...
