"""peerlit: the query as typed, the engine, the records from the catalogue, the snippets as shown."""

from pathlib import Path

from catalog.store import open_catalog
from engines.protocol import FACETS, MOST, SHOWN, Tree
from index import open_engine
from index.query.parser import read
from index.snippet import Highlighter
from index.sync import sync


class Ours:
    def __init__(self, folder: Path) -> None:
        self._catalogue = folder
        self._folder = folder / "index"

    def index(self, feed: Path) -> None:
        del feed  # the catalogue itself: records are analysed here, as they are when a user does it
        writer = open_engine(self._folder, write=True)
        with open_catalog(self._catalogue) as catalog:
            sync(catalog, writer)
        writer.close()

    def open(self) -> None:
        self._catalog = open_catalog(self._catalogue)
        self._engine = open_engine(self._folder, write=False)

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        del tree
        query = read(text).query
        counted = FACETS if facets else ()
        hits = self._engine.search(query, limit=SHOWN, facets=counted, most_values=MOST)
        if snippets:
            highlighter = Highlighter(query)
            for stored in self._catalog.many(hit.key for hit in hits.hits):
                for snippet in highlighter.snippets(stored.record):
                    snippet.show(lambda found: f"[{found}]")
        return hits.total
