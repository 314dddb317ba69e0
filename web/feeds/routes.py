"""The addresses of the feeds."""

from typing import Final

from starlette.routing import BaseRoute, Route

from web.feeds import atom, opensearch, sitemap

routes: Final[list[BaseRoute]] = [
    Route("/search.atom", atom.feed),
    Route("/opensearch.xml", opensearch.description),
    Route("/sitemap.xml", sitemap.index),
    Route("/sitemap-{number:int}.xml", sitemap.part),
    Route("/robots.txt", sitemap.robots),
]
