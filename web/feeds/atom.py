"""What a search finds as an Atom feed, newest first (RFC 4287, paged as RFC 5005 has it)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from catalog.export import facts
from catalog.export.xml import element, leaf, quoted
from catalog.record import Record
from catalog.store import Catalog, StoredRecord
from index.query.ast import All
from index.query.printer import show
from web.asked import Search, read_search
from web.caching import conditional
from web.links import doi_address, web_links
from web.pages.rendering import record_path
from web.pages.views.brief import UNTITLED, brief, language_of
from web.searching import Found, find
from web.shelf import Visit, site_of

ATOM: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
_BEFORE_ALL: Final = "1970-01-01T00:00:00Z"


@conditional()
def feed(request: Request, visit: Visit) -> Response:
    """Answer `/search.atom`: the newest records of a search first, whatever order was asked for."""
    site = site_of(request)
    base = site.base(request)
    search = replace(read_search(request.query_params.multi_items()), sort="added")
    found = find(search, visit, site)
    query = found.understood.query
    dates = [stored.updated_at for stored in found.records]
    here = f"{base}/search.atom{'?' if request.url.query else ''}{request.url.query}"
    parts = (
        leaf("id", _address(search.at_page(1), base)),
        leaf("title", site.title if query == All() else f"{show(query)} – {site.title}"),
        leaf("updated", max(dates, default=_newest(visit.catalog))),
        element("author", leaf("name", site.title)),
        _link("self", here, ATOM),
        *_links(found, base, site.deepest),
        leaf("opensearch:totalResults", str(found.hits.total)),
        leaf("opensearch:startIndex", str(search.start + 1)),
        leaf("opensearch:itemsPerPage", str(search.size)),
        f'<opensearch:Query role="request" searchTerms={quoted(search.q)} startPage="{search.page}"/>',
        *(_entry(stored, base) for stored in found.records),
    )
    text = element("feed", "\n".join(parts), xmlns=_NAMESPACE, xmlns_opensearch=_OPENSEARCH)
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', media_type=ATOM)


def _newest(catalog: Catalog) -> str:
    return catalog.listing.latest_date(0, catalog.revision()) or _BEFORE_ALL


def _address(search: Search, base: str) -> str:
    return f"{base}{replace(search, sort=None).address('/search.atom')}"


def _links(found: Found, base: str, deepest: int) -> Iterator[str]:
    search = found.search
    last = search.last_page(found.hits.total, deepest)
    yield _link("alternate", f"{base}{search.at_page(1).address()}", "text/html")
    yield _link("search", f"{base}/opensearch.xml", "application/opensearchdescription+xml")
    yield _link("first", _address(search.at_page(1), base), ATOM)
    yield _link("last", _address(search.at_page(last), base), ATOM)
    if search.page > 1:
        yield _link("previous", _address(search.at_page(min(search.page - 1, last)), base), ATOM)
    if search.page < last:
        yield _link("next", _address(search.at_page(search.page + 1), base), ATOM)


def _link(relation: str, address: str, media_type: str | None = None) -> str:
    told = f" type={quoted(media_type)}" if media_type else ""
    return f'<link rel="{relation}" href={quoted(address)}{told}/>'


def _entry(stored: StoredRecord, base: str) -> str:
    record = stored.record
    address = f"{base}{record_path(stored.key)}"
    authors, editors = facts.people(record)
    parts = (
        leaf("id", address),
        leaf("title", record.title or UNTITLED, xml_lang=language_of(record)),
        leaf("published", stored.added_at),
        leaf("updated", stored.updated_at),
        *(element("author", leaf("name", each.literal)) for each in authors or editors),
        _link("alternate", address, "text/html"),
        _link("alternate", f"{address}.bib", "application/x-bibtex"),
        *(_link("related", url) for url in _elsewhere(record)),
        *(f"<category term={quoted(keyword)}/>" for keyword in record.keywords),
        leaf("content", _content(stored), type="html", xml_lang=language_of(record)),
    )
    return element("entry", "\n".join(filter(None, parts)))


def _elsewhere(record: Record) -> Iterable[str]:
    doi = record.identifier("doi")
    full_texts = (link.url for link in web_links(record) if link.kind == "fulltext")
    return dict.fromkeys((*([doi_address(doi)] if doi else ()), *full_texts))


def _content(stored: StoredRecord) -> str:
    """Return as HTML who wrote it, where it appeared, and its abstract."""
    told = brief(stored.record)
    more = f" and {told.more} more" if told.more else ""
    venue = f"<i>{escape(told.venue)}</i>" if told.venue else ""
    lines = (
        escape(told.people) + more,
        " ".join(filter(None, (venue, escape(told.where)))),
        escape(stored.record.abstract or ""),
    )
    return "".join(f"<p>{line}</p>" for line in lines if line)
