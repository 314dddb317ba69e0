"""`peerlit search`."""

from typing import IO, TYPE_CHECKING

import click

from catalog.errors import NotFound
from cli.fields import FIELD_LIST
from cli.output import say
from cli.searching.advice import resembling, word_notes
from cli.searching.asked import Asked, Understood, asking, tell, understand
from cli.searching.facets import USUAL
from cli.searching.hits import FORMATS
from cli.searching.page import Wanted, write_page
from cli.searching.reasons import reason_lines
from cli.session import Session, searching
from cli.settings import Settings
from index.engine import SORTS, SortOrder
from index.fields import FACETS
from index.query.ast import Query
from index.query.printer import parts, show

if TYPE_CHECKING:
    from cli.searching.strategies import Examined


@click.command()
@asking
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), help="How hits are written.")
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
@click.option(
    "--snippets/--no-snippets", default=None, help="Show where the words stand, as a terminal does anyway."
)
@click.option("--count", "count_only", is_flag=True, help="Write the number of hits alone.")
@click.option("--explain", is_flag=True, help="Show the query as understood, and the hits of each part.")
@click.option("--why", metavar="KEY", help="Say why this record matches, or why not.")
@click.option("--like", metavar="KEY", help="Records most like this one; QUERY narrows them down.")
@click.option(
    "--known",
    type=click.File(encoding="utf-8-sig"),
    help="Items that must be found: DOIs or keys, one a line.",
)
@click.pass_obj
def command(
    settings: Settings,
    asked: Asked,
    form: str | None,
    fields: tuple[str, ...],
    sort: SortOrder,
    limit: int | None,
    offset: int,
    named: tuple[str, ...],
    why: str | None,
    like: str | None,
    known: IO[str] | None,
    *,
    usual: bool,
    snippets: bool | None,
    count_only: bool,
    explain: bool,
) -> None:
    """Search the catalogue; without QUERY every record is found.

    \b
    peerlit search peer support
    peerlit search '"peer support" AND (worker* OR title:recovery)' --facets
    peerlit search 'author:chreim year:2019-2024' -f csv --fields title,year,doi
    peerlit search --any "do peer workers help people recover?"
    peerlit search --strategy review.txt --known must-have.txt
    """
    understood = understand(asked)
    tell(understood)
    with searching(settings) as session:
        for note in word_notes(understood, session, stems=explain):
            say(f"note: {note}")
        if like is not None:
            understood = resembling(understood, like, session)
        if why is not None:
            total = _write_reasons(understood.query, why, session)
        elif explain or count_only:
            total = _write_counts(understood.query, session, explained=explain, counted=count_only)
        else:
            told = _examined(asked, understood, known, session) if known or understood.strategy else None
            for line in told.lines() if told and form != "json" else ():
                click.echo(line, err=form not in (None, "list"))
            if told and form is None and limit is None:  # a report is read by itself
                total = session.engine.count(understood.query)
            else:
                facets = named or (USUAL if usual else ())
                wanted = Wanted(form or "list", fields, sort, limit, offset, facets, bool(named), snippets)
                total = write_page(understood, wanted, session, settings, told.as_json() if told else {})
    raise click.exceptions.Exit(0 if total else 1)


def _examined(asked: Asked, understood: Understood, known: IO[str] | None, session: Session) -> "Examined":
    # Imported late: most searches are no strategies.
    from cli.searching.strategies import examined

    return examined(asked, understood, known.read() if known else None, session)


def _write_reasons(query: Query, name: str, session: Session) -> int:
    """Say of each part of a query whether a record meets it; return whether it meets the whole."""
    stored = session.catalog.get(name)
    reasons = session.engine.reasons(query, stored.key)
    if not reasons:
        raise NotFound(f"{stored.key} is not in the index", hint="it was deleted at its source")
    for line in reason_lines(reasons):
        click.echo(line)
    return int(reasons[0].met)


def _write_counts(query: Query, session: Session, *, explained: bool, counted: bool) -> int:
    """Write the query as understood and the hits of each part, the number of hits alone, or both."""
    found = list(parts(query)) if explained else []
    total, *counts = session.engine.counts([query, *(part.query for part in found)])
    if explained:
        click.echo(show(query))
        for part, count in zip(found, counts, strict=True):
            click.echo(f"{count:>9,}  {'  ' * part.level}{part.text}")
    if counted:
        click.echo(total)
    return total
