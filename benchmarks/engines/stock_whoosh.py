"""Whoosh 2.7.4 as it comes: its codec, BM25F, its collectors, facets by `groupedby`."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from whoosh import fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.collectors import FacetCollector, TopCollector
from whoosh.sorting import Count, Facets, FieldFacet

from engines.protocol import FACETS, SHOWN, TEXTS, Tree, entries

_WEIGHTS = {"title": 2.0, "journal": 0.5}
_SEVERAL = ("subject", "keyword", "language")


class StockWhoosh:
    """`usequality` off, as with it (Whoosh's default) some of the ten best hits are lost."""

    usequality = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "whoosh"

    def index(self, feed: Path) -> None:
        self._folder.mkdir()
        words = SpaceSeparatedTokenizer()
        schema = fields.Schema(
            key=fields.ID(stored=True, unique=True),
            record=fields.STORED,
            year=fields.NUMERIC(sortable=True),
            type=fields.ID,
            languages=fields.KEYWORD(commas=True),
            **{
                name: fields.TEXT(
                    analyzer=words, field_boost=_WEIGHTS.get(name, 1.0), stored=name == "abstract"
                )
                for name in TEXTS
            },
            **{
                f"{name}_facet": fields.KEYWORD(commas=True) if name in _SEVERAL else fields.ID(sortable=True)
                for name in FACETS
            },
        )
        writer = index.create_in(str(self._folder), schema).writer(limitmb=512)
        for entry in entries(feed):
            shown = {
                f"{name}_facet": ",".join(value.replace(",", ";") for value in values)
                for name, values in entry["facets"].items()
                if name in FACETS
            }
            writer.add_document(
                key=entry["key"],
                record=entry["record"],
                year=entry["year"],
                type=next(iter(entry["values"].get("type", [])), None),
                languages=",".join(entry["values"].get("language", [])),
                **entry["text"],
                **shown,
            )
        writer.commit()

    def open(self) -> None:
        self._searcher = index.open_dir(str(self._folder)).searcher()

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        del text
        asked = _query(tree)
        top = TopCollector(SHOWN, usequality=self.usequality, replace=10 if self.usequality else 0)
        collector = top
        if facets:
            groups = Facets()
            for name in FACETS:
                groups.add_facet(
                    name,
                    FieldFacet(f"{name}_facet", allow_overlap=name in _SEVERAL, maptype=Count),
                )
            collector = FacetCollector(top, groups)
        self._searcher.search_with_collector(asked, collector)
        results = collector.results()
        total = len(results)
        if snippets:
            for hit in results:
                hit["record"]
                hit.highlights("abstract", text=hit.get("abstract", ""))
        return int(total)


class DefaultWhoosh(StockWhoosh):
    """Whoosh's own default: block quality optimisations on."""

    usequality = True


def _query(tree: Tree) -> query.Query:
    return _MADE[tree[0]](*tree[1:])


def _any(names: Sequence[str], made: Callable[[str], query.Query]) -> query.Query:
    queries = list(map(made, names))
    return queries[0] if len(queries) == 1 else query.Or(queries)


def _near(names: Sequence[str], left: str, right: str, distance: int) -> query.Query:
    return _any(
        names,
        lambda name: query.SpanNear2(
            [query.Term(name, left), query.Term(name, right)], slop=distance + 1, ordered=False
        ),
    )


_MADE: Mapping[str, Callable[..., query.Query]] = {
    "term": lambda names, word: _any(names, lambda name: query.Term(name, word)),
    "prefix": lambda names, letters: _any(names, lambda name: query.Prefix(name, letters)),
    "phrase": lambda names, words: _any(names, lambda name: query.Phrase(name, words)),
    "near": _near,
    "range": lambda low, high: query.NumericRange("year", low, high),
    "value": lambda field, value: query.Term("type" if field == "type" else "languages", value),
    "and": lambda *parts: query.And(list(map(_query, parts))),
    "or": lambda *parts: query.Or(list(map(_query, parts))),
    "not": lambda part: query.Not(_query(part)),
}
