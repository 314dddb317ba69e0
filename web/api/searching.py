"""Searches as JSON: hits, the values of a facet, the tree of subjects."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote_plus

from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import NotFound
from catalog.export.columns import FIELDS, row
from catalog.store import StoredRecord
from index.engine import FacetValue
from index.fields import FACETS
from index.folding import fold
from index.query.printer import show
from index.snippet import Highlighter, Snippet
from index.tree import Branch, subject_tree, within
from index.understanding import Understood
from web.api.answers import answered
from web.api.shapes import (
    FacetAnswer,
    FacetCount,
    Item,
    Links,
    Mark,
    SearchAnswer,
    SnippetItem,
    SubjectNode,
    SubjectsAnswer,
    item_of,
)
from web.asked import Search, read_search
from web.caching import conditional
from web.formats import entry_of
from web.parameters import NARROWING, SEARCH, Parameter, checked
from web.searching import Found, find, meaning, notes_on
from web.shelf import Visit, site_of

SEARCHING: Final = (
    *SEARCH,
    Parameter("facets", "the facets to count all hits by", "choices", FACETS),
    Parameter("values", "values of each facet, those with most hits", "integer", (), 1, 1000),
    Parameter("fields", "columns of each record, in place of the record", "choices", tuple(FIELDS)),
    Parameter("snippets", "1: where in the records the words were found", "choice", ("1", "0")),
)
"""The parameters of a search."""

FACET_VALUES: Final = (
    *NARROWING,
    Parameter("containing", "only values with this text in them, whatever its case and accents"),
    Parameter("order", "by the number of hits, or by the value", "choice", ("count", "value")),
    Parameter("page", "the page of values, counted from 1", "integer", (), 1, 999_999_999),
    Parameter("size", "values on a page", "integer", (), 1, 1000),
)
"""The parameters of the values of a facet."""

_VALUES: Final = 20


@conditional()
def search(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/search`."""
    told = checked(request.query_params.multi_items(), SEARCHING)
    asked = read_search(request.query_params.multi_items())
    site = site_of(request)
    base = site.base(request)
    if not asked.lies_within(site.deepest):
        raise NotFound(
            f"page {asked.page:,} lies beyond hit {site.deepest:,}, the last that can be paged to",
            hint=f"all hits: {base}{asked.at_page(1).address('/export', format='jsonl')}",
        )
    facets = _several(told, "facets")
    found = find(asked, visit, site, facets=facets, most_values=int(told.get("values", _VALUES)))
    more = _kept(told, "facets", "values", "fields", "snippets")
    return answered(
        SearchAnswer(
            total=found.hits.total,
            query=show(found.understood.query),
            notes=tuple(notes_on(found, visit)),
            page=asked.page,
            size=asked.size,
            items=tuple(_items(found, base, _several(told, "fields"), marked=told.get("snippets") == "1")),
            facets={
                facet: tuple(_counts(asked, facet, values, base))
                for facet, values in found.hits.facets.items()
            },
            links=_links(
                asked,
                base,
                "/api/v1/search",
                asked.address(),
                asked.last_page(found.hits.total, site.deepest),
                more,
            ),
        )
    )


@conditional()
def facet_values(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/facets/{facet}`."""
    facet = request.path_params["facet"]
    if facet not in FACETS:
        raise NotFound(f"there is no facet {facet!r}", hint=f"there are {', '.join(FACETS)}")
    told = checked(request.query_params.multi_items(), FACET_VALUES)
    asked, understood = _narrowed(request, visit)
    base = site_of(request).base(request)
    sized = replace(asked, page=int(told.get("page", 1)), size=int(told.get("size", _VALUES)))
    end = sized.start + sized.size
    wanted = fold(told.get("containing", ""))
    by_value = told.get("order") == "value"
    most = None if wanted or by_value else end + 1  # to look at all values costs more than to search
    hits = visit.engine.search(understood.query, limit=0, facets=[facet], most_values=most)
    values = [value for value in hits.facets[facet] if wanted in fold(value.value)]
    if by_value:
        values.sort(key=lambda value: (fold(value.value), value.value))
    return answered(
        FacetAnswer(
            facet=facet,
            hits=hits.total,
            query=show(understood.query),
            values=tuple(_counts(asked, facet, values[sized.start : end], base)),
            links=_links(
                sized,
                base,
                f"/api/v1/facets/{facet}",
                asked.address(f"/search/facet/{facet}"),
                -(-len(values) // sized.size),
                _kept(told, "containing", "order"),
            ),
            total=None if len(values) == most else len(values),
        )
    )


@conditional()
def subjects(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/subjects`."""
    checked(request.query_params.multi_items(), NARROWING)
    asked, understood = _narrowed(request, visit)
    base = site_of(request).base(request)
    hits = visit.engine.search(understood.query, limit=0, facets=["subject"])
    branches = subject_tree(hits.facets["subject"])
    return answered(SubjectsAnswer(hits.total, show(understood.query), tuple(_nodes(branches, asked, base))))


def _narrowed(request: Request, visit: Visit) -> tuple[Search, Understood]:
    names = {parameter.name for parameter in NARROWING}
    told = [(name, value) for name, value in request.query_params.multi_items() if name in names]
    asked = read_search(told)
    return asked, meaning(asked, visit, site_of(request))


def _kept(told: dict[str, str], *names: str) -> dict[str, str]:
    return {name: told[name] for name in names if name in told}


def _several(told: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, told.get(name, "").split(","))))


def _items(found: Found, base: str, fields: Sequence[str], *, marked: bool) -> Iterator[Item]:
    scores = {hit.key: hit.score for hit in found.hits.hits}
    highlighter = Highlighter(found.understood.query) if marked else None
    for stored in found.records:
        more: dict[str, object] = {}
        if found.search.order == "relevance":
            more["score"] = round(scores[stored.key], 4)
        if fields:
            more["fields"] = row(entry_of(stored), fields)
        if highlighter:
            more["snippets"] = tuple(_snippets(highlighter, stored))
        yield item_of(stored, base, **more)


def _snippets(highlighter: Highlighter, stored: StoredRecord) -> Iterator[SnippetItem]:
    return (_snippet(each) for each in highlighter.snippets(stored.record) if each.is_marked)


def _snippet(snippet: Snippet) -> SnippetItem:
    text, marks = "", []
    for segment in snippet.segments:
        if segment.is_match:
            marks.append(Mark(len(text), len(text) + len(segment.text)))
        text += segment.text
    return SnippetItem(snippet.field, text, tuple(marks))


def _counts(asked: Search, facet: str, values: Iterable[FacetValue], base: str) -> Iterator[FacetCount]:
    search = asked.at_page(1).address("/api/v1/search")
    stem = f"{base}{search}{'&' if '?' in search else '?'}{facet}="
    return (FacetCount(value.value, value.count, stem + quote_plus(value.value)) for value in values)


def _nodes(branches: Sequence[Branch], asked: Search, base: str) -> Iterator[SubjectNode]:
    """Yield the widest of some subjects in the order of a tree, each with those under it."""
    for branch, under in within(branches):
        address = asked.narrowed("subject", branch.value).address("/api/v1/search")
        narrower = tuple(_nodes(under, asked, base))
        yield SubjectNode(branch.caption, branch.value, f"{base}{address}", branch.records, narrower)


def _links(asked: Search, base: str, path: str, html: str, last: int, more: dict[str, str]) -> Links:
    """Return the addresses around a page; `html` is that of readers, `last` the number of the last page."""

    def at(page: int) -> str:
        return f"{base}{asked.at_page(page).address(path, **more)}"

    return Links(
        self=at(asked.page),
        first=at(1),
        html=f"{base}{html}",
        previous=at(min(asked.page - 1, max(last, 1))) if asked.page > 1 else None,
        next=at(asked.page + 1) if asked.page < last else None,
    )
