"""`peerlit harvest`."""

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import click

from catalog.errors import UsageFault
from cli.harvesting.ask import ask_oai, ask_sru, ask_vufind, checked_date
from cli.harvesting.ask_doaj import DOAJ, ask_doaj
from cli.harvesting.options import Options, harvesting
from cli.harvesting.runs import harvest_again, harvest_asked
from cli.output import typed
from cli.settings import Settings


def _as_date(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    del ctx
    return checked_date(option.opts[0], value)


_DATES = (
    click.option(
        "--from",
        "since",
        callback=_as_date,
        metavar="DATE",
        help="Only what was changed on that day or later.",
    ),
    click.option(
        "--until", callback=_as_date, metavar="DATE", help="Only what was changed up to the end of that day."
    ),
)
_SOURCE = click.option("--source", help="The source's name in the catalogue; else its host's.")


def _dates(command: Callable[..., object]) -> Callable[..., object]:
    for option in reversed(_DATES):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--update", is_flag=True, help="Run every known harvest again, each from where it ended.")
@harvesting
@click.pass_context
def command(ctx: click.Context, *, update: bool, options: Options) -> None:
    """Harvest records from DOAJ, or from any server that speaks OAI-PMH or SRU, or is a VuFind.

    A harvest that was broken off goes on where it stopped; one that was complete takes what is new since.

    \b
    peerlit harvest doaj "peer support"
    peerlit harvest doaj --subject "Public aspects of medicine"
    peerlit harvest --update
    """
    if ctx.invoked_subcommand is not None:
        # not the key, which the environment may hold as well
        typed_here = map(ctx.get_parameter_source, ctx.params)
        if click.core.ParameterSource.COMMANDLINE in typed_here:
            raise UsageFault(
                "options of a harvest stand after the kind of source",
                hint=f"peerlit harvest {ctx.invoked_subcommand} … --full",
            )
        return
    if not update:
        click.echo(ctx.get_help())
        return
    harvest_again(ctx.obj, options)


@command.command()
@click.argument("topic", required=False)
@click.option(
    "--subject", metavar="CLASS", help="A class of DOAJ's, by code or caption: peerlit subjects lists them."
)
@click.option(
    "--narrower", is_flag=True, help="The classes below it as well: articles stand in the narrowest alone."
)
@click.option("--dump", type=click.Path(path_type=Path), help="Read DOAJ's public data dump instead.")
@click.option("--base-url", default=DOAJ, show_default=True, help="Another server that answers as DOAJ does.")
@_SOURCE
@_dates
@harvesting
@click.pass_obj
def doaj(
    settings: Settings,
    topic: str | None,
    subject: str | None,
    dump: Path | None,
    base_url: str,
    source: str | None,
    since: str | None,
    until: str | None,
    *,
    narrower: bool,
    options: Options,
) -> None:
    """Harvest DOAJ: a TOPIC from its article API, a class from its feed, or all of its dump.

    Words of a topic are a phrase in keywords, title or abstract; AND, OR, NOT, brackets and fields work.

    \b
    peerlit harvest doaj "peer support"
    peerlit harvest doaj '"peer support" AND (psychosis OR recovery)' --from 2020-01-01
    peerlit harvest doaj --subject Psychiatry
    peerlit harvest doaj "peer support" --subject Medicine --narrower
    """
    asked = ask_doaj(
        topic and typed(topic),
        subject=subject and typed(subject),
        narrower=narrower,
        dump=dump,
        base_url=typed(base_url),
    )
    harvest_asked(settings, options, asked.between(since, until), source)


@command.command()
@click.argument("url")
@click.option("--set", "sets", multiple=True, metavar="SPEC", help="A set, by its setSpec; may be repeated.")
@click.option("--prefix", metavar="FORMAT", help="The metadataPrefix; else the richest that we read.")
@_SOURCE
@_dates
@harvesting
@click.pass_obj
def oai(
    settings: Settings,
    url: str,
    sets: tuple[str, ...],
    prefix: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    *,
    options: Options,
) -> None:
    """Harvest the OAI-PMH server at URL.

    \b
    peerlit harvest oai https://example.org/oai --set theses --from 2024-01-01
    """
    asked = ask_oai(typed(url), sets=sets, prefix=prefix)
    harvest_asked(settings, options, asked.between(since, until), source)


@command.command()
@click.argument("server")
@click.argument("query")
@click.option("--schema", help="The record schema; else MARCXML where there is it, else Dublin Core.")
@click.option("--sru-version", "version", type=click.Choice(["1.1", "1.2", "2.0"]), help="The SRU version.")
@_SOURCE
@harvesting
@click.pass_obj
def sru(
    settings: Settings,
    server: str,
    query: str,
    schema: str | None,
    version: str | None,
    source: str | None,
    *,
    options: Options,
) -> None:
    """Harvest what a CQL QUERY finds at an SRU server: its address, or loc, dnb, k10plus.

    \b
    peerlit harvest sru dnb 'WOE="peer support"'
    """
    asked = ask_sru(typed(server), typed(query), schema=schema, version=version)
    harvest_asked(settings, options, asked, source)


@command.command()
@click.argument("url")
@click.argument("query", required=False)
@click.option(
    "--type", "handler", metavar="TYPE", help="What the query looks in: AllFields, Title, Subject …"
)
@click.option(
    "--ids", type=click.File(encoding="utf-8"), help="A file of record ids, fetched by Export as MARC."
)
@_SOURCE
@harvesting
@click.pass_obj
def vufind(
    settings: Settings,
    url: str,
    query: str | None,
    handler: str | None,
    ids: TextIO | None,
    source: str | None,
    *,
    options: Options,
) -> None:
    """Harvest a VuFind catalogue: what a QUERY finds by its REST interface, or records by their ids.

    Where its OAI-PMH server is switched on, all of it: peerlit harvest oai URL/OAI/Server.

    \b
    peerlit harvest vufind https://example.org/vufind "peer support"
    """
    asked = ask_vufind(
        typed(url),
        query and typed(query),
        handler=handler,
        ids=None if ids is None else ids.read().splitlines(),
    )
    harvest_asked(settings, options, asked, source)
