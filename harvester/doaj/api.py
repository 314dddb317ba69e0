"""DOAJ's article API as a source: a query walked slice by slice to its end, not to its thousandth record."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from catalog.record import Remark
from harvester.doaj.answer import PAGE_SIZE, Answer, SearchFailed, read_answer
from harvester.doaj.slices import LIMIT, Slice, clauses
from harvester.doaj.walk import Walk
from harvester.protocol import Page, Plan

if TYPE_CHECKING:
    from harvester.http import Client

_TRIES = 3
_EARLIEST, _LATEST = "2000-01-01", "2999-12-31"

# What was stamped before the first request may still not have been in the index then.
_INDEXED_WITHIN = timedelta(minutes=5)


def _now() -> datetime:
    return datetime.now(UTC)


class ApiSource:
    """What a query finds in DOAJ today, without the 30 days that its free feed lags behind.

    `query` is as `harvester.doaj.query.rewrite` gives it. The watermark is the newest `last_updated`, but
    not later than the beginning: what is edited meanwhile comes again.
    """

    kind = "doaj-api"

    def __init__(
        self,
        client: "Client",
        base_url: str,
        *,
        query: str,
        name: str = "doaj",
        request: Mapping[str, str] | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.name = name
        self.location = base_url
        self.request = {"query": query} if request is None else request
        self._client, self._query, self._now = client, query, now

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Ask how many records the query has."""
        total = self._ask(self._between(since, until), (), 1).total
        pages = max(1, math.ceil(total / PAGE_SIZE))
        if total <= LIMIT:
            return Plan("DOAJ's article API", total, pages)
        # Halved until they fit, they are half full or more; each halving asks once, each last page is short.
        halvings = math.ceil(total / LIMIT * 2)
        return Plan("DOAJ's article API, in slices of created_date", total, pages + 2 * halvings)

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield the pages of all slices; see harvester.protocol.Source.

        Raises ProtocolError when the API refuses the query, or does not heed what the slices say.
        """
        query = self._between(since, until)
        first = None if resume else self._ask(query, (), 1)
        walk = Walk(self._began(first), first.total) if first else Walk.resumed(resume or "")
        while (slice_ := walk.slice) is not None:
            answer, first = first or self._ask(query, slice_, walk.page, walk.order), None
            if walk.cut(answer.total):
                yield Page((), walk.checkpoint(), walk.announced)  # so that it need not be cut again
                continue
            raws, remarks = walk.take(answer)
            checkpoint, watermark = walk.checkpoint(), None
            if checkpoint is None:
                remarks += self._in_no_slice(query, walk)
                watermark = min(walk.newest, walk.began) if walk.newest else since
            yield Page(raws, checkpoint, walk.announced, watermark, remarks)

    def _began(self, first: Answer) -> str:
        when = first.date or self._now().astimezone(UTC)
        return f"{when - _INDEXED_WITHIN:%Y-%m-%dT%H:%M:%SZ}"

    def _in_no_slice(self, query: str, walk: Walk) -> list[Remark]:
        """Tell of records that the slices together do not have, and that were not withdrawn meanwhile."""
        if walk.counted >= walk.announced:
            return []
        missing = min(walk.announced, self._ask(query, (), 1).total) - walk.counted
        return [Remark("gap", f"{missing:,} records are in no slice", missing)] if missing > 0 else []

    def _between(self, since: str | None, until: str | None) -> str:
        if since is None and until is None:
            return f"({self._query})"
        first, last = (
            (date if "T" in date else f"{date}T{time}Z").replace(":", "\\:")
            for date, time in ((since or _EARLIEST, "00:00:00"), (until or _LATEST, "23:59:59"))
        )
        return f"({self._query}) AND last_updated:[{first} TO {last}]"

    def _ask(self, query: str, within: Slice, page: int, order: str = "created_date:asc") -> Answer:
        asked = quote(query + clauses(within), safe="")
        params = {"page": str(page), "pageSize": str(PAGE_SIZE), "sort": order}
        url = f"{self.location.rstrip('/')}/api/v4/search/articles/{asked}"
        for _ in range(_TRIES - 1):
            with suppress(SearchFailed):
                return self._client.get(url, params, read=read_answer, accept="application/json")
        return self._client.get(url, params, read=read_answer, accept="application/json")
