"""Running a saved search, and making a run again over the records as they were then."""

import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from catalog.errors import CatalogueBusy
from catalog.store import Catalog, Change, Search, SearchLine, SearchRun, open_catalog
from cli.progress import progress
from cli.searching.asked import understand
from cli.session import Session
from cli.settings import Settings
from index import open_engine
from index.engine import Reader
from index.query.printer import show
from index.strategy.file import Strategy, StrategyLine
from index.strategy.report import report
from index.sync import is_current, sync
from index.understanding import Asked, Understood


def asked_of(search: Search | SearchRun) -> Asked:
    """Return what a saved search, or a run of one, asks for."""
    return Asked(search.form, search.text, search.dialect, search.exact)


def run(search: Search, session: Session, settings: Settings) -> SearchRun:
    """Run a saved search and keep what it found.

    Raises CatalogueBusy when the index is behind, or goes on meanwhile: a run is of all of one revision.
    """
    asked = asked_of(search)
    understood = understand(asked)
    engine = session.engine
    revision, is_whole = engine.revision(), is_current(session.catalog, engine)
    lines, keys = tuple(_lines(asked, understood, engine)), engine.keys(understood.query)
    if not is_whole or engine.revision() != revision:
        raise CatalogueBusy(
            "another process is writing to the index: a run would not be of one revision",
            hint="run it again when that is done",
        )
    with open_catalog(settings.folder(), mode="write") as catalog:
        return catalog.searches.add_run(
            search,
            revision=revision,
            program=f"peerlit {version('peerlit')}",
            understood=show(understood.query),
            lines=lines,
            keys=keys,
        )


def _lines(asked: Asked, understood: Understood, engine: Reader) -> Iterator[SearchLine]:
    """Yield the figures of a run, line by line; a search that is no strategy is one line."""
    only = StrategyLine(1, 1, asked.text, asked.text, understood.query)
    strategy = understood.strategy or Strategy("query", (only,), 1)
    for line in report(strategy, engine).lines:
        terms = tuple((part.text, part.hits) for part in line.parts if part.leaf)
        yield SearchLine(line.number, line.typed, line.understood, line.hits, terms)


class Remade(NamedTuple):
    """A run made again: what it finds now over the records of then, beside what it found."""

    total: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


def remade(made: SearchRun, catalog: Catalog, settings: Settings) -> Remade:
    """Index the records as they were at a run's revision, and search them as it did."""
    understood = understand(asked_of(made))
    then = _Then(catalog, made.revision)
    with tempfile.TemporaryDirectory(prefix="peerlit-") as folder:
        engine = open_engine(Path(folder), write=True)
        try:
            with progress(settings, "indexing the records of then", total=made.revision) as advance:
                sync(then, engine, progress=advance)
            now = set(engine.keys(understood.query))
        finally:
            engine.close()
    before = set(catalog.searches.keys(made.id))
    return Remade(len(now), tuple(sorted(now - before)), tuple(sorted(before - now)))


class _Then:
    """A catalogue at an earlier revision, as an index catches up with it."""

    def __init__(self, catalog: Catalog, revision: int) -> None:
        self._catalog = catalog
        self._revision = revision

    def revision(self) -> int:
        """Return the revision."""
        return self._revision

    def key_at(self, revision: int) -> str | None:
        """Return the key of the record that a revision changed."""
        return self._catalog.key_at(revision)

    def changes(self, since: int = 0) -> Iterable[Change]:
        """Iterate over the records of then that were changed after a revision."""
        return (change for change in self._catalog.as_of(self._revision) if change.revision > since)
