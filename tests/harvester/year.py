"""A year in the life of DOAJ, harvested now and then: what the catalogue lacks after every complete run.

A run has seen what the server had to show both when it began and when it ended. `lost` is what was ever
seen alive and is not in the catalogue, `stale` what is there in an older version than was ever seen,
`wrongly_deleted` what is a deletion here and alive there.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from catalog.normalize.classes import set_spec
from catalog.store import Catalog, open_catalog
from cli.loopback.answer import Answer
from cli.loopback.shelf import Item
from harvester.doaj.api import ApiSource
from harvester.doaj.feed import feed
from harvester.http import Client, Manners
from harvester.protocol import Page, Source
from harvester.run import harvest
from tests.provider.articles import stamp
from tests.provider.transport import transport
from tests.provider.world import World

DAYS = 365
REINDEXED = (70, 200, 300)
"""The days of the year on which half of all articles are saved again, in one second."""

ENDS = ("stopped", "killed before", "killed after")
"""How a run can end at a page: a clean stop, or killed before or after that page was kept."""

_BASE = "https://doaj.example"
_EVERYTHING = "id.exact:[0 TO g]"
_HELD = (
    "SELECT raw.identifier, raw.datestamp, raw.deleted, payload.bytes FROM raw "
    "JOIN payload ON payload.id = raw.payload_id"
)

Watermark = Callable[[World], str]
"""Where a naive harvester begins its next run, as it thinks at the end of one."""

NAIVE: Mapping[str, Watermark] = {
    "the time of the run": lambda world: stamp(world.clock()),
    "the day before the run": lambda world: stamp(world.clock() - timedelta(days=1)),
}


class _Held(NamedTuple):
    datestamp: str
    deleted: bool
    payload: bytes


class Verdict(NamedTuple):
    """What is wrong after a complete run."""

    lost: int = 0
    stale: int = 0
    wrongly_deleted: int = 0


@dataclass
class Reader:
    """One catalogue that is to have what one request gives; `way` is `feed` or `api`.

    `captions` are the classes asked for, none of them for all there is. `living`: how likely something
    happens between two requests. `watermark`: what takes the place of ours.
    """

    folder: Path
    world: World
    captions: Sequence[str] = ()
    way: str = "feed"
    key: str | None = None
    watermark: Watermark | None = None
    living: float = 0.0
    verdicts: list[Verdict] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.world.seed)
        self._newest: dict[str, Item] = {}  # as it was ever seen
        self._began: dict[str, Item] | None = None

    @property
    def unfinished(self) -> bool:
        """Tell whether the last run broke off."""
        return self._began is not None

    @property
    def seen(self) -> int:
        """How many records were ever seen."""
        return len(self._newest)

    def run(self, *, at_page: int = 0, end: str = "") -> None:
        """Harvest, to the end or to a page."""
        if self._began is None:
            self._began = self._shown()
        manners, secrets = Manners(agent="a-year", gap=0), {"api_key": self.key} if self.key else {}
        with (
            open_catalog(self.folder, mode="create") as catalog,
            Client(manners, secrets=secrets, transport=transport(self._respond)) as client,
        ):
            sink = _Mortal(catalog, at_page, end)
            try:
                run = harvest(self._source(client), sink, client.traffic, stopping=sink.stopping)
            except (KeyboardInterrupt, _Killed):
                self.endings.append(end)
                return
        self.endings.append(run.status)
        if run.status == "complete":
            self.verdicts.append(self._verdict(self._began))
        self._began = None

    def _source(self, client: Client) -> Source:
        source: Source
        if self.way == "api":
            source = ApiSource(client, _BASE, query=_EVERYTHING, now=self.world.clock)
        else:
            source = feed(client, _BASE, sets=[set_spec(caption) for caption in self.captions])
        return source if self.watermark is None else _naive(source, self.world, self.watermark)

    def _respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        answer = self.world.respond(path, query, headers)
        if self.living:
            self.world.clock.forward(seconds=2)
            if self.chance.random() < self.living:
                self.chance.choice((self.world.add, self.world.edit, self.world.edit, self.world.withdraw))()
        return answer

    def _shown(self) -> dict[str, Item]:
        """Return what the server has to show now to one who asks for all of the request."""
        items = self.world.items()
        if self.way == "api":
            return {key: item for key, item in items.items() if not item.deleted}
        delay = self.world.delay if self.key is None else None
        latest = stamp(self.world.clock() - (delay or timedelta()))
        return {key: item for key, item in items.items() if item.updated <= latest and self._wants(item)}

    def _wants(self, item: Item) -> bool:
        return not self.captions or any(label.removeprefix("LCC:") in self.captions for label in item.labels)

    def _verdict(self, began: Mapping[str, Item]) -> Verdict:
        """Compare the catalogue with what was seen so far."""
        ended, held, truth = self._shown(), self._held(), self.world.truth()
        self._newest |= {key: item for key, item in began.items() if ended.get(key) is item}
        lost = sum(key not in held for key, item in self._newest.items() if not item.deleted)
        pairs = [(item, held[key]) for key, item in self._newest.items() if key in held]
        stale = sum(not _is_up_to_date(item, of) for item, of in pairs)
        wrong = sum(deleted and truth[key] is not None for key, (_, deleted, _) in held.items())
        return Verdict(lost, stale, wrong)

    def _held(self) -> dict[str, _Held]:
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite")) as database:
            rows = database.execute(_HELD).fetchall()
        return {row[0].rpartition(":")[2]: _Held(row[1], bool(row[2]), row[3]) for row in rows}


def live(world: World, readers: Sequence[Reader], *, every: int, troubled: float = 0.0) -> None:
    """Live through a year; all harvest every so many days, what breaks off goes on the next day.

    `troubled`: how likely a run breaks off at one of its first pages.
    """
    for day in range(1, DAYS + 1):
        world.day()
        if day in REINDEXED:
            world.reindex()
        for reader in readers:
            if reader.unfinished or day % every == 0:
                breaks = reader.chance.random() < troubled
                page, end = reader.chance.randint(1, 8), reader.chance.choice(ENDS)
                reader.run(at_page=page if breaks else 0, end=end if breaks else "")


def _is_up_to_date(seen: Item, held: _Held) -> bool:
    datestamp, deleted, payload = held
    if datestamp != seen.updated:
        return datestamp > seen.updated  # changed while it was harvested
    if seen.deleted or deleted:
        return seen.deleted == deleted
    if payload.startswith(b"{"):
        return bool(msgspec.json.decode(payload)["bibjson"] == seen.article["bibjson"])
    return payload == seen.record("oai_doaj")


def _naive(source: Source, world: World, watermark: Watermark) -> Source:
    """Let a source leave another watermark."""
    pages = source.pages

    def with_watermark(since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        for page in pages(since, until, resume):
            yield page if page.resume else page._replace(watermark=watermark(world))

    source.pages = with_watermark  # type: ignore[method-assign]  # of this one alone
    return source


class _Killed(BaseException):
    """The process ends here: nobody may catch it."""


class _Mortal:
    """A catalogue in a process that ends at a page, in one of the ways of ENDS."""

    def __init__(self, catalog: Catalog, at_page: int, end: str) -> None:
        self._catalog, self._left, self._end = catalog, at_page, end

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a catalogue has
        return getattr(self._catalog, name)

    def stopping(self) -> bool:
        return self._end == "stopped" and self._left == 0

    def page(self, *args: Any, **told: Any) -> Any:  # noqa: ANN401 - as above
        self._left -= 1
        if self._end == "killed before" and self._left == 0:
            raise _Killed
        figures = self._catalog.page(*args, **told)
        if self._end == "killed after" and self._left == 0:
            raise _Killed
        return figures
