"""A search engine in memory that tries every document: slow, obvious, and sharing no code with evaluation."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import Stemmer

from index.analyzer import Tokens
from index.document import Document
from index.engine import Change, FacetValue, Hit, Hits, SortOrder
from index.fields import FIELDS
from index.folding import fold
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word

Place = tuple[int, int, int]  # value, first position, last position
STEMMER = Stemmer.Stemmer("english")


def fits_pattern(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(fits_pattern(pattern[1:], text[n:]) for n in range(len(text) + 1))
    return text[:1] != "" and pattern[0] in ("?", text[0]) and fits_pattern(pattern[1:], text[1:])


def fits(word: Word, text: str) -> bool:
    if word.match == "stem":
        return STEMMER.stemWord(word.text) == STEMMER.stemWord(text)
    return fits_pattern(word.text, text) if word.match == "wildcard" else word.text == text


def places(query: Query, values: Sequence[Tokens]) -> set[Place]:
    match query:
        case Term(word=word):
            return {
                (n, at, at)
                for n, v in enumerate(values)
                for text, at in zip(*v, strict=True)
                if fits(word, text)
            }
        case Phrase(words=words):
            each = [
                {(n, at) for n, v in enumerate(values) for text, at in zip(*v, strict=True) if fits(w, text)}
                for w in words
            ]
            ends = len(words) - 1
            return {
                (n, p, p + ends)
                for n, p in each[0]
                if all((n, p + step) in found for step, found in enumerate(each))
            }
        case Or(children=children):
            return {place for child in children for place in places(child, values)}
        case Near(left=left, right=right, distance=distance, ordered=ordered):
            found = set()
            for value, start, end in places(left, values):
                for other, begin, last in places(right, values):
                    if other != value:
                        continue
                    if end < begin <= end + 1 + distance:
                        found.add((value, start, last))
                    if not ordered and last < start <= last + 1 + distance:
                        found.add((value, begin, end))
            return found
        case _:
            raise AssertionError(query)


def fields_of(query: Query) -> tuple[str, ...]:
    match query:
        case Term(fields=fields) | Phrase(fields=fields):
            return fields
        case Near(left=left):
            return fields_of(left)
        case Or(children=children):
            return fields_of(children[0])
        case _:
            raise AssertionError(query)


def matches(query: Query, document: Document) -> bool:
    match query:
        case All():
            return True
        case Line(query=inner):
            return matches(inner, document)
        case And(children=children):
            return all(matches(child, document) for child in children)
        case Or(children=children):
            return any(matches(child, document) for child in children)
        case Not(child=child):
            return not matches(child, document)
        case Range(field=field, low=low, high=high):
            numbers = document.numbers.get(field, ())
            return any((low is None or low <= n) and (high is None or n <= high) for n in numbers)
        case Value(facet=facet, folded=folded):
            return folded in map(fold, document.facets.get(facet, ()))
        case Term(fields=fields, word=word):
            in_text = any(places(query, document.text.get(field, ())) for field in fields)
            return in_text or any(fits(word, v) for field in fields for v in document.values.get(field, ()))
        case Phrase() | Near():
            return any(places(query, document.text.get(field, ())) for field in fields_of(query))


def speaking(query: Query) -> Iterator[Term | Phrase | Near]:
    match query:
        case Term() | Phrase() | Near():
            yield query
        case And(children=children) | Or(children=children):
            for child in children:
                yield from speaking(child)
        case Line(query=inner):
            yield from speaking(inner)
        case _:
            return


class Oracle:
    """A SearchEngine."""

    def __init__(self) -> None:
        self.held: dict[str, Document] = {}
        self.seen = 0
        self.last: str | None = None

    def revision(self) -> int:
        return self.seen

    def newest(self) -> str | None:
        return self.last

    def apply(self, changes: Iterable[Change], revision: int) -> None:
        for change in changes:
            self.last = change.key
            self.held.pop(change.key, None)
            if change.document is not None:
                self.held[change.key] = change.document
        self.seen = revision

    def found(self, query: Query) -> list[Document]:
        return [document for _, document in sorted(self.held.items()) if matches(query, document)]

    def count(self, query: Query) -> int:
        return len(self.found(query))

    def length(self, document: Document, field: str) -> int:
        return sum(len(v.words) for v in document.text.get(field, ()))

    def frequency(self, leaf: Query, document: Document, field: str) -> int:
        values = document.text.get(field, ())
        if isinstance(leaf, Term):
            return sum(fits(leaf.word, text) for value in values for text in value.words)
        return len(places(leaf, values))

    def relevance(self, query: Query, document: Document) -> float:
        score = 0.0
        for leaf in dict.fromkeys(speaking(query)):
            fields = [field for field in fields_of(leaf) if FIELDS[field].kind == "text"]
            weight = 0.0
            for field in fields:
                times = self.frequency(leaf, document, field)
                if times:
                    lengths = [n for other in self.held.values() if (n := self.length(other, field))]
                    relative = self.length(document, field) / (sum(lengths) / len(lengths))
                    weight += (FIELDS[field].weight or 1.0) * times / (0.25 + 0.75 * relative)
            matching = sum(any(places(leaf, d.text.get(f, ())) for f in fields) for d in self.held.values())
            idf = math.log(1 + (len(self.held) - matching + 0.5) / (matching + 0.5))
            score += idf * weight / (1.2 + weight)
        return score

    def search(
        self,
        query: Query,
        *,
        start: int = 0,
        limit: int | None = 20,
        sort: SortOrder = "relevance",
        facets: Sequence[str] = (),
    ) -> Hits:
        found = self.found(query)
        by_words = any(FIELDS[f].kind == "text" for leaf in speaking(query) for f in fields_of(leaf))
        scores = dict.fromkeys((document.key for document in found), 0.0)
        if sort == "relevance" and by_words:
            scores = {document.key: self.relevance(query, document) for document in found}
            found.sort(key=lambda document: -scores[document.key])
        else:
            order = "newest" if sort == "relevance" else sort
            name = "date" if order in ("newest", "oldest") else order
            known = [document for document in found if document.sort.get(name)]
            known.sort(key=lambda document: document.sort[name], reverse=order in ("newest", "added"))
            found = [*known, *(document for document in found if not document.sort.get(name))]
        page = found[start:] if limit is None else found[start : start + limit]
        counts = {f: Counter(v for d in self.found(query) for v in d.facets.get(f, ())) for f in facets}
        return Hits(
            total=len(found),
            hits=tuple(Hit(document.key, scores[document.key]) for document in page),
            facets={
                facet: tuple(
                    FacetValue(*pair) for pair in sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))
                )
                for facet, of in counts.items()
            },
        )

    def clear(self) -> None:
        self.held.clear()
        self.seen = 0
        self.last = None

    def close(self) -> None:
        pass
