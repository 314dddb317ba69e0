"""Facets under a list of hits: subjects as a tree, years as a histogram, all else by count."""

from collections.abc import Iterator, Sequence

import click

from cli.output import printable
from index.engine import FacetValue, Hits
from index.tree import MOST_BINS, Recount, histogram, subject_tree

USUAL = ("subject", "year", "journal", "language", "type")
COUNTED = 400
"""Values asked for where fewer are shown: every year there is, and enough to say that there are more."""

_BAR = 30
_FEW_BINS = 15


def write_facets(hits: Hits, recount: Recount, *, shown: int | None, below: bool, as_data: bool) -> None:
    """Write the facets, at most `shown` values each, `below` other lines; on stderr where stdout is data."""
    if hits.facets and below and not as_data:
        click.echo()
    for name, values in hits.facets.items():
        click.echo(f"{name}:" if values else f"{name}: none", err=as_data)
        lines = (
            _by_year(values, shown, recount) if name == "year" else _LINES.get(name, _by_count)(values, shown)
        )
        for line in lines:
            click.echo(f"  {printable(line)}", err=as_data)
        if shown is not None and name != "year" and len(values) > shown:
            more = f"{len(values) - shown:,}" if len(values) < COUNTED else "many"
            click.echo(f"  and {more} more: --facet {name}", err=as_data)


def _by_count(values: Sequence[FacetValue], shown: int | None) -> Iterator[str]:
    width = _width(values)
    return (f"{value.count:>{width},}  {value.value}" for value in values[:shown])


def _by_level(values: Sequence[FacetValue], shown: int | None) -> Iterator[str]:
    width = _width(values)
    for branch in subject_tree(values[:shown]):
        records = "" if branch.records is None else f"{branch.records:,}"
        yield f"{records:>{width}}  {'  ' * branch.level}{branch.caption}"


def _by_year(values: Sequence[FacetValue], shown: int | None, recount: Recount) -> Iterator[str]:
    bins = histogram(values, width=_BAR, most=MOST_BINS if shown is None else _FEW_BINS, recount=recount)
    width = max((len(f"{years.records:,}") for years in bins), default=1)
    for years in bins:
        yield f"{years.records:>{width},}  {years.label:<9}  {'▇' * years.length}".rstrip()


def _width(values: Sequence[FacetValue]) -> int:
    return max((len(f"{value.count:,}") for value in values), default=1)


_LINES = {"subject": _by_level}
