"""What can be asked for, in one table: its routes and its description are made of it."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from catalog.export import EXPORTERS
from index.fields import FACETS
from web import exports, records
from web.api import catalogue, searching
from web.api.shapes import (
    JSON,
    PROBLEM,
    FacetAnswer,
    FormatsAnswer,
    Item,
    SearchAnswer,
    SearchesAnswer,
    SourcesAnswer,
    SubjectsAnswer,
)
from web.formats import MEDIA_TYPES
from web.parameters import NARROWING, OPTIONS, Parameter

_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_SUGGESTIONS: Final[Mapping[str, Any]] = {
    "type": "array",
    "items": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "minItems": 4,
    "maxItems": 4,
}
_FOR_READERS: Final = ("text/html", "text/plain", PROBLEM)


class Operation(NamedTuple):
    """One address that answers GET.

    `within` is the parameter in its path. `answer` is a shape, or media types with their JSON Schema.
    `faults` are the statuses it refuses with, `refusal` the media types of what it then says. `for_forms`: a
    parameter may be left blank.
    """

    name: str
    path: str
    endpoint: Callable[[Request], Response]
    summary: str
    answer: type[Struct] | Mapping[str, Mapping[str, Any]]
    parameters: tuple[Parameter, ...] = ()
    within: Parameter | None = None
    faults: tuple[int, ...] = (400,)
    refusal: tuple[str, ...] = (PROBLEM,)
    example: str = ""
    for_forms: bool = False

    @property
    def route(self) -> str:
        """Return the path as Starlette has it; the key of a record has slashes."""
        return self.path.replace("{key}", "{name:path}")

    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the media types of its answer, each with a JSON Schema."""
        if isinstance(self.answer, Mapping):
            return self.answer
        return {JSON: {"$ref": f"#/components/schemas/{self.answer.__name__}"}}


_KEY: Final = Parameter("key", "the key, citation key, DOI or another identifier of a record")

OPERATIONS: Final = (
    Operation(
        "search",
        "/api/v1/search",
        searching.search,
        "Search: hits with their records, and how many of all hits have which value of a facet",
        SearchAnswer,
        searching.SEARCHING,
        faults=(400, 404, 422),
        example="/api/v1/search?q=%22peer+support%22&facets=year,subject&size=10",
    ),
    Operation(
        "facet",
        "/api/v1/facets/{facet}",
        searching.facet_values,
        "All values of a facet among the hits of a search, page by page",
        FacetAnswer,
        searching.FACET_VALUES,
        Parameter("facet", "the facet", "choice", FACETS),
        (400, 404, 422),
        example="/api/v1/facets/journal?q=recovery&order=value",
    ),
    Operation(
        "subjects",
        "/api/v1/subjects",
        searching.subjects,
        "The tree of the subjects of all hits of a search, or of the whole catalogue",
        SubjectsAnswer,
        NARROWING,
        faults=(400, 404, 422),
        example="/api/v1/subjects",
    ),
    Operation(
        "record",
        "/api/v1/records/{key}",
        catalogue.record,
        "One record",
        Item,
        within=_KEY,
        faults=(400, 404, 410),
    ),
    Operation(
        "formats",
        "/api/v1/formats",
        catalogue.formats,
        "The formats of records and of exports",
        FormatsAnswer,
        example="/api/v1/formats",
    ),
    Operation(
        "sources",
        "/api/v1/sources",
        catalogue.sources,
        "The sources of the records, with their last harvests",
        SourcesAnswer,
        example="/api/v1/sources",
    ),
    Operation(
        "searches",
        "/api/v1/searches",
        catalogue.searches,
        "The saved searches, with what they found last",
        SearchesAnswer,
        example="/api/v1/searches",
    ),
    Operation(
        "suggest",
        "/api/suggest",
        catalogue.suggest,
        "Queries that begin as typed, in OpenSearch's format: texts, counts, addresses",
        {catalogue.SUGGESTIONS: _SUGGESTIONS},
        catalogue.SUGGESTING,
        example="/api/suggest?q=peer",
    ),
    Operation(
        "export",
        "/export",
        exports.export,
        "All hits of a search, or chosen records, as a file; X-Total-Count tells how many",
        {
            **{each.media_type: _TEXT for each in EXPORTERS.values()},
            "application/zip": {"type": "string", "format": "binary"},
        },
        exports.EXPORTING,
        faults=(400, 404, 409, 422),
        refusal=_FOR_READERS,
        example="/export?q=%22peer+support%22&format=ris",
        for_forms=True,
    ),
    Operation(
        "recordForm",
        "/record/{key}",
        records.record,
        "One record in the form that Accept asks for, or the suffix of its address: .bib, .ris, .marcxml, …",
        dict.fromkeys((records.HTML, *MEDIA_TYPES), _TEXT),
        OPTIONS,
        _KEY,
        (400, 404, 406, 410),
        _FOR_READERS,
    ),
)
"""Every operation that is described."""
