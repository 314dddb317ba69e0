"""`peerlit search`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from catalog.errors import NotFound, UsageFault
from cli.fields import FIELD_LIST, tell_unused_fields
from cli.output import say, typed
from cli.searching.advice import resembling_named, told_of_words
from cli.searching.asked import TEXT_FILE, asking, contents, named, tell, understand
from cli.searching.facets import USUAL
from cli.searching.hits import FORMATS
from cli.searching.page import Wanted, write_page
from cli.searching.reasons import reason_lines
from cli.session import Session, searching
from cli.settings import Settings
from index.engine import SORTS, SortOrder
from index.fields import FACETS
from index.query.ast import Query
from index.query.parts import parts
from index.query.printer import show
from index.understanding import Asked, Understood

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
    "--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count by this one, all values."
)
@click.option(
    "--snippets/--no-snippets", default=None, help="Show where the words stand, as a terminal does anyway."
)
@click.option("--count", "count_only", is_flag=True, help="Write the number of hits alone.")
@click.option("--explain", is_flag=True, help="Show the query as understood, and the hits of each part.")
@click.option("--why", metavar="KEY", help="Say why this record matches, or why not.")
@click.option("--like", metavar="KEY", help="Records most like this one; QUERY narrows them down.")
@click.option("--known", type=TEXT_FILE, help="Items that must be found: DOIs or keys, one a line.")
@click.pass_obj
def command(
    settings: Settings,
    asked: Asked,
    form: str | None,
    fields: tuple[str, ...],
    sort: SortOrder,
    limit: int | None,
    offset: int,
    facets: tuple[str, ...],
    why: str | None,
    like: str | None,
    known: Path | None,
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
    given = _given(click.get_current_context())
    items = None if known is None else _items(known, asked)
    understood = understand(asked)
    tell(understood)
    _tell_unused(given)
    tell_unused_fields(form or "list", fields)
    if snippets and form not in (None, "list", "json"):
        say("note: --snippets is for the list and -f json")
    with searching(settings) as session:
        if like is not None:
            understood = resembling_named(understood, typed(like), session)
        on_words = tuple(told_of_words(understood, session, every=explain))
        for note in on_words:
            say(f"note: {note}")
        understood = understood._replace(notes=(*understood.notes, *on_words))
        if why is not None:
            total = _write_reasons(understood.query, typed(why), session)
        elif explain or count_only:
            total = _write_counts(understood.query, session, explained=explain, counted=count_only)
        else:
            told = _examined(asked, understood, items, session) if items or understood.strategy else None
            for line in told.lines() if told and form != "json" else ():
                click.echo(line, err=form not in (None, "list"))
            if told and given.isdisjoint(_LISTING):  # a report is read by itself
                limit = 0
            counted = facets or (USUAL if usual else ())
            wanted = Wanted(form or "list", fields, sort, limit, offset, counted, bool(facets), snippets)
            total = write_page(understood, wanted, session, settings, told.as_json() if told else {})
    raise click.exceptions.Exit(0 if total else 1)


_LISTING = {"--format", "--fields", "--limit", "--offset", "--snippets", "--sort"}
_OF_A_PAGE = {*_LISTING, "--facets", "--facet", "--known"}
_ANSWERS = (  # the first that is given is the answer, which the others have no part in
    ("--why", {*_OF_A_PAGE, "--explain", "--count"}),
    ("--explain", _OF_A_PAGE),
    ("--count", _OF_A_PAGE),
)


def _given(ctx: click.Context) -> set[str]:
    """Return the options that were typed, by their long names."""
    return {
        next(name for name in each.opts if name.startswith("--"))
        for each in ctx.command.params
        if isinstance(each, click.Option)
        and each.name
        and ctx.get_parameter_source(each.name) is ParameterSource.COMMANDLINE
    }


def _tell_unused(given: set[str]) -> None:
    """Say which options have no part in the answer."""
    for answer, others in _ANSWERS:
        if answer in given:
            if unused := sorted(given & others):
                say(f"note: with {answer} there is nothing for {', '.join(unused)} to do")
            return


def _items(known: Path, asked: Asked) -> str:
    """Return the text of a file of known items, read before anything is searched."""
    if str(known) == "-" and asked.form == "strategy" and asked.name == named(known):
        raise UsageFault("--strategy and --known both read standard input", hint="give one of them a file")
    text = contents(known)
    if not text.strip():
        raise UsageFault(f"{named(known)} names no items", hint="write a DOI, key or citation key a line")
    return text


def _examined(asked: Asked, understood: Understood, known: str | None, session: Session) -> "Examined":
    # Imported late: most searches are no strategies.
    from cli.searching.strategies import examined

    return examined(asked, understood, known, session)


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
