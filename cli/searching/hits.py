"""The hits of a page, in the form asked for."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import click

from catalog.export import EXPORTERS, Entry, Options
from catalog.store import StoredRecord
from cli import listing
from cli.output import write_whole
from cli.searching.marking import Marker
from cli.settings import Settings
from index.engine import Hits
from index.query.printer import show
from index.snippet import Highlighter, Snippet
from index.understanding import Understood

FORMATS = ("list", "json", "jsonl", "csv", "keys", "bibtex")


class Page(NamedTuple):
    """What is to be written, and how; `first` is the number of the first hit, counted from 1."""

    understood: Understood
    hits: Hits
    found: Iterable[StoredRecord]
    first: int
    form: str
    options: Options
    snippets: bool
    told: Mapping[str, object]


def write(page: Page, settings: Settings) -> None:
    """Write the hits of a page."""
    if page.form == "list":
        color = settings.colored()
        for line in _lines(page, color=color):
            click.echo(line, color=color)
    elif page.form == "json":
        click.echo(_envelope(page))
    else:
        entries = (
            Entry(stored.citation_key, stored.key, stored.record, stored.added_at, stored.updated_at)
            for stored in page.found
        )
        write_whole(EXPORTERS[page.form].write(entries, page.options), None)


def _lines(page: Page, *, color: bool) -> Iterator[str]:
    if not sys.stdout.isatty() and not page.snippets:
        return listing.plain_lines(page.found)
    marker = Marker(Highlighter(page.understood.query), color=color) if page.snippets else None
    return listing.short_list(page.found, first=page.first, color=color, marker=marker)


def _envelope(page: Page) -> str:
    """Return one object: the query as understood, notes, the total, the facets, and the hits of this page."""
    from catalog.export.columns import chosen, row

    names = chosen(page.options.fields)
    highlighter = Highlighter(page.understood.query) if page.snippets else None
    items: list[dict[str, object]] = []
    scores = {hit.key: hit.score for hit in page.hits.hits}
    for stored in page.found:
        item: dict[str, object] = dict(row(Entry(stored.citation_key, stored.key, stored.record), names))
        if highlighter is not None:
            item |= {
                "score": scores[stored.key],
                "snippets": [_snippet(each) for each in highlighter.snippets(stored.record)],
            }
        items.append(item)
    facets = {
        name: [{"value": value.value, "count": value.count} for value in values]
        for name, values in page.hits.facets.items()
    }
    answer = {
        "query": show(page.understood.query),
        "notes": page.understood.notes,
        **page.told,
        "total": page.hits.total,
        "facets": facets,
        "items": items,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _snippet(snippet: Snippet) -> dict[str, object]:
    """Return a snippet as its field and its pieces, those that match in lists of their own."""
    pieces = [[text] if is_match else text for text, is_match in snippet.segments]
    return {"field": snippet.field, "text": pieces}


def summary(hits: Hits, offset: int) -> str:
    """Say how many were found and how many are shown: nothing is cut silently."""
    if not hits.total:
        return "nothing found"
    last = offset + len(hits.hits)
    if len(hits.hits) == hits.total:
        return f"{hits.total:,} found"
    if not hits.hits:
        none = f", none after the first {offset:,}" if offset >= hits.total else ""
        return f"{hits.total:,} found{none}"
    more = f"; more with --offset {last}" if last < hits.total else ""
    return f"{offset + 1:,} to {last:,} of {hits.total:,} found{more}"
