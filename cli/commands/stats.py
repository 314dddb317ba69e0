"""`peerlit stats`."""

import json
from collections.abc import Iterator, Mapping

import click

from catalog.store import Statistics, open_catalog
from cli.settings import Settings

_YEARS_SHOWN = 12


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
@click.pass_obj
def command(settings: Settings, *, as_json: bool) -> None:
    """Count what the catalogue holds and what it lacks."""
    with open_catalog(settings.folder(), mode="read") as catalog:
        statistics = catalog.stats()
    if as_json:
        click.echo(json.dumps(statistics._asdict(), ensure_ascii=False, indent=2))
        return
    for line in _lines(statistics):
        click.echo(line)


def _lines(statistics: Statistics) -> Iterator[str]:
    """Yield the figures as small tables."""
    records = "record" if statistics.records == 1 else "records"
    yield f"{statistics.records:,} {records} of {statistics.raws:,} received"
    if statistics.rejections:
        yield f"{statistics.rejections:,} could not be read (peerlit rejects)"
    if statistics.deletions:
        held = f", {statistics.deleted:,} of them of records held here" if statistics.deleted else ""
        yield f"{statistics.deletions:,} say that a record was deleted{held}"
    read = statistics.raws - statistics.rejections - statistics.deletions
    if read != statistics.records:
        yield f"{read:,} were read; a record may come in several formats and places"
    yield from _table("by source", statistics.by_source)
    yield from _table("by type", statistics.by_type)
    yield from _table("by language", statistics.by_language)
    years = {str(year or "unknown"): number for year, number in statistics.by_year.items()}
    yield from _table("by year", dict(list(years.items())[:_YEARS_SHOWN]))
    if len(years) > _YEARS_SHOWN:
        yield f"  … and {len(years) - _YEARS_SHOWN} earlier years (--json shows all)"
    yield from _shares(statistics)


def _table(heading: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        yield f"\n{heading}"
        width = len(f"{max(counts.values()):,}")
        for value, number in counts.items():
            yield f"  {number:>{width},}  {value}"


def _shares(statistics: Statistics) -> Iterator[str]:
    """Yield how complete the records are: what is missing is best known before screening."""
    if not statistics.records:
        return
    yield "\ncompleteness"
    width = len(f"{statistics.records:,}")
    for what, number in statistics.having.items():
        yield f"  {number:>{width},}  {number / statistics.records:>4.0%}  have {what}"
