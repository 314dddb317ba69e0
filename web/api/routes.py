"""The addresses of the API."""

from typing import Final

from starlette.routing import BaseRoute, Route

from web.api import catalogue, searching

routes: Final[list[BaseRoute]] = [
    Route("/api/v1/search", searching.search),
    Route("/api/v1/facets/{facet}", searching.facet_values),
    Route("/api/v1/subjects", searching.subjects),
    Route("/api/v1/records/{name:path}", catalogue.record),
    Route("/api/v1/formats", catalogue.formats),
    Route("/api/v1/sources", catalogue.sources),
    Route("/api/v1/searches", catalogue.searches),
    Route("/api/suggest", catalogue.suggest),
]
