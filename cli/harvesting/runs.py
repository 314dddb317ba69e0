"""The runs of one command: one that was asked for, or every known one again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import click

from catalog.errors import SourceError, StoreError, UsageFault
from catalog.store import Catalog, open_catalog
from catalog.store.database import FILE_NAME
from catalog.store.keys import checked_source_name
from cli.harvesting.ask import Asked
from cli.harvesting.one import harvest_one
from cli.harvesting.options import Options
from cli.harvesting.stopping import Stop, stopping
from cli.main import report
from cli.output import say, typed
from cli.session import catch_up_unless_busy
from cli.settings import Settings

if TYPE_CHECKING:
    from harvester.http import Client


def harvest_asked(settings: Settings, options: Options, asked: Asked, named: str | None) -> None:
    """Harvest what was asked for, index it, and end with the exit code."""
    if asked.why and not settings.quiet:
        say(asked.why)
    with (
        _catalogue(settings, options) as catalog,
        stopping() as stop,
        _Clients(settings, options, stop) as clients,
    ):
        name = _name(catalog, asked, options) if named is None else checked_source_name(typed(named))
        try:
            code = clients.harvest(catalog, asked._replace(name=name))
        finally:
            if not options.dry_run:
                with suppress(StoreError):  # the first error is the one to tell
                    catalog.drop_name(name)
    raise click.exceptions.Exit(code)


def harvest_again(settings: Settings, options: Options) -> None:
    """Harvest all that was harvested before, each from its watermark; end with the worst exit code.

    A source that fails does not keep the others from being harvested.
    """
    codes = []
    with (
        _catalogue(settings, options) as catalog,
        stopping() as stop,
        _Clients(settings, options, stop) as clients,
    ):
        for run in catalog.known():
            try:
                codes.append(clients.harvest(catalog, Asked(run.kind, run.source, run.location, run.request)))
            except (SourceError, UsageFault) as error:
                report(error)
                codes.append(error.exit_code)
    if not codes:
        say("nothing was harvested yet: peerlit harvest --help")
    raise click.exceptions.Exit(max(codes, default=1))


class _Clients:
    """One client for each place, so that the gap between requests is kept over several harvests of it."""

    def __init__(self, settings: Settings, options: Options, stop: Stop) -> None:
        self._settings, self._options, self._stop = settings, options, stop
        self._clients: dict[str, Client] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def harvest(self, catalog: Catalog, asked: Asked) -> int:
        """Harvest one source; return the exit code."""
        from harvester.sources import make

        client = self._clients.get(asked.location)
        if client is None:
            client = self._options.client(self._settings, self._stop)
            self._clients[asked.location] = self._open.enter_context(client)
        source = make(asked.kind, client, name=asked.name, location=asked.location, request=asked.stated())
        return harvest_one(self._settings, catalog, source, client, self._stop, self._options)


@contextmanager
def _catalogue(settings: Settings, options: Options) -> Iterator[Catalog]:
    """Open the catalogue to harvest into, and index what came, however the harvest ended.

    A dry run reads it, and has an empty one of its own where there is none: it leaves nothing behind.
    """
    if options.dry_run:
        with TemporaryDirectory() as empty:
            folder = settings.folder()
            there = (folder / FILE_NAME).is_file()
            with open_catalog(
                folder if there else Path(empty), mode="read" if there else "create"
            ) as catalog:
                yield catalog
        return
    with open_catalog(settings.folder(), mode="create") as catalog:
        try:
            yield catalog
        finally:
            if not options.no_index:
                catch_up_unless_busy(catalog, settings, "the next search takes in the rest")


def _name(catalog: Catalog, asked: Asked, options: Options) -> str:
    """Return the name of the source: DOAJ's own three ways share one, so that their records meet."""
    if asked.name == "doaj":
        return asked.name
    if options.dry_run:
        return catalog.name_at(asked.name, asked.location)
    return catalog.source_at(asked.name, kind=asked.kind, location=asked.location)
