"""One page of hits: asked of the engine, written, summed up."""

import sys
from collections.abc import Mapping
from typing import NamedTuple

from catalog.export import Options
from cli.output import say
from cli.searching import hits
from cli.searching.advice import advice
from cli.searching.facets import COUNTED, write_facets
from cli.session import Session
from cli.settings import Settings
from index.engine import SortOrder
from index.tree import recounting
from index.understanding import Understood

_ON_TERMINAL = 20
_VALUES = 8


class Wanted(NamedTuple):
    """Which hits, in what order and form; `snippets` None is as the output wants it."""

    form: str
    fields: tuple[str, ...]
    sort: SortOrder
    limit: int | None
    offset: int
    facets: tuple[str, ...]
    all_values: bool
    snippets: bool | None


def write_page(
    understood: Understood,
    wanted: Wanted,
    session: Session,
    settings: Settings,
    told: Mapping[str, object],
) -> int:
    """Write a page of hits and its facets; return how many there are in all. `told` goes into JSON too."""
    on_terminal = wanted.form == "list" and sys.stdout.isatty()
    found = session.engine.search(
        understood.query,
        start=wanted.offset,
        limit=_ON_TERMINAL if wanted.limit is None and on_terminal else wanted.limit,
        sort=wanted.sort,
        facets=wanted.facets,
        most_values=None if wanted.all_values or wanted.form == "json" else COUNTED,
    )
    page = hits.Page(
        understood,
        found,
        session.catalog.many(hit.key for hit in found.hits),
        first=wanted.offset + 1,
        form=wanted.form,
        options=Options(fields=wanted.fields),
        snippets=on_terminal if wanted.snippets is None else wanted.snippets,
        told=told,
    )
    hits.write(page, settings)
    if wanted.form != "json":
        write_facets(
            found,
            recounting(understood.query, session.engine),
            shown=None if wanted.all_values else _VALUES,
            below=bool(found.hits or told),
            as_data=wanted.form != "list",
        )
    if not settings.quiet:
        say(hits.summary(found, wanted.offset))
    for line in advice(understood, found.total, session):
        say(f"note: {line}")
    return found.total
