"""Records that a server cannot list: their identifiers, and one by one what can be had of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from catalog.errors import ProtocolError, SourceError
from catalog.record import RawRecord, Remark
from harvester.files.xml_record import Header
from harvester.oai.asking import Asker
from harvester.oai.counting import Count
from harvester.oai.state import State, Step
from harvester.oai.vitals import Vitals

_STALE_PAGES = 10
_LISTINGS = 3
_BATCH = 25


class Listing(NamedTuple):
    """Headers, in the order of their identifiers; `error` ended the list before its end."""

    headers: Sequence[Header]
    error: SourceError | None = None


class Corner:
    """Asks for the records of a window one by one; `state.single` is the identifier reached."""

    def __init__(self, asker: Asker, state: State, count: Count, vitals: Vitals) -> None:
        self._asker = asker
        self._state = state
        self._count = count
        self._vitals = vitals
        self._listing: Listing | None = None

    def peek(self, params: Mapping[str, str], most: int) -> bool | None:
        """Tell whether a window has at most so many records, on one page; None when it cannot be listed."""
        try:
            answer = self._asker.page("ListIdentifiers", params, frail=True)
        except SourceError:
            return None
        more = answer.token is not None and bool(answer.token.value)
        if more or len(answer.headers) > most:
            return False
        self._listing = Listing(_sorted(answer.headers))
        return True

    def step(self, params: Mapping[str, str], place: str) -> tuple[Step, bool]:
        """Ask for the next few records; the second value tells whether they were the last ones.

        Raises SourceError when the server is down.
        """
        remarks: list[Remark] = []
        if self._listing is None:
            listing = self._all(params)
            remarks += self._unlisted(listing, place)
            self._listing = listing
        headers, reached = self._listing.headers, self._state.single or ""
        left = [header for header in headers if (header.identifier or "") > reached]
        todo = [header for header in left if not self._count.knows(header.identifier)]
        raws, stopped = self._fetch(todo[:_BATCH], remarks)
        for raw in raws:
            self._state.saw(raw.datestamp)
        ended = stopped is None and len(todo) <= _BATCH
        if ended:
            self._state.received, self._state.size = len(headers), None
            self._listing = None
        return Step(raws, remarks, stopped), ended

    def _fetch(
        self, headers: Iterable[Header], remarks: list[Remark]
    ) -> tuple[list[RawRecord], SourceError | None]:
        raws: list[RawRecord] = []
        for header in headers:
            try:
                raws += self._record(header)
            except SourceError as error:
                try:
                    self._vitals.unless_down(error)
                except SourceError:
                    return raws, error
                if stopped := self._vitals.failed("GetRecord", error):
                    return raws, stopped
                raws.append(_lost(header, self._state.server.prefix, error))
                text = f"{header.identifier} could not be read: {error.message}"
                remarks.append(Remark("gap", text, 1))
            self._state.single = header.identifier
        return raws, None

    def _record(self, header: Header) -> Sequence[RawRecord]:
        params = {"identifier": header.identifier or "", "metadataPrefix": self._state.server.prefix}
        answer = self._asker.page("GetRecord", params)
        self._vitals.well("GetRecord", params)
        return answer.raws

    def _all(self, params: Mapping[str, str]) -> Listing:
        """List the identifiers of a window, as far as they can be read; three times when tokens expire."""
        found: dict[str | None, Header] = {}
        for _ in range(_LISTINGS):
            error = self._list(params, found)
            if not isinstance(error, ProtocolError):
                break
        return Listing(_sorted(found.values()), error)

    def _list(self, params: Mapping[str, str], found: dict[str | None, Header]) -> SourceError | None:
        """Add what there is to `found`; return what ended the list before its end."""
        stale, listed = 0, 0
        passed: set[str | None] = set()
        while stale <= _STALE_PAGES:
            try:
                answer = self._asker.page("ListIdentifiers", params)
            except SourceError as error:
                return error
            found.update((header.identifier, header) for header in answer.headers)
            if answer.token is None or not answer.token.value:
                return None
            passed.update(header.identifier for header in answer.headers)
            stale, listed = (stale + 1 if len(passed) == listed else 0), len(passed)
            params = {"resumptionToken": answer.token.value}
        return SourceError("it goes in circles")

    def _unlisted(self, listing: Listing, place: str) -> list[Remark]:
        if listing.error is None:
            return []
        self._vitals.unless_down(listing.error)
        known = max(len(listing.headers), self._state.received)
        text = f"nothing{place} could be read after the first {known:,}: {listing.error.message}"
        missing = max(0, (self._state.size or 0) - known)
        return [Remark("gap", text, missing)] if self._state.once(text) else []


def _sorted(headers: Iterable[Header]) -> list[Header]:
    # Not in the server's order, which may be another when a run goes on.
    return sorted(headers, key=lambda header: header.identifier or "")


def _lost(header: Header, prefix: str, error: SourceError) -> RawRecord:
    return RawRecord(
        identifier=header.identifier or "",
        format=prefix,
        payload=b"",
        datestamp=header.datestamp,
        sets=header.sets,
        deleted=header.deleted,
        fault=f"the server failed on it: {error.message}",
    )
