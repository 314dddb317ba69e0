"""Where a record stands in the results it was opened from: `at=3` beside the search in its address."""

from typing import NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from catalog.errors import NotFound, QueryError, QueryTooCostly, UsageFault
from web.asked import Search, read_search
from web.pages.rendering import record_path
from web.searching import meaning
from web.shelf import Visit
from web.site import Site

_LONGEST_NUMBER = 9


class Position(NamedTuple):
    """`number` of `total` hits; `back` is the page of results with it, the others are its neighbours."""

    search: Search
    number: int
    total: int
    back: str
    previous: str | None
    next: str | None


def position(key: str, parameters: QueryParams, visit: Visit, site: Site) -> Position | None:
    """Return where a record stands, None when it was not opened from results or they are others by now."""
    told = parameters.get("at", "")
    if not (told.isascii() and told.isdigit() and len(told) <= _LONGEST_NUMBER):
        return None
    number = int(told)
    if not 0 < number <= site.deepest:
        return None
    first = max(number - 1, 1)
    try:
        search = read_search(parameters.multi_items())
        found = visit.engine.search(
            meaning(search, visit, site).query, start=first - 1, limit=number + 2 - first, sort=search.order
        )
    except (NotFound, QueryError, QueryTooCostly, UsageFault):
        return None  # the record is here whatever became of the search, which says so itself when it is run
    keys = {n: hit.key for n, hit in enumerate(found.hits, first)}
    if keys.get(number) != key:
        return None
    search = search.at_page((number - 1) // search.size + 1)

    def beside(n: int) -> str | None:
        pairs = [*search.at_page(1).pairs(), ("at", str(n))]
        return f"{record_path(keys[n])}?{urlencode(pairs)}" if n in keys else None

    back = f"{search.address()}#title-{number}"
    return Position(search, number, found.total, back, beside(number - 1), beside(number + 1))
