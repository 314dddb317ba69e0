"""Advanced search: a query from boxes, or from a strategy of another system."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import CatalogueError
from index.fields import FIELDS as SEARCHABLE
from index.query.ast import All, Query
from index.query.printer import show
from index.understanding import DIALECTS as DIALECT_NAMES
from index.understanding import Asked, understand
from web.asked import Search, read_search
from web.caching import conditional
from web.composing import Box, Joiner, Manner, all_of, boxed, composed, inlined, values_of
from web.pages.labels import DIALECTS, FIELDS, value_label
from web.pages.rendering import pages_of
from web.searching import find
from web.shelf import Visit, site_of

LONGEST = 6000
"""Characters of a strategy: encoded it must fit into an address."""

_ROWS = range(1, 4)
_CHOICES = ("language", "type")
_MOST_CHOICES = 12
_JOINERS: Mapping[Joiner, str] = {"and": "AND", "or": "OR", "not": "NOT"}
_MANNERS: Mapping[Manner, str] = {"all": "all words", "any": "any word", "phrase": "the phrase"}


class Field(NamedTuple):
    """A box of the form: its name, its label, and how it is searched for."""

    name: str
    label: str
    box: Box


_FIELDS = (
    Field("all", "All of these words", Box("")),
    Field("phrase", "This exact phrase", Box("", None, "phrase")),
    Field("some", "Any of these words", Box("", None, "any")),
    Field("none", "None of these words", Box("", None, "any", "not")),
    Field("title", "Words of the title", Box("", "title")),
    Field("author", "Author’s name", Box("", "author")),
    Field("journal", "Words of the journal’s title", Box("", "journal")),
    Field("subject", "Words of a subject heading", Box("", "subject")),
)


class Row(NamedTuple):
    """A row that is joined to all above it: what was chosen in it."""

    number: int
    joiner: Joiner
    field: str
    manner: Manner
    text: str


class Imported(NamedTuple):
    """A strategy as one query of ours, with what is to say of it."""

    text: str
    notes: tuple[str, ...]
    address: str


@conditional()
def advanced(request: Request, visit: Visit) -> Response:
    """Show the form or, with `go`, lead to the search that its boxes ask for."""
    told = {name: value.strip() for name, value in request.query_params.items()}
    chosen = {facet: request.query_params.getlist(facet) for facet in _CHOICES}
    rows = [_row(told, number) for number in _ROWS]
    faults: dict[str, str] = {}
    imported: Imported | None = None
    if told.get("strategy"):
        try:
            imported = _imported(told)
        except CatalogueError as error:
            faults["strategy"] = _said(error)
    elif told.get("go"):
        search = _composed(told, rows, chosen, faults)
        if not faults:
            root = request.scope.get("root_path", "")
            return RedirectResponse(f"{root}{search.address()}", 303)
    return pages_of(request).respond(
        request,
        "advanced.html",
        status=400 if faults else 200,
        here="/advanced",
        told=told,
        fields=_FIELDS,
        rows=rows,
        joiners=_JOINERS,
        manners=_MANNERS,
        searchable={name: FIELDS[name] for name in SEARCHABLE if name not in ("type", "source", "has")},
        dialects=DIALECTS,
        choices=_choices(visit, request, chosen),
        faults=faults,
        imported=imported,
        longest=LONGEST,
    )


def _row(told: Mapping[str, str], number: int) -> Row:
    joiner, field, manner = (told.get(f"{name}{number}", "") for name in ("joiner", "field", "manner"))
    return Row(
        number,
        next((each for each in get_args(Joiner) if each == joiner), "and"),
        field if field in SEARCHABLE else "",
        next((each for each in get_args(Manner) if each == manner), "all"),
        told.get(f"text{number}", ""),
    )


def _composed(
    told: Mapping[str, str], rows: list[Row], chosen: Mapping[str, list[str]], faults: dict[str, str]
) -> Search:
    """Return the search that the form asks for; what is wrong with a box goes into `faults`."""
    boxes = [(field.name, field.box._replace(text=told.get(field.name, ""))) for field in _FIELDS]
    boxes += [(f"text{row.number}", Box(row.text, row.field or None, row.manner, row.joiner)) for row in rows]
    for name, box in boxes:
        try:
            boxed(box)
        except CatalogueError as error:
            faults[name] = _said(error)
    years = {name: told.get(name, "") for name in ("from", "to")}
    search = Search()
    try:
        search = read_search(years.items())
    except CatalogueError as error:
        faults["from"] = _said(error)
    if faults:
        return search
    parts = [each for each in (composed([box for _, box in boxes]), *_chosen(chosen)) if each is not None]
    for facet, values in chosen.items():
        if len(values) == 1:
            search = search.narrowed(facet, values[0])
    return Search(
        show(all_of(parts)) if parts else "",
        filters=search.filters,
        first_year=search.first_year,
        last_year=search.last_year,
    )


def _chosen(chosen: Mapping[str, list[str]]) -> Iterator[Query]:
    """Yield what has one of several values; a single one is a filter, which can be taken away again."""
    for facet, values in chosen.items():
        if len(values) > 1:
            yield values_of(facet, values)


def _imported(told: Mapping[str, str]) -> Imported:
    """Read a strategy, one query or numbered lines, and write it as one query of ours."""
    text = told["strategy"][:LONGEST]
    dialect = told.get("dialect") if told.get("dialect") in DIALECT_NAMES else None
    form = "strategy" if len(text.splitlines()) > 1 else "query"
    understood = understand(Asked(form, text, dialect, name="the strategy"))  # type: ignore[arg-type]  # one of two forms
    query = inlined(understood.query)
    written = "" if query == All() else show(query)
    return Imported(written, understood.notes, Search(written).address())


def _choices(
    visit: Visit, request: Request, chosen: Mapping[str, list[str]]
) -> list[tuple[str, str, list[tuple[str, str, int, bool]]]]:
    found = find(Search(size=10), visit, site_of(request), facets=_CHOICES, most_values=_MOST_CHOICES)
    return [
        (
            facet,
            FIELDS[facet],
            [
                (each.value, value_label(facet, each.value), each.count, each.value in chosen[facet])
                for each in found.hits.facets[facet]
            ],
        )
        for facet in _CHOICES
    ]


def _said(error: CatalogueError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message


routes: list[BaseRoute] = [Route("/advanced", advanced)]
