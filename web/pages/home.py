"""The first page: what is in the catalogue, and the ways into it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from catalog.normalize.classes import browse
from catalog.store import Search as SavedSearch
from catalog.store import StoredRecord
from index.engine import FacetValue, Reader
from index.folding import fold
from index.query.ast import Value
from index.tree import recounting
from web.asked import Search, of_saved
from web.caching import conditional
from web.pages.rendering import pages_of, record_path
from web.pages.views.brief import UNTITLED, Brief, brief, language_of
from web.pages.views.chart import chart
from web.pages.views.facets import Row, facet_view
from web.searching import find
from web.shelf import Visit, site_of

_LISTED = ("type", "language", "source")
_MOST_VALUES = 500
_NEWEST = 10


class Saved(NamedTuple):
    """A saved search; one of several lines has no address."""

    name: str
    text: str
    address: str | None


class New(NamedTuple):
    """A record that came lately, and the day it came."""

    address: str
    title: str
    lang: str | None
    brief: Brief
    day: str


@conditional()
def home(request: Request, visit: Visit) -> Response:
    """Show what is in the catalogue."""
    found = find(
        Search(sort="added", size=_NEWEST),
        visit,
        site_of(request),
        facets=(*_LISTED, "year", "subject"),
        most_values=_MOST_VALUES,
    )
    facets, search = found.hits.facets, Search()
    return pages_of(request).respond(
        request,
        "home.html",
        total=found.hits.total,
        years=sorted(int(each.value) for each in facets["year"]),
        chart=chart(search, facets["year"], recounting(found.understood.query, visit.engine)),
        facets=[facet_view(search, facet, facets[facet], set()) for facet in _LISTED if facets[facet]],
        classes=list(_classes(facets["subject"], visit.engine)),
        saved=list(map(_saved, visit.catalog.searches.every())),
        newest=list(map(_new, found.records)),
    )


def _classes(subjects: Iterable[FacetValue], engine: Reader) -> Iterator[Row]:
    """Yield the main classes that have records, in their order on the shelf.

    Most are among the most frequent `subjects`; the others are counted one by one, which takes longer.
    """
    captions = {fold(row.caption): row.caption for row in browse() if row.depth == 0}
    counts = {fold(each.value): each.count for each in subjects}
    rare = [folded for folded in captions if folded not in counts]
    counts |= zip(rare, engine.counts([Value("subject", folded) for folded in rare]), strict=True)
    for folded, caption in captions.items():
        if count := counts[folded]:
            yield Row(caption, count, Search().narrowed("subject", caption).address(), is_chosen=False)


def _saved(saved: SavedSearch) -> Saved:
    search = of_saved(saved)
    return Saved(saved.name, saved.text, search.address() if search else None)


def _new(stored: StoredRecord) -> New:
    record = stored.record
    return New(
        record_path(stored.key),
        record.title or UNTITLED,
        language_of(record),
        brief(record),
        stored.added_at[:10],
    )


routes: list[BaseRoute] = [Route("/", home)]
