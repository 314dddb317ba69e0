"""One source harvested: what is going to be done, how far it is, what came of it."""

from typing import TYPE_CHECKING

from catalog.errors import SourceError
from catalog.store import Catalog, Harvest
from catalog.store.report import duration, remarks
from cli.harvesting.options import Options
from cli.harvesting.progress import progress
from cli.harvesting.report import summary
from cli.harvesting.stopping import Stop
from cli.output import say
from cli.settings import Settings

if TYPE_CHECKING:
    from harvester.http import Client
    from harvester.protocol import Source
    from harvester.run import Prospect

_EXIT = {"complete": 0, "incomplete": 3}
_AGAIN = "the same command goes on where it stopped"


def harvest_one(
    settings: Settings, catalog: Catalog, source: "Source", client: "Client", stop: Stop, options: Options
) -> int:
    """Harvest a source into the catalogue, telling all the way; return the exit code.

    Raises SourceError when the other side failed, KeyboardInterrupt when the user stopped it.
    """
    from harvester.run import harvest, prospect

    traffic = client.traffic
    before = traffic.requests, traffic.retries
    ahead = prospect(source, catalog, full=options.full)
    if not settings.quiet or options.dry_run:
        _tell_plan(catalog, source, client, ahead)
    if options.dry_run:
        return 0
    try:
        with progress(settings, source.name) as told:
            planned = traffic.requests - before[0], traffic.retries - before[1]
            run = harvest(
                source,
                catalog,
                traffic,
                full=options.full,
                planned=planned,
                progress=told,
                stopping=stop,
            )
    except (SourceError, KeyboardInterrupt) as error:
        _tell(settings, catalog.harvests(source.name)[0])
        if isinstance(error, KeyboardInterrupt):
            say(f"hint: {_AGAIN}")
        raise
    done = catalog.harvest(run.id)
    _tell(settings, done)
    return _exit_code(done)


def _tell_plan(catalog: Catalog, source: "Source", client: "Client", ahead: "Prospect") -> None:
    if ahead.broken_off is not None:
        run = catalog.harvest(ahead.broken_off.id)
        of = "" if run.announced is None else f" of {run.announced:,}"
        say(f"{source.name}: goes on with harvest {run.id} after {run.counts.received:,}{of} records")
        return
    plan = source.plan(ahead.since, ahead.until)
    since = f", changed since {ahead.since}" if ahead.since else ""
    say(f"{source.name}: {plan.way}{since}")
    if plan.records is not None:
        cost = _cost(plan.requests, client.gap(source.location))
        say(f"{source.name}: {plan.records:,} records announced{cost}")


def _cost(requests: int | None, gap: float) -> str:
    """Say how long that many requests take at the rate that the server allows."""
    if requests is None:
        return ""
    word = "request" if requests == 1 else "requests"
    time = f", at least {duration(requests * gap)} at one every {gap:g} s" if gap and requests > 1 else ""
    return f", {requests:,} {word}{time}"


def _tell(settings: Settings, run: Harvest) -> None:
    if not settings.quiet:
        for line in remarks(run):
            say(line)
        say(summary(run))


def _exit_code(run: Harvest) -> int:
    if run.status != "complete":
        return _EXIT.get(run.status, 4)
    nothing = not run.counts.received and run.since == run.request.get("from")
    return 1 if run.counts.rejected or nothing else 0
