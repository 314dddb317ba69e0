"""Asking servers, as often and as long as manners allow."""

import random as chance
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType, TracebackType
from typing import NoReturn, Self, TypeVar
from urllib.parse import quote

import httpx
import tenacity

from catalog.errors import MalformedResponse, SourceError, TransportFailed
from harvester.http import faults
from harvester.http.address import address, fit, joined, public, where
from harvester.http.exchange import Again, Answer, Call, Exchange, World
from harvester.http.manners import Manners
from harvester.http.response import Response
from harvester.http.waiting import back_off
from harvester.http.wire import Wire

T = TypeVar("T")

_FOR_GOOD = frozenset({301, 308})


def _now() -> datetime:
    return datetime.now(UTC)


def _tell_nobody(_seconds: float, _why: str) -> None:
    pass


class Client:
    """Asks servers; a context manager. Keeps no cookies.

    `secrets` are query parameters for the server that is asked first and no other; they are in no error, log
    or Response address. `on_wait` is told before a wait of more than 5 seconds how long it is and why.
    `traffic` counts what is asked.
    """

    def __init__(
        self,
        manners: Manners,
        *,
        secrets: Mapping[str, str] = MappingProxyType({}),
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = chance.random,
        transport: httpx.BaseTransport | None = None,
        on_wait: Callable[[float, str], None] = _tell_nobody,
    ) -> None:
        self._manners = manners
        self._world = World(clock, now, sleep, random, on_wait)
        wire = transport or Wire(timeout=manners.timeout, insecure=manners.insecure)
        self._exchange = Exchange(manners, secrets, self._world, wire)
        self.traffic = self._exchange.traffic

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._exchange.close()

    def gap(self, url: str) -> float:
        """Return the seconds between two requests to a host, as they stand. Raises UsageFault."""
        return self._exchange.gap(address(url).url.host)

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        read: Callable[[Response], T],
        accept: str | None = None,
        tries: int | None = None,
    ) -> T:
        """Ask until `read` makes something of the answer, and return that.

        `params` are percent-encoded once, empty ones left out. `tries`: no more than so many, where there is
        a way round a failure. `read` gets every answer that came whole, whatever its status. A
        MalformedResponse that it raises means to ask again, unless the status is a final refusal; any other
        error passes. Raises UsageFault for an address that is none, TransportFailed, or the last
        MalformedResponse.
        """
        asked = address(url, params)
        most = min(self._manners.tries, tries or self._manners.tries)
        self._exchange.confide(asked.url)
        call = Call(asked, accept or "*/*", self._world.clock() + self._manners.patience)
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(Again),
            wait=lambda state: self._wait(call, state.attempt_number),
            stop=lambda state: state.attempt_number >= most or self._late(call, state),
            sleep=lambda seconds: self._pause(call, seconds),
            retry_error_callback=lambda state: self._give_up(call, state),
        )
        made: T = retrying(self._try, call, read)
        return made

    def _try(self, call: Call, read: Callable[[Response], T]) -> T:
        response = self._follow(call)
        try:
            return read(response)
        except SourceError as error:
            self._hide(error)
            if not isinstance(error, MalformedResponse):
                raise
            failed: SourceError = error
        call.uncompressed = True
        again = 200 <= response.status < 300
        if not again:
            failed = faults.refused(response.status, httpx.URL(response.url))
            again = faults.temporary(response.status)
        raise Again(failed) if again else failed

    def _follow(self, call: Call) -> Response:
        url, moved, for_good = call.asked.url, None, True
        seen: set[httpx.URL] = set()
        while True:
            seen.add(url)
            answer = self._exchange.request(call, url)
            if answer.location is None:
                headers = MappingProxyType(dict(answer.headers))
                return Response(answer.status, str(url), headers, answer.body, moved)
            target = self._target(url, answer)
            if target in seen or len(seen) > self._manners.redirects:
                raise _astray(url, answer, "in circles" if target in seen else "from one address to another")
            for_good = for_good and answer.status in _FOR_GOOD
            moved = str(target) if for_good else moved
            url = target

    def _target(self, url: httpx.URL, answer: Answer) -> httpx.URL:
        target = joined(url, answer.location or "")
        if target is None or not fit(target):
            raise _astray(url, answer, "to what is no address of the web")
        if url.scheme == "https" and target.scheme == "http":
            raise _astray(url, answer, f"from https to plain http, {where(target)}")
        return public(target, self._exchange.secrets)

    def _wait(self, call: Call, tries: int) -> float:
        return max(
            back_off(tries, self._world.random()),
            call.retry_after or 0.0,
            self._exchange.left(call.asked.url.host),
        )

    def _late(self, call: Call, state: tenacity.RetryCallState) -> bool:
        return self._world.clock() + state.upcoming_sleep > call.deadline

    def _pause(self, call: Call, seconds: float) -> None:
        self.traffic.retries += 1
        what = f"answered {call.status}" if call.status else "did not answer"
        self._exchange.pause(seconds, f"{call.asked.url.host} {what}")

    def _give_up(self, call: Call, state: tenacity.RetryCallState) -> NoReturn:
        assert state.outcome is not None
        again = state.outcome.exception()
        assert isinstance(again, Again)
        error, left = again.error, call.deadline - self._world.clock()
        if not isinstance(error, TransportFailed):
            raise error
        message, hint = error.message, error.hint
        later = call.retry_after is not None and call.retry_after > left
        if call.retry_after is not None and later:
            then = self._world.now() + timedelta(seconds=call.retry_after)
            hint = f"it asks to be left alone until {then:%Y-%m-%d %H:%M} {then.tzname() or ''}".rstrip()
            hint += f": {faults.LATER} then"
        if state.attempt_number > 1:
            message += f" (asked {state.attempt_number} times)"
        raise TransportFailed(message, url=error.url, status=error.status, hint=hint, later=later)

    def _hide(self, error: SourceError) -> None:
        """Take out secrets that a server sent back and that are told in an error."""
        for secret in self._exchange.secrets.values():
            for shown in (secret, quote(secret, safe="")):
                error.message = error.message.replace(shown, "…")
                error.hint = error.hint and error.hint.replace(shown, "…")
        error.args = (error.message,)


def _astray(url: httpx.URL, answer: Answer, whither: str) -> TransportFailed:
    message = f"{where(url)} sends us {whither}"
    return TransportFailed(message, url=str(url), status=answer.status, hint="is the address right?")
