"""A search engine in memory that tries every document: slow, obvious, and sharing no code with evaluation."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import Stemmer

from index.analyzer import Tokens
from index.document import Document
from index.engine import Change, FacetValue, Hit, Hits, Nearly, Reason, Scanned, SortOrder, Vocabulary
from index.fields import DEFAULT_FIELDS, FIELDS
from index.folding import fold
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.parts import parts

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


def grouped(names: Iterable[str]) -> list[list[str]]:
    """Part fields by the stream their table puts them in."""
    streams: dict[str, list[str]] = {}
    for name in names:
        streams.setdefault(FIELDS[name].stream or f"only {name}", []).append(name)
    return list(streams.values())


def words_found(leaf: Query, document: Document) -> dict[str, tuple[str, ...]]:
    """Return by field the words of a document that a leaf is met by."""
    match leaf:
        case Value(facet=facet, folded=folded):
            return {facet: tuple(sorted(v for v in document.facets[facet] if fold(v) == folded))}
        case Term(fields=fields, word=word):
            held = {f: [t for v in document.text.get(f, ()) for t in v.words] for f in fields}
            held = {f: [*texts, *document.values.get(f, ())] for f, texts in held.items()}
            found = {f: tuple(sorted({t for t in texts if fits(word, t)})) for f, texts in held.items()}
        case Phrase(fields=fields, words=words):
            found = {}
            for field in fields:
                values = document.text.get(field, ())
                starts = {(n, start) for n, start, _ in places(leaf, values)}
                at = [(n, p, text) for n, v in enumerate(values) for text, p in zip(*v, strict=True)]
                each = [
                    sorted({text for n, p, text in at if (n, p - step) in starts and fits(word, text)})
                    for step, word in enumerate(words)
                ]
                found[field] = tuple(dict.fromkeys(text for texts in each for text in texts))
        case Or(children=(one, other)):
            first, second = words_found(one, document), words_found(other, document)
            names = [*first, *(name for name in second if name not in first)]
            found = {f: tuple(dict.fromkeys((*first.get(f, ()), *second.get(f, ())))) for f in names}
        case _:
            found = {}
    return {field: texts for field, texts in found.items() if texts}


def facet(name: str, documents: Sequence[Document], most: int | None) -> tuple[FacetValue, ...]:
    """Count documents by folded value; shown is the form most of them have, or the first of such."""
    forms: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for document in documents:
        shown = document.facets.get(name, ())
        totals.update({fold(value) for value in shown})
        for value in shown:
            forms.setdefault(fold(value), Counter())[value] += 1
    best = {folded: min(of, key=lambda form, of=of: (-of[form], form)) for folded, of in forms.items()}  # type: ignore[misc]  # of is bound
    ordered = sorted(totals, key=lambda folded: (-totals[folded], best[folded]))
    return tuple(FacetValue(best[folded], totals[folded]) for folded in ordered[:most])


def around(known: Mapping[str, FacetValue], start: str, before: int, after: int) -> Scanned:
    below = [value for name, value in sorted(known.items()) if name < start]
    above = [value for name, value in sorted(known.items()) if name >= start]
    return Scanned(tuple(below[-before:] if before else ()), tuple(above[:after]))


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
        return sum(len(set(v.positions)) for v in document.text.get(field, ()))

    def frequency(self, leaf: Query, document: Document, field: str) -> int:
        values = document.text.get(field, ())
        if isinstance(leaf, Term):
            return sum(fits(leaf.word, text) for value in values for text in value.words)
        return len(places(leaf, values))

    def relevance(self, query: Query, document: Document) -> float:
        return sum(self.leaf_relevance(leaf, document) for leaf in speaking(query))

    def leaf_relevance(self, leaf: Query, document: Document) -> float:
        fields = [field for field in fields_of(leaf) if FIELDS[field].kind == "text"]
        weights = {field: FIELDS[field].weight or 1.0 for field in fields}
        weight = 0.0
        for stream in grouped(fields):
            times = sum(weights[field] * self.frequency(leaf, document, field) for field in stream)
            if times:
                every = [
                    sum(weights[field] * self.length(other, field) for field in stream)
                    for other in (document, *self.held.values())
                ]
                known = [length for length in every[1:] if length]
                weight += times / (0.4 + 0.6 * every[0] / (sum(known) / len(known)))
        matching = sum(any(places(leaf, d.text.get(f, ())) for f in fields) for d in self.held.values())
        idf = math.log(1 + (len(self.held) - matching + 0.5) / (matching + 0.5))
        return idf * weight / (1.5 + weight)

    def search(
        self,
        query: Query,
        *,
        start: int = 0,
        limit: int | None = 20,
        sort: SortOrder = "relevance",
        facets: Sequence[str] = (),
        most_values: int | None = None,
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
        return Hits(
            total=len(found),
            hits=tuple(Hit(document.key, scores[document.key]) for document in page),
            facets={
                name: facet(name, found, None if FIELDS[name].kind == "number" else most_values)
                for name in facets
            },
        )

    def counts(self, queries: Sequence[Query]) -> list[int]:
        return [self.count(query) for query in queries]

    def keys(self, query: Query) -> list[str]:
        return [document.key for document in self.found(query)]

    def members(self, queries: Mapping[str, Query], keys: Sequence[str]) -> dict[str, frozenset[str]]:
        return {name: frozenset(keys).intersection(self.keys(query)) for name, query in queries.items()}

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        held = [document.text.get(f, ()) for document in self.held.values() for f in fields]
        values = [document.values.get(f, ()) for document in self.held.values() for f in fields]
        texts = {text for found in held for value in found for text in value.words}
        return sorted(text for text in texts.union(*values) if fits(word, text))

    def vocabulary(self) -> Vocabulary:
        found: Counter[str] = Counter()
        for document in self.held.values():
            for field in DEFAULT_FIELDS:
                found.update({text for value in document.text.get(field, ()) for text in value.words})
        return Vocabulary.of(found)

    def scan(self, fields: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        found: Counter[str] = Counter()
        for document in self.held.values():
            texts = {text for f in fields for value in document.text.get(f, ()) for text in value.words}
            found.update(texts.union(*(document.values.get(f, ()) for f in fields)))
        return around({term: FacetValue(term, count) for term, count in found.items()}, start, before, after)

    def scan_values(self, facets: Sequence[str], start: str, *, before: int, after: int) -> Scanned:
        every = sorted(self.held.values(), key=lambda document: document.key)
        known = {fold(value.value): value for name in reversed(facets) for value in facet(name, every, None)}
        for folded, value in known.items():
            count = sum(any(matches(Value(f, folded), document) for f in facets) for document in every)
            known[folded] = FacetValue(value.value, count)
        return around(known, fold(start), before, after)

    def reasons(self, query: Query, key: str) -> list[Reason]:
        document = self.held.get(key)
        return [] if document is None else list(self.told(query, document, 0, speaks=True))

    def told(self, query: Query, document: Document, level: int, *, speaks: bool) -> Iterator[Reason]:
        _, text, _ = next(parts(query, level))
        inner = [part for part in parts(query, level) if part.level == level + 1]
        met = matches(query, document)
        where = words_found(query, document) if met and not inner else {}
        score = self.relevance(query, document) if speaks else 0.0
        yield Reason(level, text, met, self.count(query), where, score)
        for part in inner:
            within = speaks and not isinstance(query, Not | Near)
            yield from self.told(part.query, document, level + 1, speaks=within)

    def nearly(self, query: Query) -> Nearly | None:
        if isinstance(query, Line):
            return self.nearly(query.query)
        if not isinstance(query, And) or self.count(query):
            return None
        refused = [child for child in query.children if isinstance(child, Not)]
        wanted = [child for child in query.children if not isinstance(child, Not)]
        met = Counter(
            sum(matches(child, document) for child in wanted)
            for document in self.held.values()
            if all(matches(child, document) for child in refused)
        )
        most = max(met, default=0)
        return Nearly(most, len(wanted), met[most]) if most else None

    def clear(self) -> None:
        self.held.clear()
        self.seen = 0
        self.last = None

    def close(self) -> None:
        pass
