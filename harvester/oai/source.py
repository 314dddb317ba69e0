"""An OAI-PMH 2.0 repository as a source of raw records."""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed, UsageFault
from catalog.record import Remark
from harvester.oai.asking import Asker
from harvester.oai.identity import Identity, choose_prefix
from harvester.oai.state import Server, State, packed, unpacked
from harvester.oai.walk import Walk
from harvester.oai.windows import Span, Window, span, widened
from harvester.protocol import Page, Plan

if TYPE_CHECKING:
    from harvester.http import Client

_ABOUT_US = frozenset((401, 403, 407, 429))


def _clock() -> datetime:
    return datetime.now(UTC)


class OaiSource:
    """Harvests sets of a repository, all of it without sets; a harvester.protocol.Source.

    `prefix` None: the best format that the server has. `request` is what the harvest is known by; made of
    sets and prefix if not given.
    """

    def __init__(
        self,
        client: "Client",
        base_url: str,
        *,
        name: str,
        kind: str = "oai-pmh",
        sets: Sequence[str] = (),
        prefix: str | None = None,
        request: Mapping[str, str] | None = None,
        now: Callable[[], datetime] = _clock,
    ) -> None:
        self.name = name
        self.kind = kind
        self.location = base_url
        made = {"sets": " ".join(sets), "prefix": prefix or ""}
        self.request = {key: value for key, value in made.items() if value} if request is None else request
        self._sets = tuple(dict.fromkeys(filter(None, sets)))
        self._prefix = prefix
        self._now = now
        self._asker = Asker(client, base_url)
        self._met: tuple[Server, str | None, list[str]] | None = None

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Ask for the first page of every set, and how much there is.

        Raises UsageFault for impossible dates, SourceError when the server cannot be asked at all.
        """
        whole = self._window(since, until)
        server, _, _ = self._meet()
        parts = [self._first_page(server, whole, part) for part in range(max(1, len(self._sets)))]
        known = [part for part in parts if part is not None]
        several = f" of {len(self._sets)} set{'s' * (len(self._sets) > 1)}" if self._sets else ""
        way = f"OAI-PMH, {server.prefix}{several}, from {self.location}"
        if len(known) < len(parts):
            return Plan(way, None, None)
        return Plan(way, sum(size for size, _ in known), sum(requests for _, requests in known))

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Generator[Page]:
        """Yield page after page; see harvester.protocol.Source.

        Some pages hold no record, only how far the search for one has come that the server fails on. Raises
        UsageFault for impossible dates before any request.
        """
        whole = self._window(since, until)
        state = unpacked(resume) if resume else None
        told: list[Remark] = []
        about: str | None = None
        if state is None or state.part >= max(1, len(self._sets)):
            server, about, notes = self._meet()
            state = self._begin(server, whole)
            lost = ["the place to go on could not be read: the harvest begins anew"] if resume else []
            told += [note for text in (*lost, *notes) for note in state.note(text)]
        self._asker.url, self._asker.prefix = state.url, state.server.prefix
        walk = self._walk(state, whole)
        while not walk.done:
            step = walk.step()
            told += [*step.remarks, *self._moved(state)]
            yield Page(
                step.raws,
                None if walk.done else packed(state),
                announced=state.total(),
                watermark=state.watermark() if walk.done else None,
                remarks=tuple(told),
                server=about,
            )
            told, about = [], None
            if step.error is not None:
                raise step.error

    def _window(self, since: str | None, until: str | None) -> Window:
        first, last = (self._date(text) for text in (since, until))
        if last is not None and last.first > self._now().timestamp():
            raise UsageFault(f"{until} is in the future: what will be then cannot be harvested now")
        if first is not None and last is not None and first.first > last.last:
            raise UsageFault(f"{since} is later than {until}", hint="the earlier date comes first")
        return Window(first and first.first, last and last.last)

    def _date(self, text: str | None) -> Span | None:
        found = span(text)
        if text and found is None:
            raise UsageFault(f"{text!r} is no date", hint="2026-01-31, or 2026-01-31T12:00:00Z")
        return found

    def _begin(self, server: Server, whole: Window, part: int = 0) -> State:
        window = widened(whole, server.granularity)
        return State(server=server, url=self._asker.url, part=part, windows=[window], cap=window.until)

    def _walk(self, state: State, whole: Window) -> Walk:
        window = widened(whole, state.server.granularity) if state.dates else Window()
        asked = whole.until is not None or bool(self.request.get("from"))
        return Walk(self._asker, state, sets=self._sets, whole=window, asked=asked, now=self._now)

    def _moved(self, state: State) -> list[Remark]:
        state.url = self._asker.url
        if state.url == self.location:
            return []
        return state.note(f"the server has moved for good to {state.url}: it is asked there")

    def _first_page(self, server: Server, whole: Window, part: int) -> tuple[int, int] | None:
        """Return how many records a set has and the requests they take; None when nobody tells."""
        params = self._walk(self._begin(server, whole, part), whole).params()
        try:
            answer = self._asker.page("ListRecords", params)
        except (TransportFailed, MalformedResponse):
            if not server.known:
                raise
            return None
        except ProtocolError:
            if "from" in params or "until" in params:  # it may take others
                return None
            raise
        if len(self._sets) < 2:
            self._asker.keep("ListRecords", params, answer)
        length, more = len(answer.raws), answer.token is not None and bool(answer.token.value)
        if not more:
            return length, 1
        size = answer.token and answer.token.complete_list_size
        return (size, -(-size // length)) if size and length else None

    def _meet(self) -> tuple[Server, str | None, list[str]]:
        """Ask the server who it is, once; return that, in words for the report too, and what is odd."""
        if self._met is None:
            notes: list[str] = []
            identity = self._identity(notes)
            prefix = self._prefix or self._best_prefix(notes)
            self._asker.prefix = prefix
            if identity is None:
                self._met = Server(prefix), None, notes
            else:
                earliest = span(identity.earliest)
                server = Server(prefix, identity.granularity, earliest and earliest.first, known=True)
                self._met = server, _described(identity), notes
        return self._met

    def _identity(self, notes: list[str]) -> Identity | None:
        try:
            identity = self._asker.identity()
        except SourceError as error:
            _tolerate(error)
            notes.append(f"the server does not say who it is: {error.message}")
            return None
        notes += [remark.text for remark in identity.remarks]
        if identity.deleted_record == "no":
            notes.append("deletions are not announced by this server")
        ours = (self.location, self._asker.url)
        if identity.base_url and _same(identity.base_url) not in map(_same, ours):
            notes.append(f"the server calls itself {identity.base_url}; it is asked at {self._asker.url}")
        return identity

    def _best_prefix(self, notes: list[str]) -> str:
        try:
            offered = self._asker.formats()
        except SourceError as error:
            _tolerate(error)
            notes.append(f"the server does not say what formats it has, oai_dc is taken: {error.message}")
            return "oai_dc"
        return choose_prefix(offered)


def _tolerate(error: SourceError) -> None:
    """Raise the error unless the server may well answer other requests."""
    if isinstance(error, TransportFailed) and (error.status is None or error.status in _ABOUT_US):
        raise error


def _described(identity: Identity) -> str:
    software = f" ({identity.description})" if identity.description else ""
    return f"{identity.name or identity.base_url}{software}"


def _same(url: str) -> str:
    """Return what must be equal of two addresses of one server."""
    return url.strip().partition("://")[2].partition("?")[0].rstrip("/").casefold()
