"""Years as bars: what an SVG draws and a table says."""

from collections.abc import Iterable
from typing import NamedTuple

from index.engine import FacetValue
from index.tree import EVER, Recount, histogram
from web.asked import Search

_WIDTH = 240
_HEIGHT = 64
_MOST_BARS = 80
_WIDEST = 16
_FILLED = 0.85


class Bar(NamedTuple):
    """Some years, how many records they have, the search narrowed to them, and the bar's place in the box."""

    label: str
    records: int
    address: str | None
    x: float
    y: float
    width: float
    height: float


class Chart(NamedTuple):
    """All bars from the first year to the last, in a box of `width` by `height`."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def chart(search: Search, years: Iterable[FacetValue], recount: Recount | None = None) -> Chart | None:
    """Return the years of a search as bars that narrow it down; None where there is nothing to compare."""
    first = EVER[0] if search.first_year is None else search.first_year
    last = EVER[-1] if search.last_year is None else search.last_year
    # A link to years takes the place of those chosen, so none may lead beyond them.
    within = range(first, last + 1)
    bins = histogram(years, width=_HEIGHT, most=_MOST_BARS, within=within, recount=recount)
    if len(bins) < 2:
        return None
    every = search.between(None, None).address()
    narrowed = f"{every}{'&' if '?' in every else '?'}"
    step = _WIDTH / len(bins)
    width = min(_WIDEST, step * _FILLED)
    return Chart(
        _WIDTH,
        _HEIGHT,
        tuple(
            Bar(
                each.label,
                each.records,
                f"{narrowed}from={each.first}&to={each.last}" if each.records else None,
                round((n + 0.5) * step - width / 2, 2),
                _HEIGHT - each.length,
                round(width, 2),
                each.length,
            )
            for n, each in enumerate(bins)
        ),
    )
