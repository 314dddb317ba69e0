"""`peerlit import`."""

import click

from catalog.errors import SourceError, UsageFault
from catalog.store import Catalog, Harvest, open_catalog
from cli.main import report
from cli.output import say
from cli.progress import progress
from cli.session import catch_up_unless_busy
from cli.settings import Settings
from cli.sources import FileSource, default_name

_FIGURES = ("new", "changed", "unchanged", "repeated", "outdated", "deleted", "rejected")


@click.command(name="import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--source", help="The source's name; else the name of the file or folder.")
@click.option("--no-index", is_flag=True, help="Leave indexing to the next search.")
@click.pass_obj
def command(settings: Settings, paths: tuple[str, ...], source: str | None, *, no_index: bool) -> None:
    """Read files of records into the catalogue.

    MARC 21 (ISO 2709, MARCXML, JSON, MARCMaker), catalogue pages as text, OAI-PMH Dublin Core, DOAJ's XML and
    JSON; recognised by content, gzipped or not; from files, folders, or - for standard input. A file or
    folder is one source; importing it again changes what has changed.

    \b
    peerlit import export.mrc doaj-articles.json
    zcat dump.gz | peerlit import - --source library
    """
    if "" in paths:
        raise UsageFault("a PATH is empty", hint="is a variable of the shell not set?")
    codes = [0]
    with open_catalog(settings.folder(), mode="create") as catalog:
        for path in paths:
            try:
                codes.append(_import(catalog, settings, path, source))
            except SourceError as error:
                report(error)
                codes.append(error.exit_code)
        if not no_index:
            catch_up_unless_busy(catalog, settings, "the next search takes in the rest")
    raise click.exceptions.Exit(max(codes))


def _import(catalog: Catalog, settings: Settings, path: str, named: str | None) -> int:
    """Take in one source, say what came of it, and return the exit code."""
    files = FileSource(path)
    name = named or catalog.source_at(default_name(path), kind="file", location=files.location)
    try:
        with progress(settings, name, total=files.size(), unit="bytes") as files.consumed:
            harvest = catalog.receive(files.raws(), source=name, kind="file", location=files.location)
    except (SourceError, KeyboardInterrupt):
        _tell(settings, files, catalog.harvests(name)[0])
        raise
    _tell(settings, files, harvest)
    return 1 if harvest.counts.rejected or files.skipped or not harvest.counts.received else 0


def _tell(settings: Settings, files: FileSource, harvest: Harvest) -> None:
    """Say what there is to say of the files, and what was received of them, also when they broke off."""
    for line in files.remarks():
        say(f"note: {line}")
    if not settings.quiet and (harvest.counts.received or harvest.status == "complete"):
        say(_summary(harvest))


def _summary(harvest: Harvest) -> str:
    counts = harvest.counts
    figures = [f"{number:,} {what}" for what in _FIGURES if (number := getattr(counts, what))]
    hint = f" (peerlit rejects --source {harvest.source})" if counts.rejected else ""
    return f"{harvest.source}: {counts.received:,} received: {', '.join(figures) or 'nothing'}{hint}"
