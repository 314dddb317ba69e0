"""The page of a record, and what lies behind it for staff."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import UsageFault
from catalog.export import Options
from catalog.store import StoredRecord
from index.query.ast import All
from index.similar import similar
from web.asked import Search
from web.embedded.coins import coins
from web.embedded.highwire import highwire
from web.embedded.json_ld import json_ld
from web.formats import FORMS, entry_of, suffix_of
from web.pages.cited import citing_of
from web.pages.rendering import pages_of, record_path
from web.pages.staff import raw_file, staff_page
from web.pages.views.brief import UNTITLED, Brief, brief, language_of
from web.pages.views.copies import copies
from web.pages.views.description import describe
from web.pages.views.position import position
from web.shelf import Visit, site_of

_OFFERED: Final = (
    *("bibtex", "biblatex", "ris", "endnote-xml", "nbib", "csl-json", "json"),
    *("marc", "marcxml", "mods", "oai_dc"),
)
_BOXED: Final = ("bibtex", "ris")
_LIKE: Final = 5
_FEW: Final = 10_000
"""Records up to which looking for similar ones takes no longer than the rest of the page."""


def record_page(request: Request, visit: Visit, stored: StoredRecord) -> Response:
    """Answer with the page of a record, or the view of it that is asked for.

    Raises UsageFault for a view there is not.
    """
    name = request.query_params.get("view", "record")
    view = _VIEWS.get(name)
    if view is None:
        raise UsageFault(f"view={name} is none of {', '.join(_VIEWS)}")
    return view(request, visit, stored)


def _record(request: Request, visit: Visit, stored: StoredRecord) -> Response:
    site = site_of(request)
    record, path = stored.record, record_path(stored.key)
    page = f"{site.base(request)}{path}"
    entry = entry_of(stored)
    return pages_of(request).respond(
        request,
        "record.html",
        stored=stored,
        title=record.title or UNTITLED,
        path=path,
        page=page,
        described=describe(record),
        position=position(stored.key, request.query_params, visit, site),
        tags=highwire(record, page),
        coins=coins(record),
        json_ld=json_ld(record, page),
        forms=[(FORMS[name], f"{path}{suffix_of(FORMS[name])}") for name in _OFFERED if name in FORMS],
        citations=citing_of(request).all(entry),
        boxes=[(FORMS[name], FORMS[name].text(entry, Options()).strip()) for name in _BOXED],
        copies=copies(visit.catalog.raws(stored.key), visit),
        like=Search(like=stored.key).address(),
        similar=_similar(stored, visit) if visit.engine.count(All()) <= _FEW else None,
    )


def withdrawn_page(request: Request, stored: StoredRecord) -> Response:
    """Answer that a record was withdrawn, when, and what it was."""
    return pages_of(request).respond(
        request,
        "withdrawn.html",
        status=HTTPStatus.GONE,
        stored=stored,
        title=stored.record.title or UNTITLED,
        lang=language_of(stored.record),
        brief=brief(stored.record),
        again=Search(q=stored.record.title or "", question=True).address(),
    )


class Like(NamedTuple):
    """A record like another, in a few lines."""

    address: str
    title: str
    lang: str | None
    brief: Brief


def _similar(stored: StoredRecord, visit: Visit) -> list[Like]:
    """Return the records most like one."""
    query = similar(stored.key, stored.record, visit.engine)
    if query is None:
        return []
    hits = visit.engine.search(query, limit=_LIKE).hits
    return [
        Like(
            record_path(each.key), each.record.title or UNTITLED, language_of(each.record), brief(each.record)
        )
        for each in visit.catalog.many(hit.key for hit in hits)
    ]


_VIEWS: Final[Mapping[str, Callable[[Request, Visit, StoredRecord], Response]]] = {
    "record": _record,
    "staff": staff_page,
    "raw": raw_file,
}
