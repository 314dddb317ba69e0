"""One request after the other: what to ask next, and what to make of the answer."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed
from catalog.record import RawRecord, Remark
from harvester.oai.answer import Answer
from harvester.oai.asking import Asker
from harvester.oai.corner import Corner
from harvester.oai.counting import Count
from harvester.oai.ends import Ends
from harvester.oai.identity import DAY, SECOND
from harvester.oai.seams import mended
from harvester.oai.state import State, Step
from harvester.oai.vitals import Vitals
from harvester.oai.windows import Window, described, halved, span, unit, widened, written

_RESTARTS = 2
_BROKEN_WINDOWS = 500
_ONE_BY_ONE = 100  # asking for so many costs less than halving them further, each failure being tried again
_FIRST_OAI = 978_307_200  # OAI-PMH 1.0 is of January 2001

# Temporary, or about us; any other refusal of a token is the token's.
_ABOUT_US = frozenset((401, 403, 407, 408, 425, 429))
_CODES = frozenset(
    ("badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "noSetHierarchy")
)


class Walk:
    """Walks the list of every set between two dates, a request a step.

    All that a later run must know is in `state`: right after every step, unchanged when a step raises.
    """

    def __init__(
        self,
        asker: Asker,
        state: State,
        *,
        sets: Sequence[str],
        whole: Window,
        asked: bool,
        now: Callable[[], datetime],
    ) -> None:
        """Go on from a state; `asked`: somebody wants these dates, they are not from a watermark."""
        self.state = state
        self._asker = asker
        self._sets = sets or ("",)
        self._whole = whole
        self._asked = asked
        self._now = now
        self._count = Count(state)
        self._vitals = Vitals(asker, state)
        self._ends = Ends(asker, state, self._count)
        self._corner = Corner(asker, state, self._count, self._vitals)

    @property
    def done(self) -> bool:
        """Tell whether all was walked to its end."""
        return not self.state.windows

    def params(self) -> dict[str, str]:
        """Return the arguments of the first request of a window; what is empty is not sent."""
        return self._params(self._asked_for() if self.state.dates else Window())

    def _params(self, window: Window) -> dict[str, str]:
        server = self.state.server
        since, until = (
            "" if moment is None else written(moment, server.granularity)
            for moment in (window.since, window.until)
        )
        given = {
            "metadataPrefix": server.prefix,
            "from": since,
            "until": until,
            "set": self._sets[self.state.part],
        }
        return {name: value for name, value in given.items() if value}

    def _asked_for(self) -> Window:
        """Return the window under way as it is asked for, where `until` is taken for exclusive (#24)."""
        window = self.state.windows[0]
        if not self.state.exclusive or window.until is None:
            return window
        return replace(window, until=window.until + unit(self.state.server.granularity))

    def step(self) -> Step:
        """Make a request and draw its consequences. Raises SourceError when there is no way on now."""
        if self.state.single is not None:
            return self._one_by_one()
        token = self.state.token
        params = {"resumptionToken": token} if token else self.params()
        try:
            answer = self._asker.page("ListRecords", params, frail=self.state.windows[0].frail)
        except ProtocolError as error:
            return self._refused(error)
        except (TransportFailed, MalformedResponse) as error:
            return self._unreadable(error)
        self._vitals.well("ListRecords", params, empty=not answer.raws)
        if not token:
            self._began(answer)
        return self._received(answer)

    # what came

    def _began(self, answer: Answer) -> None:
        now = span(answer.response_date)
        self.state.answered(now.first if now else int(self._now().timestamp()))
        used, until = span(answer.request.get("until")), self.state.windows[0].until
        if used is not None and (until is None or used.last < until):
            self.state.capped(used.first)

    def _received(self, answer: Answer) -> Step:
        state = self.state
        remarks = self._oddities(answer)
        size = answer.token and answer.token.complete_list_size
        remarks += self._mended(answer.raws, size)
        new = self._count.take(answer.raws, size)
        token = answer.token.value if answer.token and not answer.errors else ""
        if not token and self._ends.cut(answer, self._asked_for(), self._params):
            remarks += self._cut_short()
        elif not token:
            broken_off = answer.token is None and not answer.errors and state.token is not None
            what = "the list broke off" if broken_off else "the list ended"
            remarks += self._count.missing(gap=broken_off, what=what, place=self._place())
            self._finish()
        elif self._count.endless(token, new):
            text = f"the list goes in circles after {state.received:,} records{self._place()}"
            missing = max(0, (state.size or 0) - state.received)
            whole = state.size is not None and not missing
            remarks += state.note(text) if whole else [Remark("gap", text, missing)]
            self._finish()
        else:
            state.token = token
        return Step(answer.raws, remarks)

    def _mended(self, raws: Sequence[RawRecord], size: int | None) -> list[Remark]:
        ahead = len(self.state.windows)
        remarks = mended(self.state, raws, size)
        if len(self.state.windows) > ahead and self.state.exclusive is None:
            self.state.exclusive = self._excludes_until()
        return remarks

    def _cut_short(self) -> list[Remark]:
        """Go on after a list that ended too early and did not say so."""
        state = self.state
        if halves := self._halves(state.windows[0]):
            self._leave()
            state.windows[:1] = halves
            return state.note("lists end too early: smaller windows of dates are asked for")
        text = f"the list may have ended too early, after {state.received:,} records{self._place()}"
        state.single, state.token = "", None
        return [Remark("gap", text)]

    def _oddities(self, answer: Answer) -> list[Remark]:
        """Look at the dates of what came; return what is to be told, once."""
        state, window = self.state, self._asked_for()
        spans = [span(raw.datestamp) for raw in answer.raws]
        outside = sum(found is not None and not window.holds(found) for found in spans)
        valid = sum(state.saw(raw.datestamp) for raw in answer.raws)
        told = [remark.text for remark in answer.remarks]
        told += [f"records come without {what}" for what in answer.lacking]
        if valid < sum(raw.datestamp is not None for raw in answer.raws):
            told.append("datestamps of records are no dates")
        if outside and state.dates:
            told.append("records come that are not within the dates asked for")
            state.heeded = state.heeded and 2 * outside <= valid
        return [note for text in told for note in state.note(text)]

    def _finish(self) -> None:
        self.state.finish()
        self._count.forget()
        if not self.state.windows and self.state.part + 1 < len(self._sets):
            self.state.part += 1
            self.state.windows = [self._whole]

    def _is_whole(self, window: Window) -> bool:
        return (window.since, window.until) == (self._whole.since, self._whole.until)

    def _place(self) -> str:
        """Return set and dates of the window under way, for remarks."""
        state = self.state
        part = self._sets[state.part] and f"set {self._sets[state.part]}"
        dates = described(state.windows[0], state.server.granularity) if state.dates else ""
        told = ", ".join(filter(None, (part, dates)))
        return f" ({told})" if told else ""

    # what was refused

    def _refused(self, error: ProtocolError) -> Step:
        """Go on after an error of the protocol. A code that is none to a list means a failure."""
        state = self.state
        if error.code not in _CODES:
            return self._unreadable(error)
        if state.token:
            return self._token_refused(error)
        window = state.windows[0]
        undated = not state.dates or (window.since is None and window.until is None)
        if error.code != "badArgument" or undated:
            raise error
        return self._without_dates(error, window)

    def _without_dates(self, error: ProtocolError, window: Window) -> Step:
        """Ask in days instead of seconds, and without dates where they are not what somebody asked for."""
        state = self.state
        whole = self._is_whole(window)
        if state.server.granularity == SECOND:
            note = "the server refuses times of the day: it is asked for whole days"
            state.server = replace(state.server, granularity=DAY)
            state.windows = [widened(each, DAY) for each in state.windows]
            self._whole = widened(self._whole, DAY)
        elif self._asked:
            hint = "it may take no dates: harvest it without --from and --until"
            raise ProtocolError(error.message, code=error.code, hint=hint)
        else:
            note = "the server takes no dates: it is asked for everything"
            state.dates = state.heeded = False
            self._whole = Window()
            state.windows = [self._whole]
            state.single = None if whole else ""
        step = self.step()
        return step._replace(remarks=[*state.note(note), *step.remarks])

    def _token_refused(self, error: SourceError) -> Step:
        """Begin the window again; when that does not help, make it smaller."""
        state, window = self.state, self.state.windows[0]
        if window.restarts < _RESTARTS:
            self._leave()
            state.windows[0] = replace(window, restarts=window.restarts + 1)
            return Step(
                remarks=state.note("the server no longer knew its resumptionToken: the list was begun again")
            )
        if halves := self._halves(window):
            self._leave()
            state.windows[:1] = [replace(half, restarts=_RESTARTS) for half in halves]
            return Step(
                remarks=state.note("resumptionTokens expire too soon: smaller windows of dates are asked for")
            )
        if state.heeded:
            state.single, state.token = "", None
            return Step()
        self._leave()
        state.windows[0] = replace(window, restarts=0)
        error.hint = "its resumptionTokens expire too soon: try a smaller --gap, or set by set"
        return Step(error=error)

    def _leave(self) -> None:
        self.state.leave()
        self._count.forget()

    def _halves(self, window: Window) -> tuple[Window, Window] | None:
        state = self.state
        if not state.heeded or state.broken >= _BROKEN_WINDOWS:
            return None
        begun = [moment for moment in (state.server.earliest, state.oldest) if moment is not None]
        now = state.first_response if state.first_response is not None else int(self._now().timestamp())
        newest = now if state.newest is None else max(now, state.newest)
        halves = halved(window, min(begun, default=_FIRST_OAI), newest, state.server.granularity)
        if halves and state.exclusive is None:
            state.exclusive = self._excludes_until()
        return halves

    def _excludes_until(self) -> bool:
        """Look whether what is dated `until` itself is left out: then halves that meet would have a seam.

        Some servers do (ruby-oai #52, pyoai 2.4.1). Where it cannot be seen it is assumed, which costs no
        more than some records that come twice.
        """
        state = self.state
        tried = state.server.earliest if state.oldest is None else state.oldest
        for verb in ("ListIdentifiers", "ListRecords") if tried is not None else ():
            with suppress(SourceError):
                answer = self._asker.page(verb, self._params(Window(tried, tried)))
                return not (answer.headers or answer.raws)
        return True

    # what cannot be read

    def _unreadable(self, error: SourceError) -> Step:
        """Corner the record that the server fails on: in half of the dates, then in half of these."""
        state, window = self.state, self.state.windows[0]
        status = error.status if isinstance(error, TransportFailed) else None
        refused = status is not None and 400 <= status < 500
        if refused:
            if state.token and status not in _ABOUT_US:
                return self._token_refused(error)
            if status in _ABOUT_US or self._is_whole(window):
                raise error
        if state.first_response is None and not state.server.known:
            raise error
        self._vitals.unless_busy(error)
        few = self._corner.peek(self.params(), _ONE_BY_ONE)
        if few is None:
            self._vitals.unless_down(error)
        halves = None if few or refused else self._halves(window)
        if halves:
            # Where a page could be read there is more to be had than where none could: that comes last, lest
            # a server that fails on empty windows, too, uses up all patience before.
            at = 0 if state.token else len(state.windows) - 1
            state.broken += not state.token
            self._leave()
            state.windows[:1] = []
            state.windows[at:at] = [replace(half, restarts=0, frail=True) for half in halves]
        else:
            if not state.heeded:
                state.windows = [self._whole]
            state.single, state.token = "", None
        return Step(error=self._vitals.failed("ListRecords", error))

    def _one_by_one(self) -> Step:
        step, ended = self._corner.step(self.params(), self._place())
        if ended:
            self._finish()
        return step
