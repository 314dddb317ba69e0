"""`peerlit search`."""

import json
import sys
from collections.abc import Iterable, Iterator

import click

from catalog.export import EXPORTERS, Entry, Options
from catalog.store import StoredRecord
from cli import listing
from cli.fields import FIELD_LIST
from cli.output import say, typed
from cli.session import Session, searching
from cli.settings import Settings
from index.engine import Hits, SortOrder
from index.fields import FACETS
from index.query.parser import Reading, read
from index.query.printer import parts, show

_ON_TERMINAL = 20
_USUAL_FACETS = ("subject", "year", "journal", "language", "type")
_VALUES_SHOWN = 8
SORTS = ("relevance", "newest", "oldest", "title", "author", "journal", "added")
FORMATS = ("list", "json", "jsonl", "csv", "keys", "bibtex")


@click.command()
@click.argument("words", metavar="[QUERY...]", nargs=-1)
@click.option(
    "--format", "-f", "form", type=click.Choice(FORMATS), default="list", help="How hits are written."
)
@click.option("--fields", type=FIELD_LIST, default=(), help="Columns of json, jsonl and csv, commas between.")
@click.option("--sort", "-s", type=click.Choice(SORTS), default="relevance", help="Order of the hits.")
@click.option(
    "--limit", "-n", type=click.IntRange(min=0), help="At most so many; 20 on a terminal, else all."
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many.")
@click.option("--facets", "usual", is_flag=True, help="Count the hits by the usual facets as well.")
@click.option(
    "--facet", "named", multiple=True, type=click.Choice(FACETS), help="Count by this one, all values."
)
@click.option("--count", "count_only", is_flag=True, help="Write the number of hits alone.")
@click.option("--explain", is_flag=True, help="Show the query as understood, and the hits of each part.")
@click.pass_obj
def command(
    settings: Settings,
    words: tuple[str, ...],
    form: str,
    fields: tuple[str, ...],
    sort: SortOrder,
    limit: int | None,
    offset: int,
    named: tuple[str, ...],
    *,
    usual: bool,
    count_only: bool,
    explain: bool,
) -> None:
    """Search the catalogue; without QUERY every record is found.

    \b
    peerlit search peer support
    peerlit search '"peer support" AND (worker* OR title:recovery)' --facets
    peerlit search 'author:chreim year:2019-2024' -f csv --fields title,year,doi
    """
    reading = read(typed(" ".join(words)))
    for note in reading.notes:
        say(f"note: {note}")
    with searching(settings) as session:
        if explain:
            for line in _explained(session, reading):
                click.echo(line)
        if explain or count_only:
            total = session.engine.count(reading.query)
            if count_only:
                click.echo(total)
        else:
            if limit is None and form == "list" and sys.stdout.isatty():
                limit = _ON_TERMINAL
            facets = named or (_USUAL_FACETS if usual else ())
            hits = session.engine.search(reading.query, start=offset, limit=limit, sort=sort, facets=facets)
            total = hits.total
            found = session.catalog.many(hit.key for hit in hits.hits)
            _write(found, hits, reading, form, Options(fields=fields), offset, settings)
            _write_facets(hits, form, None if named else _VALUES_SHOWN)
            if not settings.quiet:
                say(_summary(hits, offset))
    raise click.exceptions.Exit(0 if total else 1)


def _explained(session: Session, reading: Reading) -> Iterator[str]:
    """Yield the query as understood: in one line, then part by part with the hits of each."""
    yield show(reading.query)
    for part in parts(reading.query):
        count = session.engine.count(part.query)
        yield f"{count:>9,}  {'  ' * part.level}{part.text}"


def _write(
    found: Iterable[StoredRecord],
    hits: Hits,
    reading: Reading,
    form: str,
    options: Options,
    offset: int,
    settings: Settings,
) -> None:
    """Write the hits of a page in the form asked for."""
    if form == "list":
        on_terminal = sys.stdout.isatty()
        color = settings.colored()
        lines = (
            listing.short_list(found, first=offset + 1, color=color)
            if on_terminal
            else listing.plain_lines(found)
        )
        for line in lines:
            click.echo(line, color=color)
        return
    entries = (Entry(stored.citation_key, stored.key, stored.record) for stored in found)
    if form == "json":
        click.echo(_envelope(entries, hits, reading, options))
        return
    for text in EXPORTERS[form].write(entries, options):
        click.echo(text, nl=False)


def _envelope(entries: Iterable[Entry], hits: Hits, reading: Reading, options: Options) -> str:
    """Return one object: the query as understood, the total, the facets, and the hits of this page."""
    from catalog.export.columns import chosen, row

    names = chosen(options.fields)
    facets = {
        name: [{"value": value.value, "count": value.count} for value in values]
        for name, values in hits.facets.items()
    }
    items = [row(entry, names) for entry in entries]
    answer = {"query": show(reading.query), "total": hits.total, "facets": facets, "items": items}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _write_facets(hits: Hits, form: str, shown: int | None) -> None:
    """Write the facets under a list; with other forms on stderr, as stdout is data. JSON has them inside."""
    if form == "json":
        return
    if hits.facets and hits.hits and form == "list":
        click.echo()
    for line in listing.facet_lines(hits.facets, shown=shown):
        click.echo(line, err=form != "list")


def _summary(hits: Hits, offset: int) -> str:
    """Say how many were found and how many are shown: nothing is cut silently."""
    if not hits.total:
        return "nothing found"
    last = offset + len(hits.hits)
    if len(hits.hits) == hits.total:
        return f"{hits.total:,} found"
    if not hits.hits:
        return f"{hits.total:,} found" + (
            f", none after the first {offset:,}" if offset >= hits.total else ""
        )
    more = f"; more with --offset {last}" if last < hits.total else ""
    return f"{offset + 1:,} to {last:,} of {hits.total:,} found{more}"
