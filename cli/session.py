"""An open catalogue and its index, caught up, for the time of one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from catalog.errors import CatalogueBusy
from catalog.store import Catalog, open_catalog
from cli.output import say
from cli.progress import progress
from cli.settings import Settings
from index import FOLDER, open_engine
from index.engine import SearchEngine
from index.sync import is_current, sync


class Session(NamedTuple):
    """What a command that searches works with."""

    catalog: Catalog
    engine: SearchEngine


@contextmanager
def searching(settings: Settings) -> Iterator[Session]:
    """Open the catalogue for reading and its index, caught up with the catalogue.

    When another process holds the index, the search goes on over what that process has finished, and says so.
    """
    folder = settings.folder()
    with open_catalog(folder, mode="read") as catalog:
        catch_up_unless_busy(catalog, settings, "searching what is indexed so far")
        engine = open_engine(folder / FOLDER, write=False)
        try:
            yield Session(catalog, engine)
        finally:
            engine.close()


def catch_up_unless_busy(catalog: Catalog, settings: Settings, instead: str) -> None:
    """Bring the index up to date, or say that another process is at it, and what happens instead."""
    try:
        catch_up(catalog, settings)
    except CatalogueBusy as busy:
        say(f"note: {busy.message}; {instead}")


def catch_up(catalog: Catalog, settings: Settings) -> int:
    """Bring the index to the catalogue's revision; return how many changes it took."""
    index_folder = settings.folder() / FOLDER
    reader = open_engine(index_folder, write=False)
    try:
        if is_current(catalog, reader):
            return 0
    finally:
        reader.close()
    writer = open_engine(index_folder, write=True)
    try:
        if writer.needs_rebuild:
            say("note: the index is damaged, or another version made it: it is made again")
        behind = max(0, catalog.revision() - writer.revision())
        with progress(settings, "indexing", total=behind) as advance:
            return sync(catalog, writer, progress=advance)
    finally:
        writer.close()
