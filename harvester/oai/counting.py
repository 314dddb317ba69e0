"""Counting what a list brings: whether it has all that was announced, whether it ever ends."""

from collections.abc import Sequence

from catalog.record import RawRecord, Remark
from harvester.oai.state import State

_STALE_PAGES = 10
_IDENTIFIERS_KEPT = 1_000_000


class Count:
    """Counts different identifiers of the window under way, exactly as long as memory and the run last."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._identifiers: set[int] = set()
        self._tokens: set[int] = set()

    def forget(self) -> None:
        """Begin anew, for another window."""
        self._identifiers.clear()
        self._tokens.clear()

    def knows(self, identifier: str | None) -> bool:
        """Tell whether a record has come in this window."""
        return hash(identifier) in self._identifiers

    def take(self, raws: Sequence[RawRecord], size: int | None) -> int:
        """Count the records of a page and heed the announced size; return how many were new.

        Sizes are advice (OAI-PMH 2.0 §3.5.1): the last one that can be true holds, since DOAJ counts again
        for every page. One that more came than it says is no size of this list.
        """
        state = self._state
        new = len(raws)
        if not self.full:
            known = len(self._identifiers)
            self._identifiers.update(hash(raw.identifier) for raw in raws)
            new = len(self._identifiers) - known
        state.received += new
        state.walked += len(raws)
        if size and size >= state.received:
            state.size = size
        if state.size is not None and state.size < state.received:
            state.size = None
        return new

    def endless(self, token: str, new: int) -> bool:
        """Tell whether the list goes in circles. One token for all pages is none: some servers do that."""
        state = self._state
        state.stale = 0 if new else state.stale + 1
        again = token == state.token or hash(token) in self._tokens
        self._tokens.add(hash(token))
        if again and (self.full or not new):
            return True
        too_much = state.size is not None and state.walked > 2 * state.size + 1_000
        return too_much or state.stale > _STALE_PAGES

    def missing(self, *, gap: bool, what: str, place: str) -> list[Remark]:
        """Return a remark when fewer came than were announced."""
        state = self._state
        size = state.size or 0
        if state.received >= size:
            return []
        text = f"{what} after {state.received:,} of {size:,} records{place}"
        return [Remark("gap" if gap else "short", text, size - state.received)]

    @property
    def full(self) -> bool:
        """Tell whether there are too many to remember."""
        return len(self._identifiers) > _IDENTIFIERS_KEPT
