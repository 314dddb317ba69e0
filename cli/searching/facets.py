"""Facets under a list of hits."""

import click

from cli import listing
from index.engine import Hits

USUAL = ("subject", "year", "journal", "language", "type")


def write_facets(hits: Hits, *, shown: int | None, as_data: bool) -> None:
    """Write the facets under a list; on stderr where standard output is data."""
    if hits.facets and hits.hits and not as_data:
        click.echo()
    for line in listing.facet_lines(hits.facets, shown=shown):
        click.echo(line, err=as_data)
