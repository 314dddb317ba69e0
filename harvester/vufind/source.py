"""Harvesting what a search finds in a VuFind, by its REST API.

Newer ones lead through a result with a cursor, which nothing can be lost by; older ones by page numbers, and
only so far as a site lets its users go.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit

from catalog.errors import ProtocolError, SourceError, TransportFailed, UsageFault
from catalog.record import RawRecord, Remark
from harvester.files.window import digest
from harvester.http import Client
from harvester.positions import Batch, Mark, Unreadable, walk
from harvester.protocol import Page, Plan
from harvester.vufind.search import WITHOUT, Found, read_search, to_raw

_ROUTES = (("/search", ""), ("/v1", "/search"), ("/api", "/v1/search"), ("", "/api/v1/search"))
_FIELDS = "field[]=id&field[]=fullRecord"
_BEGINNING = "*"
_DEFAULT_LIMIT = 20


@dataclass(frozen=True)
class Cursor:
    """How far a walk by cursor has come; `without`: records that came without their full record."""

    cursor: str = _BEGINNING
    received: int = 0
    without: int = 0
    restarts: int = 0
    last: str = ""


class RestSource:
    """A search in a VuFind: a Source.

    `type` is the index searched in, as VuFind names it: AllFields unless given. `request` is what is stored
    as the request, unless these two.
    """

    kind = "vufind-api"

    def __init__(
        self,
        client: Client,
        base_url: str,
        *,
        query: str,
        type: str | None = None,  # noqa: A002 -- the word of VuFind's own API
        name: str = "vufind",
        request: Mapping[str, str] | None = None,
        page: int = 100,
    ) -> None:
        self.name, self.location = name, base_url
        self.request = request or {"query": query, "type": type or ""}
        self._asked = {"lookfor": query, "type": type or "AllFields"}
        self._client, self._url = client, search_url(base_url)
        self._size, self._without = page, 0
        self._first: Found | None = None

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Ask how much there is; the first page, which tells it, is not asked for again."""
        _refuse_dates(since, until)
        self._first = first = self._begin()
        if first is None:
            return Plan("VuFind's API, page by page", None, None)
        together = len(first.records) or self._size
        way = "VuFind's API, " + ("with a cursor" if first.token else "page by page")
        return Plan(way, first.total, max(0, -(-first.total // together) - 1))

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield the pages. Raises SourceError, ProtocolError with the HTTP status as its code."""
        _refuse_dates(since, until)
        if resume and "cursor" in (found := json.loads(resume)):
            yield from self._by_cursor(Cursor(**found))
        elif resume:
            yield from self._by_pages(Mark.read(resume))
        else:
            first, self._first = self._first or self._begin(), None
            by_cursor = first is not None and first.token is not None
            yield from self._by_cursor(Cursor(), first) if by_cursor else self._by_pages(Mark(), first)

    def _begin(self) -> Found | None:
        """Ask for the first page: with a cursor, else without, else with fewer at once.

        None when none of them can be read: then a record on it has to be found and led around.
        """
        refused: SourceError | None = None
        for cursor, size in ((_BEGINNING, self._size), ("", self._size), ("", _DEFAULT_LIMIT)):
            try:
                found = self._ask(1, size, cursor)
            except SourceError as error:
                if not (_breaks(error) or _is_bad_request(error)):
                    raise
                refused = refused or error
            else:
                self._size = size
                return found
        self._size = _DEFAULT_LIMIT
        if isinstance(refused, Unreadable):
            return None
        assert refused is not None
        raise refused

    def _ask(self, page: int, size: int, cursor: str = "") -> Found:
        params = {
            **self._asked,
            "page": str(page),
            "limit": str(size),
            "resumptionToken": cursor,
        }
        return self._client.get(self._url, params, read=read_search, accept="application/json")

    def _by_pages(self, mark: Mark, first: Found | None = None, *, why: str | None = None) -> Iterator[Page]:
        """Walk by page numbers; `why` not with a cursor, if one was there."""
        self._without = int(mark.manner.get("without", "0"))
        self._size = int(mark.manner.get("size", self._size))

        def ask(start: int, size: int) -> Batch:
            nonlocal first, why
            number, skipped = (start - 1) // size + 1, (start - 1) % size
            found, first = first or self._ask(number, size), None
            raws = self._raws(found.records[skipped:], start)
            remarks = [Remark("note", why)] if why else []
            why = None
            return Batch(
                raws, found.total, number * size + 1 if raws else None, certain=True, remarks=remarks
            )

        def manner() -> dict[str, str]:
            return {"without": str(self._without), "size": str(self._size)}

        for page in walk(ask, mark, self._size, manner):
            yield page if page.resume else page._replace(remarks=[*page.remarks, *self._told_of_hollow()])

    def _by_cursor(self, at: Cursor, first: Found | None = None) -> Iterator[Page]:
        """Walk with the server's cursor; begin again page by page where it leads nowhere."""
        self._without = at.without
        remarks: list[Remark] = []
        while True:
            try:
                found, first = first or self._ask(1, self._size, at.cursor), None
            except SourceError as error:
                if _has_expired(error) and at.cursor != _BEGINNING and not at.restarts:
                    at = Cursor(restarts=1)
                    remarks = [Remark("note", "the server's cursor had expired: begun again")]
                    continue
                if not _breaks(error):
                    raise
                yield from self._by_pages(Mark(), why=f"begun again without cursor: {error.message}")
                return
            raws = self._raws(found.records, at.received + 1)
            content = digest(b"".join(raw.payload for raw in raws))
            if raws and content == at.last:
                yield from self._by_pages(Mark(), why="begun again without cursor: it sends a page twice")
                return
            at = replace(
                at,
                cursor=found.token or "",
                received=at.received + len(raws),
                without=self._without,
                last=content,
            )
            over = not raws or not found.token or at.received >= found.total
            if over:
                remarks += [*_short(at.received, found.total), *self._told_of_hollow()]
            yield Page(raws, None if over else json.dumps(asdict(at)), found.total, remarks=remarks)
            if over:
                return
            remarks = []

    def _raws(self, records: object, start: int) -> list[RawRecord]:
        assert isinstance(records, list)
        raws = [to_raw(record, start + i) for i, record in enumerate(records)]
        self._without += sum(raw.fault == WITHOUT for raw in raws)
        return raws

    def _told_of_hollow(self) -> list[Remark]:
        if not self._without:
            return []
        text = (
            f"{self._without:,} records came without their full record: try the server's OAI-PMH,"
            " <address>/OAI/Server, or the export of single records"
        )
        return [Remark("note", text)]


def search_url(base_url: str) -> str:
    """Return the address of the search of a VuFind, an API or a search whose address is given."""
    base = base_url.strip().partition("?")[0].rstrip("/")
    path = urlsplit(base).path
    return next(f"{base}{rest}?{_FIELDS}" for end, rest in _ROUTES if path.endswith(end))


def _short(received: int, total: int) -> list[Remark]:
    text = f"the server announced {total:,} records and sent {received:,}"
    return [Remark("short", text, total - received)] if received < total else []


def _is_bad_request(error: SourceError) -> bool:
    return isinstance(error, ProtocolError) and error.code == "400"


def _has_expired(error: SourceError) -> bool:
    return _is_bad_request(error) and "token" in error.message.lower()


def _breaks(error: SourceError) -> bool:
    """Tell whether the server may have stumbled over one record of the page, or over too many at once."""
    return isinstance(error, Unreadable) or (isinstance(error, TransportFailed) and error.status == 500)


def _refuse_dates(since: str | None, until: str | None) -> None:
    if since or until:
        raise UsageFault(
            "VuFind's API cannot be asked for what changed between two dates",
            hint="leave the dates out, or harvest its OAI-PMH, <address>/OAI/Server",
        )
