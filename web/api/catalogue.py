"""What the catalogue holds and offers, as JSON: a record, formats, sources, saved searches."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import QueryError
from catalog.export import EXPORTERS
from catalog.store import Catalog
from catalog.store import Search as Saved
from index.folding import fold
from index.query.ast import All
from index.query.parser import parse
from web.api.answers import answered
from web.api.shapes import (
    FormatItem,
    FormatsAnswer,
    SavedSearch,
    SearchesAnswer,
    SourceItem,
    SourcesAnswer,
    item_of,
)
from web.asked import Search, of_saved
from web.caching import conditional, dated
from web.formats import CHOICES, FORMS, suffix_of
from web.pages.rendering import record_path
from web.parameters import Parameter, checked
from web.shelf import Visit, site_of

GONE: Final = 410
SUGGESTIONS: Final = "application/x-suggestions+json"

SUGGESTING: Final = (Parameter("q", "what was typed so far"),)
"""The parameters of suggestions."""

_SUGGESTED: Final = ("keyword", "journal", "author")
_LOOKED_AT: Final = 1000
"""Values in the order of the alphabet, of which those that most records have are suggested."""
_MOST_SUGGESTED: Final = 10


@conditional()
def record(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/records/{name}`."""
    checked(request.query_params.multi_items(), ())
    stored = visit.catalog.get(request.path_params["name"])
    if stored.deleted:
        raise HTTPException(GONE, f"{stored.key} was withdrawn by its source on {stored.updated_at[:10]}")
    base = site_of(request).base(request)
    response = answered(item_of(stored, base))
    response.headers.update(dated(stored.updated_at, visit))
    response.headers["Content-Location"] = f"{base}{api_path(stored.key)}"
    return response


def api_path(key: str) -> str:
    """Return the path of a record in the API."""
    return f"/api/v1{record_path(key).replace('/record/', '/records/', 1)}"


@conditional()
def formats(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/formats`."""
    del visit
    checked(request.query_params.multi_items(), ())
    return answered(
        FormatsAnswer(
            tuple(
                FormatItem(
                    form.name,
                    form.label,
                    suffix_of(form),
                    form.media_type,
                    form.name in EXPORTERS,
                    tuple(CHOICES) if form.name in EXPORTERS else (),
                )
                for form in FORMS.values()
            )
        )
    )


@conditional()
def sources(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/sources`."""
    checked(request.query_params.multi_items(), ())
    base = site_of(request).base(request)
    found = visit.engine.search(All(), limit=0, facets=["source"]).facets["source"]
    return answered(SourcesAnswer(tuple(_sources({v.value: v.count for v in found}, visit.catalog, base))))


def _sources(records: dict[str, int], catalog: Catalog, base: str) -> Iterator[SourceItem]:
    newest = {harvest.source: harvest for harvest in reversed(catalog.harvests())}
    for name in sorted({*records, *newest}):
        address = f"{base}{Search().narrowed('source', name).address('/api/v1/search')}"
        run = newest.get(name)
        told = (run.kind, run.status, run.started_at, run.finished_at) if run else ()
        yield SourceItem(name, records.get(name, 0), address, *told)


@conditional()
def searches(request: Request, visit: Visit) -> Response:
    """Answer `/api/v1/searches`."""
    checked(request.query_params.multi_items(), ())
    base = site_of(request).base(request)
    kept = visit.catalog.searches
    return answered(SearchesAnswer(tuple(_saved(each, visit.catalog, base) for each in kept.every())))


def _saved(saved: Saved, catalog: Catalog, base: str) -> SavedSearch:
    ran = catalog.searches.run(saved.last_run) if saved.last_run else None
    search = of_saved(saved)
    return SavedSearch(
        saved.name,
        saved.form,
        saved.text,
        saved.exact,
        saved.saved_at,
        saved.dialect,
        ran and ran.at,
        ran and ran.total,
        f"{base}{search.address('/api/v1/search')}" if search else None,
    )


@conditional()
def suggest(request: Request, visit: Visit) -> Response:
    """Answer `/api/suggest` in OpenSearch's format: keywords, journals and authors that begin as typed.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    checked(request.query_params.multi_items(), SUGGESTING)
    base = site_of(request).base(request)
    typed = request.query_params.get("q", "")
    texts = _suggestions(typed, visit) if typed.strip() else []
    return Response(
        json.dumps(
            [
                typed,
                [text for text, _ in texts],
                [f"{count:,} records" if count != 1 else "1 record" for _, count in texts],
                [f"{base}{Search(q=text).address()}" for text, _ in texts],
            ],
            ensure_ascii=False,
        ),
        media_type=SUGGESTIONS,
    )


def _suggestions(typed: str, visit: Visit) -> list[tuple[str, int]]:
    """Return queries that begin as typed and how many records have them, those with most first."""
    start = fold(typed.lstrip())
    found: dict[str, int] = {}
    for facet in _SUGGESTED:
        for value in visit.engine.scan_values((facet,), start, before=0, after=_LOOKED_AT).after:
            if fold(value.value).startswith(start):
                found.setdefault(value.value, value.count)
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return list(islice(filter(_can_be_asked, ranked), _MOST_SUGGESTED))


def _can_be_asked(suggestion: tuple[str, int]) -> bool:
    try:
        parse(suggestion[0])
    except QueryError:
        return False
    return True
