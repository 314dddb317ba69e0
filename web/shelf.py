"""The open catalogue and index of one process, lent to one request at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from queue import Empty, Full, LifoQueue
from threading import BoundedSemaphore, Lock
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from catalog.store import Catalog, open_catalog
from catalog.store.database import FILE_NAME
from index import FOLDER, open_engine
from index.engine import Reader, SearchEngine
from web.kept import Kept
from web.site import Site

_MOST_IDLE = 16
"""Catalogues kept open for requests to come; each takes a few of the files that a process may open."""

_MOST_SENT = 20
"""Answers of a process that may be sent while they are read: each keeps a catalogue open for as long as its
reader takes, and strangers can take their time."""


class Visit(NamedTuple):
    """What a request reads: a catalogue that is its own for the time, and one commit of the index.

    `since`: when this process opened them. Another program, or another catalogue, may have answered before.
    """

    catalog: Catalog
    engine: Reader
    since: datetime


class _Opened(NamedTuple):
    """What is open of one file, told by device and number."""

    file: tuple[int, int]
    idle: LifoQueue[Catalog]
    engine: SearchEngine
    at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class Shelf:
    """Catalogues that are open for reading, as many as requests are answered at the same time.

    Another folder may be put in the place of the one that is served: it is opened then. `kept` are answers
    made from it.
    """

    def __init__(self, site: Site, clock: Callable[[], datetime] = _now) -> None:
        """Open catalogue and index. Raises StoreError when there is none that can be read."""
        self._site = site
        self._clock = clock
        self.kept = Kept()
        self._changing = Lock()
        self._sending = BoundedSemaphore(_MOST_SENT)
        self._opened = self._open()

    @contextmanager
    def visit(self, *, limited: bool = True) -> Iterator[Visit]:
        """Lend a catalogue and the newest commit; what is asked of it shares one budget, if it is limited.

        The visit may go on from thread to thread, as a streamed answer does, but in one at a time.
        """
        opened = self._current()
        try:
            catalog = opened.idle.get_nowait()
        except Empty:
            catalog = self._catalog()
        try:
            engine = opened.engine.at_one_commit(self._site.budget if limited else None)
            yield Visit(catalog, engine, opened.at)
        finally:
            self._give_back(catalog, opened)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Count an answer that is sent while it is read. Raises HTTPException (503) where there are many."""
        if not self._sending.acquire(blocking=False):
            raise HTTPException(503, f"{_MOST_SENT} files are being sent already", {"Retry-After": "30"})
        try:
            yield
        finally:
            self._sending.release()

    def close(self) -> None:
        """Close all that is not lent."""
        _close(self._opened)

    def _give_back(self, catalog: Catalog, opened: _Opened) -> None:
        """Keep a catalogue for the next request, unless its folder was replaced or there are enough."""
        if opened is self._opened:
            with suppress(Full):
                opened.idle.put_nowait(catalog)
                return
        catalog.close()

    def _current(self) -> _Opened:
        if self._opened.file == self._file():
            return self._opened
        with self._changing:
            if self._opened.file != self._file():
                before, self._opened = self._opened, self._open()
                _close(before)
        return self._opened

    def _open(self) -> _Opened:
        idle: LifoQueue[Catalog] = LifoQueue(_MOST_IDLE)
        file = self._file()
        idle.put(self._catalog())
        return _Opened(file, idle, open_engine(self._site.folder / FOLDER, write=False), self._clock())

    def _file(self) -> tuple[int, int]:
        try:
            told = (self._site.folder / FILE_NAME).stat()
        except OSError:  # opening it tells what is wrong
            return -1, -1
        return told.st_dev, told.st_ino

    def _catalog(self) -> Catalog:
        return open_catalog(self._site.folder, mode="read", shared=True)


def _close(opened: _Opened) -> None:
    opened.engine.close()
    with suppress(Empty):
        while True:
            opened.idle.get_nowait().close()


def site_of(request: HTTPConnection) -> Site:
    """Return what the server of a request was told about itself."""
    site: Site = request.app.state.site
    return site


def shelf_of(request: HTTPConnection) -> Shelf:
    """Return the shelf of the process that answers a request."""
    shelf: Shelf = request.app.state.shelf
    return shelf
