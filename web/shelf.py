"""The open catalogue and index of one process, lent to one request at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import NamedTuple

from starlette.requests import HTTPConnection

from catalog.store import Catalog, open_catalog
from index import FOLDER, open_engine
from index.engine import Reader
from web.site import Site


class Visit(NamedTuple):
    """What a request reads: a catalogue that is its own for the time, and one commit of the index."""

    catalog: Catalog
    engine: Reader


class Shelf:
    """Catalogues that are open for reading, as many as requests are answered at the same time."""

    def __init__(self, site: Site) -> None:
        """Open catalogue and index. Raises StoreError when there is none that can be read."""
        self._site = site
        self._idle: LifoQueue[Catalog] = LifoQueue()
        self._idle.put(self._opened())
        self._engine = open_engine(site.folder / FOLDER, write=False)

    @contextmanager
    def visit(self, *, limited: bool = True) -> Iterator[Visit]:
        """Lend a catalogue and the newest commit; what is asked of it shares one budget, if it is limited.

        The visit may go on from thread to thread, as a streamed answer does, but in one at a time.
        """
        try:
            catalog = self._idle.get_nowait()
        except Empty:
            catalog = self._opened()
        try:
            yield Visit(catalog, self._engine.at_one_commit(self._site.budget if limited else None))
        finally:
            self._idle.put(catalog)

    def close(self) -> None:
        """Close all that is not lent."""
        self._engine.close()
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _opened(self) -> Catalog:
        return open_catalog(self._site.folder, mode="read", shared=True)


def site_of(request: HTTPConnection) -> Site:
    """Return what the server of a request was told about itself."""
    site: Site = request.app.state.site
    return site


def shelf_of(request: HTTPConnection) -> Shelf:
    """Return the shelf of the process that answers a request."""
    shelf: Shelf = request.app.state.shelf
    return shelf
