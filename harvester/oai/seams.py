"""Where pages meet: a list that grows shorter while it is read may pass over records there."""

from collections.abc import Sequence

from catalog.record import RawRecord, Remark
from harvester.oai.state import State
from harvester.oai.windows import Window, span, widened

_DEEPEST = 5
_SHORTER = "the list grew shorter while it was read"


def mended(state: State, raws: Sequence[RawRecord], size: int | None) -> list[Remark]:
    """Compare a page with the one before; have the dates where they meet asked for again, if need be.

    Tokens that count records, all of them (VuFind) or those of one second (DOAJ: `get_start_after` in
    portality/view/oaipmh.py), pass over as many as have left the list before that place, edited or withdrawn
    meanwhile. The size that the list then has tells that some left, but not from where. What was passed over
    is dated between the last record before the seam and the first after it, where lists run by date.
    """
    before, listed = state.edge, state.listed
    state.edge, state.listed = raws[-1].datestamp if raws else before, size
    if not raws or size is None or listed is None or size >= listed:
        return []
    seam = _between(before, raws)
    if seam is None or not (state.dates and state.heeded):
        return state.note(f"{_SHORTER}: records may have been passed over, --full reads it all again")
    deep = state.windows[0].seams
    if deep == _DEEPEST:
        return [Remark("gap", f"{_SHORTER}, and again whenever it was read", 1)]
    again = widened(Window(*seam, seams=deep + 1), state.server.granularity)
    if again not in state.windows[1:]:
        state.windows.insert(1, again)
    return state.note(f"{_SHORTER}: the dates where pages met were asked for again")


def _between(before: str | None, raws: Sequence[RawRecord]) -> tuple[int, int] | None:
    """Return the first and the last second of a seam; None where the list does not run by date."""
    found = [span(date) for date in (before, *(raw.datestamp for raw in raws))]
    spans = [each for each in found if each is not None]
    if len(spans) < len(found) or (spans != sorted(spans) and spans != sorted(spans, reverse=True)):
        return None
    return min(spans[0].first, spans[1].first), max(spans[0].last, spans[1].last)
