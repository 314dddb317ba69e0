"""A DOAJ that lives: articles come, are edited, re-classed with their journals, re-indexed and withdrawn.

Everything moves by one clock and one seed, so that a year of harvests can be lived through in a second.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from cli.loopback.answer import Answer
from cli.loopback.article_xml import Json
from cli.loopback.provider import MONTH, Provider
from cli.loopback.shelf import Item
from tests.provider.articles import articles, journal_class, stamp


@dataclass
class Clock:
    """The time of the world, UTC; set or moved by the test alone."""

    at: datetime = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> datetime:
        """Move on by days, hours, seconds."""
        self.at += timedelta(**by)
        return self.at


@dataclass
class World:
    """Begin with `size` articles; `day()` lives one more day. Answer as DOAJ does, as of the clock."""

    size: int = 500
    seed: int = 0
    clock: Clock = field(default_factory=Clock)
    page_size: int = 300
    delay: timedelta | None = MONTH
    events: list[tuple[str, str, str]] = field(default_factory=list)
    """Date, what happened (`added`, `edited`, `withdrawn`, `re-classed`, `re-indexed`), identifier."""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._unborn = self._births()
        self._items: dict[str, Item] = {}
        for _ in range(self.size):
            article = next(self._unborn)
            self._items[article["id"]] = Item(article)
        self._provider: Provider | None = None

    def _births(self) -> Iterator[Json]:
        """Yield articles without end, a batch at a time."""
        yield from articles(self.size, seed=self.seed)
        for batch in count(1):
            yield from articles(500, seed=(self.seed + 1) * 10_000 + batch)

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        """Answer as DOAJ would at this moment."""
        if self._provider is None:
            self._provider = Provider(
                self._items.values(),
                now=self.clock,
                page_size=self.page_size,
                delay=self.delay,
                keys=("key",),
            )
        return self._provider.respond(path, query, headers)

    def truth(self) -> dict[str, str | None]:
        """Return what there is now: identifier to last change; None for what is withdrawn."""
        return {item.id: None if item.deleted else item.updated for item in self._items.values()}

    def items(self) -> dict[str, Item]:
        """Return all there is now by identifier; what changes later is another item."""
        return dict(self._items)

    def visible(self) -> dict[str, str | None]:
        """Return what the feed lists for those without a key: what changed within the delay is absent."""
        latest = stamp(self.clock() - (self.delay or timedelta()))
        known = self.truth()
        return {item.id: known[item.id] for item in self._items.values() if item.updated <= latest}

    def sets(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the sets that each live article is in now."""
        return {item.id: item.labels for item in self._items.values() if not item.deleted}

    def day(
        self, *, added: int = 3, edited: int = 2, withdrawn: float = 0.3, reclassed: float = 0.05
    ) -> None:
        """Live a day: so many of each, fractions by chance; the events are spread over it."""
        end = self.clock() + timedelta(days=1)
        doings: list[tuple[Callable[[], object], float]] = [
            (self.add, added),
            (self.edit, edited),
            (self.withdraw, withdrawn),
            (self.reclass, reclassed),
        ]
        due = [doing for doing, often in doings for _ in range(self._times(often))]
        self._chance.shuffle(due)
        for number, doing in enumerate(due):
            self.clock.at = end - timedelta(days=1) * (len(due) - number) / (len(due) + 1)
            doing()
        self.clock.at = end

    def add(self) -> str:
        """Add an article, created now."""
        now = stamp(self.clock())
        return self._put({**next(self._unborn), "created_date": now, "last_updated": now}, "added")

    def edit(self, identifier: str | None = None) -> str:
        """Edit an article: it has a new datestamp, and leaves the capped feed until it is old enough."""
        article = self._pick(identifier)
        bib = {**article["bibjson"], "title": f"{article['bibjson']['title']} (corrected)"}
        return self._put({**article, "bibjson": bib, "last_updated": stamp(self.clock())}, "edited")

    def withdraw(self, identifier: str | None = None) -> str:
        """Withdraw an article: a tombstone with a new datestamp stays."""
        gone = {**self._pick(identifier), "admin": {"in_doaj": False}, "last_updated": stamp(self.clock())}
        return self._put(gone, "withdrawn")

    def reclass(self, title: str | None = None) -> list[str]:
        """Give a journal another class: its articles get it and a new datestamp; no deletion tells of it."""
        journal = title or self._pick(None)["bibjson"]["journal"]["title"]
        subject, now = [journal_class(self._chance.randrange(7))], stamp(self.clock())
        moved = [article for article in self._living() if article["bibjson"]["journal"]["title"] == journal]
        return [
            self._put(
                {**article, "bibjson": {**article["bibjson"], "subject": subject}, "last_updated": now},
                "re-classed",
            )
            for article in moved
        ]

    def reindex(self, share: float = 0.5) -> list[str]:
        """Save a share of all articles again on one second."""
        chosen = [article for article in self._living() if self._chance.random() < share]
        now = stamp(self.clock())
        return [self._put({**article, "last_updated": now}, "re-indexed") for article in chosen]

    def _put(self, article: Json, event: str) -> str:
        self._items[article["id"]] = Item(article)
        self.events.append((article["last_updated"], event, article["id"]))
        self._provider = None
        return str(article["id"])

    def _pick(self, identifier: str | None) -> Json:
        return self._items[identifier].article if identifier else self._chance.choice(self._living())

    def _living(self) -> list[Json]:
        return [item.article for item in self._items.values() if not item.deleted]

    def _times(self, often: float) -> int:
        return int(often) + (self._chance.random() < often % 1)
