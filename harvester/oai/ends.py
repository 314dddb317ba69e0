"""Lists that end without a word on how long they are: whether the server has more."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from msgspec.structs import replace

from catalog.errors import SourceError
from harvester.oai.answer import Answer
from harvester.oai.asking import Asker
from harvester.oai.counting import Count
from harvester.oai.state import State
from harvester.oai.windows import Window, span, unit

_ROUND, _MANY = 5, 50  # page sizes are round numbers; and a long list is worth two requests in any case


class Ends:
    """Doubts ends of lists, since some servers forget the token though there is more (pkp-lib #6962, #7214).

    Where as many came as may be a full page, those before the oldest and after the newest date are asked for:
    two requests for a list that is longer than all that were found whole before. What has the same dates
    cannot be found so, unless the server has been seen to cut lists of that length.
    """

    def __init__(self, asker: Asker, state: State, count: Count) -> None:
        self._asker = asker
        self._state = state
        self._count = count

    def cut(self, answer: Answer, window: Window, params: Callable[[Window], Mapping[str, str]]) -> bool:
        """Tell whether a list is cut short that ended with that answer."""
        state, length = self._state, len(answer.raws)
        said = state.size is not None or (answer.token is not None and state.token is not None)
        if said or answer.errors or not (state.dates and state.heeded) or self._count.full:
            return False
        if not state.cut or length < state.cut:
            full = length % _ROUND == 0 or length >= _MANY
            if not full or length <= state.bare:
                return False
            if not any(self._has_more(params(part)) for part in self._beside(answer, window)):
                state.bare = length - 1  # as long as this one may be a page that is full
                return False
        state.cut = min(length, state.cut or length)
        return True

    def _beside(self, answer: Answer, window: Window) -> list[Window]:
        """Return what of a window is not between the dates that came."""
        spans = [found for found in (span(raw.datestamp) for raw in answer.raws) if found is not None]
        if not spans:
            return []
        length = unit(self._state.server.granularity)
        after, before = (
            max(found.first for found in spans) + length,
            min(found.first for found in spans) - length,
        )
        parts = []
        if window.until is None or after <= window.until:
            parts.append(replace(window, since=after))
        if window.since is None or before >= window.since:
            parts.append(replace(window, until=before))
        return parts

    def _has_more(self, params: Mapping[str, str]) -> bool:
        """Tell whether there are records that have not come; not those changed since the harvest began."""
        now = self._state.first_response
        with suppress(SourceError):
            for raw in self._asker.page("ListRecords", params, frail=True).raws:
                dated = span(raw.datestamp)
                late = now is not None and dated is not None and dated.first >= now
                if not late and not raw.fault and not self._count.knows(raw.identifier):
                    return True
        return False
