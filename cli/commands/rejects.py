"""`peerlit rejects`."""

import json
import sys

import click

from catalog.errors import NotFound
from catalog.store import Catalog, Rejected, open_catalog
from cli.output import printable, say, typed
from cli.settings import Settings


@click.command()
@click.option("--source", help="Only those of one source.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--raw", "number", type=int, metavar="NUMBER", help="Write one rejected payload as it came.")
@click.pass_obj
def command(settings: Settings, source: str | None, number: int | None, *, as_json: bool) -> None:
    """List what could not be read, where it stood, and why.

    Ends with exit code 1 when there is something to list.
    """
    with open_catalog(settings.folder(), mode="read") as catalog:
        if number is not None:
            _write_payload(catalog, number)
            return
        found = 0
        for rejected in catalog.rejections(source and typed(source)):
            found += 1
            click.echo(_json_line(rejected) if as_json else _line(rejected))
    if not settings.quiet:
        say(f"{found:,} rejected" if found else "nothing was rejected")
    raise click.exceptions.Exit(1 if found else 0)


def _write_payload(catalog: Catalog, number: int) -> None:
    if not any(rejected.raw_id == number for rejected in catalog.rejections(None)):
        raise NotFound(f"no rejection has the number {number}", hint="peerlit rejects lists them")
    payload = catalog.payload(number)
    click.echo(payload, nl=sys.stdout.isatty() and not payload.endswith(b"\n"))


def _line(rejected: Rejected) -> str:
    """Write number, place, size and reason, tab separated."""
    cells = (str(rejected.raw_id), _place(rejected), f"{rejected.size:,} bytes", rejected.reason)
    return "\t".join(map(printable, cells))


def _place(rejected: Rejected) -> str:
    if rejected.ordinal is None or "://" in rejected.file:  # a place in an answer is of no use later
        return f"{rejected.source}: {rejected.identifier}"
    where = "" if rejected.offset is None else f", byte {rejected.offset:,}"
    return f"{rejected.source} {rejected.file}".rstrip() + f": record {rejected.ordinal}{where}"


def _json_line(rejected: Rejected) -> str:
    return json.dumps(rejected._asdict(), ensure_ascii=False)
