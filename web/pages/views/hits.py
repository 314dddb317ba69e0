"""The hits of a page, each with where its words stand."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from markupsafe import Markup, escape

from catalog.record import Record
from catalog.store import StoredRecord
from index.engine import Hits
from index.query.ast import Query
from index.snippet import Highlighter, Snippet
from web.asked import Search
from web.embedded.coins import coins
from web.links import WebLink, web_links
from web.pages.labels import FIELDS
from web.pages.rendering import record_path
from web.pages.views.brief import UNTITLED, Brief, brief, language_of

_MOST_SNIPPETS = 3
_LIKE = "/search?like="
_RANKS = ("fulltext", "other", "record")


class Excerpt(NamedTuple):
    """Where words were found: the field's name and its text with marks."""

    label: str
    text: Markup


class HitView(NamedTuple):
    """One hit; `address` and `like` are within this catalogue, `number` counts the whole list from 1."""

    number: int
    key: str
    address: str
    title: Markup
    lang: str | None
    brief: Brief
    excerpts: tuple[Excerpt, ...]
    online: WebLink | None
    like: str
    coins: str


def hit_views(search: Search, query: Query, hits: Hits, records: Sequence[StoredRecord]) -> Iterator[HitView]:
    """Yield the hits of a page; where a record went meanwhile, the others keep their numbers."""
    numbers = {hit.key: number for number, hit in enumerate(hits.hits, search.start + 1)}
    highlighter = Highlighter(query)
    told = urlencode([*search.pairs(), ("at", "")])
    for stored in records:
        record, number = stored.record, numbers[stored.key]
        snippets = highlighter.snippets(record)
        yield HitView(
            number,
            stored.key,
            f"{record_path(stored.key)}?{told}{number}",
            _title(record, snippets),
            language_of(record),
            brief(record),
            tuple(_excerpts(record, snippets[1:] if record.title else snippets)),
            online(record),
            f"{_LIKE}{quote_plus(stored.key)}",
            coins(record),
        )


def marked(snippet: Snippet) -> Markup:
    """Return a snippet as HTML, what was found in `<mark>`."""
    return Markup(snippet.show(lambda text: f"<mark>{escape(text)}</mark>", escape))  # noqa: S704 - both escape


def online(record: Record) -> WebLink | None:
    """Return where a record can be read: the full text before any other address."""
    links = (link for link in web_links(record) if link.kind in _RANKS)
    return min(links, key=lambda link: _RANKS.index(link.kind), default=None)


def _title(record: Record, snippets: Sequence[Snippet]) -> Markup:
    return marked(snippets[0]) if record.title else escape(UNTITLED)


def _excerpts(record: Record, snippets: Sequence[Snippet]) -> Iterator[Excerpt]:
    # One field holds the journal or book that it is part of, and the series: what has neither journal nor
    # book around it has a series.
    labels = FIELDS if record.container else {**FIELDS, "journal": "Series"}
    for snippet in snippets[:_MOST_SNIPPETS]:
        yield Excerpt(labels[snippet.field], marked(snippet))
