"""tantivy: an inverted index in Rust; facets by its aggregations over fast fields."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from engines.protocol import FACETS, MOST, SHOWN, TEXTS, Tree, entries

_WEIGHTS = {"title": 2.0, "journal": 0.5}


class Tantivy:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        builder = tantivy.SchemaBuilder()
        for name in TEXTS:
            builder.add_text_field(name, tokenizer_name="blanks", stored=name == "abstract")
        for name in FACETS:
            builder.add_text_field(f"{name}_facet", tokenizer_name="raw", fast=True, index_option="basic")
        for name in ("type", "languages"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("year", indexed=True, fast=True)
        builder.add_text_field("record", tokenizer_name="raw", stored=True, index_option="basic")
        builder.add_text_field("key", tokenizer_name="raw", stored=True, index_option="basic")
        self._schema = builder.build()
        self._counted: dict[str, Any] = {
            name: {"terms": {"field": f"{name}_facet", "size": MOST}} for name in FACETS
        }

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index(self._schema, path=str(self._folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("blanks", blanks)
        return index

    def index(self, feed: Path) -> None:
        self._folder.mkdir()
        writer = self._opened().writer(heap_size=256_000_000, num_threads=1)
        for entry in entries(feed):
            document = tantivy.Document()
            document.add_text("key", entry["key"])
            document.add_text("record", entry["record"])
            for name, text in entry["text"].items():
                if name in TEXTS:
                    document.add_text(name, text)
            for name in FACETS:
                for value in entry["facets"].get(name, []):
                    document.add_text(f"{name}_facet", value)
            for value in entry["values"].get("type", []):
                document.add_text("type", value)
            for value in entry["values"].get("language", []):
                document.add_text("languages", value)
            if entry["year"] is not None:
                document.add_integer("year", entry["year"])
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        index = self._opened()
        index.reload()
        self._searcher = index.searcher()

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        del text
        asked = self._query(tree)
        found = self._searcher.search(asked, limit=SHOWN, count=True)
        if facets:
            self._searcher.aggregate(asked, self._counted)
        if snippets:
            generator = tantivy.SnippetGenerator.create(self._searcher, asked, self._schema, "abstract")
            for _, address in found.hits:
                document = self._searcher.doc(address)
                document.get_first("record")
                generator.snippet_from_doc(document).to_html()
        return int(found.count)

    def _query(self, tree: Tree) -> Query:
        kind, *rest = tree
        if kind in {"and", "or"}:
            occurs = Occur.Must if kind == "and" else Occur.Should
            return Query.boolean_query(
                [
                    (Occur.MustNot, self._query(part[1])) if part[0] == "not" else (occurs, self._query(part))
                    for part in rest
                ]
            )
        if kind == "range":
            return Query.range_query(self._schema, "year", tantivy.FieldType.Integer, *rest)
        if kind == "value":
            return Query.term_query(self._schema, "type" if rest[0] == "type" else "languages", rest[1])
        queries = [self._weighted(name, _LEAVES[kind](self._schema, name, *rest[1:])) for name in rest[0]]
        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, q) for q in queries])

    def _weighted(self, name: str, query: Query) -> Query:
        return Query.boost_query(query, _WEIGHTS[name]) if name in _WEIGHTS else query


def _prefix(schema: tantivy.Schema, name: str, letters: str) -> Query:
    return Query.fuzzy_term_query(schema, name, letters, distance=0, prefix=True)


def _near(schema: tantivy.Schema, name: str, left: str, right: str, distance: int) -> Query:
    return Query.phrase_query(schema, name, [left, right], slop=distance)


_LEAVES: Mapping[str, Callable[..., Query]] = {
    "term": Query.term_query,
    "prefix": _prefix,
    "phrase": Query.phrase_query,
    "near": _near,
}
