"""`peerlit reindex`."""

import click

from catalog.store import open_catalog
from cli.output import say
from cli.progress import progress
from cli.session import catch_up
from cli.settings import Settings
from index import FOLDER, open_engine


@click.command()
@click.option("--normalise", is_flag=True, help="First read again what older crosswalks read, or none could.")
@click.pass_obj
def command(settings: Settings, *, normalise: bool) -> None:
    """Throw the search index away and make it again from the catalogue."""
    if normalise:
        _normalise(settings)
    with open_catalog(settings.folder(), mode="read") as catalog:
        engine = open_engine(settings.folder() / FOLDER, write=True)
        try:
            engine.clear()
        finally:
            engine.close()
        count = catch_up(catalog, settings)
    if not settings.quiet:
        say(f"indexed {count:,} records")


def _normalise(settings: Settings) -> None:
    """Read kept raw records again, and say how many."""
    with (
        open_catalog(settings.folder(), mode="write") as catalog,
        progress(settings, "reading", total=None) as told,
    ):
        done = catalog.normalise(told)
    if not settings.quiet:
        say(f"read {done.reread:,} raw records again, {done.rejected:,} rejected")
