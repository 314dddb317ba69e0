"""`peerlit export`."""

from collections.abc import Iterable
from pathlib import Path

import click

from catalog.errors import NotFound, UsageFault
from catalog.export.bibliography import Bibliography
from catalog.store import Catalog
from cli.exporting.files import limit_of, refuse_to_overwrite, write_files
from cli.exporting.options import Wanted, writing
from cli.output import say
from cli.progress import progress
from cli.searching.advice import told_of_words
from cli.searching.asked import TEXT_FILE, asking, contents, tell, understand
from cli.session import Session, searching
from cli.settings import Settings
from index.engine import SORTS, SortOrder
from index.understanding import Asked


@click.command()
@asking
@writing
@click.option(
    "--keys",
    type=TEXT_FILE,
    help="Write the records of these keys, one a line; - reads them.",
)
@click.option(
    "--sort", "-s", type=click.Choice(SORTS), help="Order; else by citation key, so that files compare well."
)
@click.pass_obj
def command(
    settings: Settings, asked: Asked, wanted: Wanted, keys: Path | None, sort: SortOrder | None
) -> None:
    """Write all hits of QUERY or a strategy, or the whole catalogue, in a format others read.

    \b
    peerlit export '"peer support"' -o review.bib
    peerlit export --strategy review.txt --for covidence --batch "DOAJ, June" -o review.ris
    peerlit search 'title:recovery' -f keys | peerlit export --keys - -f biblatex
    """
    if asked != Asked("query", "") and keys is not None:
        raise UsageFault("a query and --keys are two ways to name records", hint="give one of them")
    refuse_to_overwrite(wanted)
    names = contents(keys).splitlines() if keys else []
    with searching(settings) as session:
        found, missing = (_found(session, asked, sort), 0) if keys is None else _named(session.catalog, names)
        ordered = found if sort else session.catalog.by_citation_key(found)
        bibliography = Bibliography(wanted.form, wanted.options, query=asked.text, count=len(found))
        with progress(settings, "writing", total=len(found)) as told:
            records = session.catalog.many(ordered)
            where = write_files(bibliography.files(records, limit_of(wanted, len(found)), told), wanted)
    for note in bibliography.notes():
        say(f"note: {note}")
    if not settings.quiet:
        say(f"{len(found):,} written{where}")
    raise click.exceptions.Exit(0 if found and not missing else 1)


def _found(session: Session, asked: Asked, sort: SortOrder | None) -> list[str]:
    """Return the keys of all hits."""
    understood = understand(asked)
    tell(understood)
    for note in told_of_words(understood, session, every=False):
        say(f"note: {note}")
    hits = session.engine.search(understood.query, limit=None, sort=sort or "added")
    return [hit.key for hit in hits.hits]


def _named(catalog: Catalog, lines: Iterable[str]) -> tuple[list[str], int]:
    """Return the keys of the records named, each once, and how many names led nowhere."""
    found: dict[str, None] = {}
    missing = 0
    for name in filter(None, map(str.strip, lines)):
        try:
            found[catalog.get(name).key] = None
        except NotFound as error:
            missing += 1
            say(f"note: {error.message}")
    return list(found), missing
