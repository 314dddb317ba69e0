"""`peerlit harvests`."""

import json
import sys

import click

from catalog.store import Harvest, open_catalog
from catalog.store.report import rows
from cli.harvesting.report import as_json as report_as_json
from cli.listing import table
from cli.output import printable, say, typed
from cli.settings import Settings

_COLUMNS = (
    "number",
    "source",
    "begun",
    "status",
    "received",
    "new",
    "changed",
    "deleted",
    "rejected",
    "next from",
)


@click.group(invoke_without_command=True)
@click.option("--source", help="Only those of one source.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def command(ctx: click.Context, source: str | None, *, as_json: bool) -> None:
    """List the harvests and imports, the last first; `show` reports one of them in full."""
    if ctx.invoked_subcommand is not None:
        return
    settings: Settings = ctx.obj
    with open_catalog(settings.folder(), mode="read") as catalog:
        runs = catalog.harvests(source and typed(source))
        if as_json:
            for run in runs:
                click.echo(
                    json.dumps(report_as_json(run, catalog.rejections(harvest=run.id)), ensure_ascii=False)
                )
            return
    if not runs:
        say("nothing was harvested or imported yet")
        raise click.exceptions.Exit(1)
    for line in table(_COLUMNS, map(_cells, runs)):
        click.echo(line)


def _cells(run: Harvest) -> tuple[str, ...]:
    counts = run.counts
    figures = (counts.received, counts.new, counts.changed, counts.deleted, counts.rejected)
    return (
        str(run.id),
        run.source,
        run.started_at,
        run.status,
        *(f"{figure:,}" if sys.stdout.isatty() else str(figure) for figure in figures),
        run.watermark or "-",
    )


@command.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def show(settings: Settings, number: int, *, as_json: bool) -> None:
    """Report one harvest: what was asked, what came, what did not, and where the next one begins."""
    with open_catalog(settings.folder(), mode="read") as catalog:
        run, rejected = catalog.harvest(number), list(catalog.rejections(harvest=number))
    if as_json:
        click.echo(json.dumps(report_as_json(run, rejected), ensure_ascii=False, indent=2))
        return
    table = list(rows(run, rejected))
    width = max(len(name) for name, _ in table)
    for name, value in table:
        click.echo(f"{name:<{width}}  {printable(value)}")
