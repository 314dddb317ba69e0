"""Telling a server that is down from one that fails on a record."""

from collections import Counter
from collections.abc import Mapping

from catalog.errors import MalformedResponse, SourceError, TransportFailed
from harvester.oai.asking import Asker
from harvester.oai.state import State

_FAILURES = 8
_FAILURES_UNKNOWN = 3


class Vitals:
    """What is known of the server's health: an outage must stop a harvest, never punch holes in it."""

    def __init__(self, asker: Asker, state: State) -> None:
        self._asker = asker
        self._state = state
        self._failures: Counter[str] = Counter()
        self._worked: tuple[str, Mapping[str, str]] | None = None

    def well(self, verb: str, params: Mapping[str, str], *, empty: bool = False) -> None:
        """Note that a request was answered; an empty list says nothing of how records fare."""
        self._failures[verb] = 0
        if empty:
            return
        self._failures.clear()
        if "resumptionToken" not in params:  # tokens may be good for once only
            self._worked = verb, params

    def unless_busy(self, error: SourceError) -> None:
        """Raise the error when the server asks to be left alone for long: then it is no record's fault."""
        if isinstance(error, TransportFailed) and error.later:
            raise error

    def unless_down(self, error: SourceError) -> None:
        """Raise the error when the server is busy, or does not even say who it is."""
        self.unless_busy(error)
        if self._state.server.known and isinstance(error, TransportFailed | MalformedResponse):
            try:
                self._asker.identity()
            except SourceError:
                raise error from None

    def failed(self, verb: str, error: SourceError) -> SourceError | None:
        """Count failures in a row; return the error when what worked before does not work now either."""
        self._failures[verb] += 1
        if self._failures[verb] < (_FAILURES if self._state.server.known else _FAILURES_UNKNOWN):
            return None
        if self._worked is None:
            return error
        try:
            self._asker.page(*self._worked)
        except SourceError:
            return error
        self._failures.clear()
        return None
