"""`peerlit show`."""

import json
import sys
from collections.abc import Iterator

import click
import msgspec

from catalog.errors import NotFound
from catalog.store import Catalog, StoredRaw, StoredRecord, open_catalog
from cli.card import card
from cli.output import typed
from cli.settings import Settings


@click.command()
@click.argument("key")
@click.option("--raw", "view", flag_value="raw", help="What the source sent, byte for byte.")
@click.option("--marc", "view", flag_value="marc", help="The MARC fields, when it came as MARC.")
@click.option("--json", "view", flag_value="json", help="The record as JSON.")
@click.option("--history", "view", flag_value="history", help="What the record was before, and when.")
@click.pass_obj
def command(settings: Settings, key: str, view: str | None) -> None:
    """Show one record; KEY is its key, its citation key or an identifier such as a DOI.

    \b
    peerlit show mirbahaeddin2024transcending
    peerlit show 10.1186/s12913-024-10943-y --raw
    """
    with open_catalog(settings.folder(), mode="read") as catalog:
        stored = catalog.get(typed(key))
        if view == "raw":
            payload = _shown(catalog, stored).raw.payload
            click.echo(payload, nl=sys.stdout.isatty() and not payload.endswith(b"\n"))
            return
        color = settings.colored()
        for line in card(stored, color=color) if view is None else _VIEWS[view](catalog, stored):
            click.echo(line, color=color)


def _json(_: Catalog, stored: StoredRecord) -> Iterator[str]:
    """Yield one object: the names the record goes by, then its fields; what is unknown is left out."""
    names = {"key": stored.key, "citation_key": stored.citation_key, "sources": stored.sources}
    yield json.dumps(names | msgspec.to_builtins(stored.record), ensure_ascii=False, indent=2)


def _history(catalog: Catalog, stored: StoredRecord) -> Iterator[str]:
    """Yield one line a revision, the present first."""
    for revision in catalog.revisions(stored.key):
        state = "deleted" if revision.deleted else revision.crosswalk
        title = revision.record.title or "[no title]"
        yield "\t".join((str(revision.revision), revision.at, revision.source, state, title))


def _marc(catalog: Catalog, stored: StoredRecord) -> Iterator[str]:
    """Yield the MARC fields of the raw record shown, or of another that holds MARC."""
    from catalog.crosswalk.marc import decode, is_marc

    for raw in (kept.raw for kept in catalog.raws(stored.key)):
        if is_marc(raw.format):
            marc = decode(raw)
            yield f"LEADER {marc.leader}"
            yield from map(str, marc.fields)
            return
    raise NotFound(
        f"{stored.key} did not come as MARC but as {_shown(catalog, stored).raw.format}",
        hint=f"peerlit show {stored.citation_key} --raw",
    )


def _shown(catalog: Catalog, stored: StoredRecord) -> StoredRaw:
    return catalog.raws(stored.key)[0]


_VIEWS = {"json": _json, "history": _history, "marc": _marc}
