"""`peerlit export`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import click

from catalog.errors import NotFound, UsageFault
from catalog.export import EXPORTERS, Options
from catalog.export.bibliography import Bibliography
from catalog.store import Catalog
from cli.fields import FIELD_LIST, tell_unused_fields
from cli.output import say, write_whole
from cli.progress import progress
from cli.searching.advice import told_of_words
from cli.searching.asked import TEXT_FILE, asking, contents, tell, understand
from cli.session import Session, searching
from cli.settings import Settings
from index.engine import SORTS, SortOrder
from index.understanding import Asked


@click.command()
@asking
@click.option(
    "--format", "-f", "form", type=click.Choice(tuple(EXPORTERS)), default="bibtex", help="What to write."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The file to write; else standard output."
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option(
    "--keys",
    type=TEXT_FILE,
    help="Write the records of these keys, one a line; - reads them.",
)
@click.option(
    "--sort", "-s", type=click.Choice(SORTS), help="Order; else by citation key, so that files compare well."
)
@click.option("--fields", type=FIELD_LIST, default=(), help="Columns of json, jsonl and csv, commas between.")
@click.option(
    "--ascii", "latex_accents", is_flag=True, help="BibTeX with LaTeX accents instead of UTF-8 letters."
)
@click.option(
    "--url",
    type=click.Choice(("fallback", "always", "never")),
    default="fallback",
    help="Where a url goes in: only without a DOI, always, never.",
)
@click.option(
    "--month",
    type=click.Choice(("macro", "number", "none")),
    default="macro",
    help="How BibTeX's month is written.",
)
@click.option("--no-abstract", is_flag=True, help="Leave abstracts out.")
@click.option("--subjects", is_flag=True, help="Classes and headings among the keywords.")
@click.option("--excel", is_flag=True, help="A csv that Excel reads as UTF-8.")
@click.pass_obj
def command(
    settings: Settings,
    asked: Asked,
    form: str,
    output: Path | None,
    keys: Path | None,
    sort: SortOrder | None,
    fields: tuple[str, ...],
    url: Literal["fallback", "always", "never"],
    month: Literal["macro", "number", "none"],
    *,
    force: bool,
    latex_accents: bool,
    no_abstract: bool,
    subjects: bool,
    excel: bool,
) -> None:
    """Write all hits of QUERY or a strategy, or the whole catalogue, as BibTeX, BibLaTeX, JSON or CSV.

    \b
    peerlit export '"peer support"' -o review.bib
    peerlit search 'title:recovery' -f keys | peerlit export --keys - -f biblatex
    """
    if asked != Asked("query", "") and keys is not None:
        raise UsageFault("a query and --keys are two ways to name records", hint="give one of them")
    if output is not None and output.is_file() and not force:
        raise UsageFault(f"{output} exists already", hint="--force overwrites it")
    tell_unused_fields(form, fields)
    names = contents(keys).splitlines() if keys else []
    options = Options(latex_accents, url, not no_abstract, subjects, month, fields, excel)
    with searching(settings) as session:
        wanted, missing = (
            (_found(session, asked, sort), 0) if keys is None else _named(session.catalog, names)
        )
        ordered = wanted if sort else session.catalog.by_citation_key(wanted)
        bibliography = Bibliography(form, options, query=asked.text, count=len(wanted))
        with progress(settings, "writing", total=len(wanted)) as told:
            write_whole(bibliography.texts(session.catalog.many(ordered), told), output)
    for note in bibliography.notes():
        say(f"note: {note}")
    if not settings.quiet:
        say(f"{len(wanted):,} written" + (f" to {output}" if output else ""))
    raise click.exceptions.Exit(0 if wanted and not missing else 1)


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
