"""Which documents a query finds: its one meaning, over any inverted index.

Sets of document numbers are plain Python sets, which postings fill without a detour; numpy is not imported,
because a cold search from the shell would wait for it.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate

from index.postings import VALUE_GAP, Postings, Run
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.spans import Span, adjacent, near

Leaf = Term | Phrase | Near
"""What matches text by itself, and is counted in ranking."""

_Places = dict[int, list[Span]]


class Evaluation:
    """One query's evaluation: what its parts find is kept until the answer is made."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._runs: dict[tuple[str, Word], tuple[Run, ...]] = {}
        self._in_field: dict[tuple[str, Query], AbstractSet[int]] = {}
        self._places: dict[tuple[str, Query], _Places] = {}

    def documents(self, query: Query) -> AbstractSet[int]:
        """Return the numbers of the documents that match; the set must not be changed."""
        match query:
            case All():
                return self._postings.documents()
            case Line(query=inner):
                return self.documents(inner)
            case And(children=children):
                return self._all_of(children)
            case Or(children=children):
                return set().union(*map(self.documents, children))
            case Not(child=child):
                return self._postings.documents() - self.documents(child)
            case Range(field=field, low=low, high=high):
                terms = self._postings.numbers(field, low, high)
                runs = (run for term in terms for run in self._postings.runs(field, term))
                return set().union(*(run.documents for run in runs))
            case Value(facet=facet, folded=folded):
                return self._postings.valued(facet, folded)
            case Term() | Phrase() | Near():
                return set().union(*(self._matching(field, query) for field in fields_of(query)))

    def frequencies(self, leaf: Leaf, field: str) -> dict[int, int]:
        """Return how often a leaf stands in each document's field, 0 left out."""
        if not isinstance(leaf, Term):
            return {document: len(places) for document, places in self._spans(field, leaf).items()}
        found: dict[int, int] = {}
        for run in self._occurrences(field, leaf.word):
            if not found:
                found = dict(zip(run.documents, run.counts, strict=True))
                continue
            for document, count in zip(run.documents, run.counts, strict=True):
                found[document] = found.get(document, 0) + count
        return found

    def _all_of(self, children: tuple[Query, ...]) -> AbstractSet[int]:
        wanted = [child for child in children if not isinstance(child, Not)]
        found: AbstractSet[int] | None = None
        for documents in sorted(map(self.documents, wanted), key=len):
            found = documents if found is None else found & documents
        if found is None:
            found = self._postings.documents()
        for child in children:
            if isinstance(child, Not) and found:
                found = found - self.documents(child.child)
        return found

    def _matching(self, field: str, query: Query) -> AbstractSet[int]:
        """Return the documents a leaf matches in one field."""
        if isinstance(query, Term):
            return self._holding(field, query)
        return self._spans(field, query).keys()

    def _occurrences(self, field: str, word: Word) -> tuple[Run, ...]:
        known = self._runs.get((field, word))
        if known is None:
            terms = self._postings.terms(field, word)
            known = tuple(run for term in terms for run in self._postings.runs(field, term))
            self._runs[field, word] = known
        return known

    def _holding(self, field: str, query: Query) -> AbstractSet[int]:
        """Return the documents whose field holds all the words: among them are those that match."""
        known = self._in_field.get((field, query))
        if known is None:
            match query:
                case Term(word=word):
                    runs = self._occurrences(field, word)
                    known = set().union(*(run.documents for run in runs))
                case Phrase(words=words):
                    every = [self._holding(field, Term((field,), word)) for word in words]
                    known = frozenset.intersection(*map(frozenset, every))
                case Or(children=children):
                    known = set().union(*(self._holding(field, child) for child in children))
                case Near(left=left, right=right):
                    known = self._holding(field, left) & self._holding(field, right)
                case _:
                    raise _no_text(query)
            self._in_field[field, query] = known
        return known

    def _spans(self, field: str, query: Query, within: AbstractSet[int] | None = None) -> _Places:
        """Return, by document, where a query stands in a field; only for `within` where that is given."""
        known = self._places.get((field, query))
        if known is not None:
            return known
        wanted = self._holding(field, query)
        if within is not None:
            wanted = wanted & within
        found = self._find(field, query, wanted) if wanted else {}
        if within is None:
            self._places[field, query] = found
        return found

    def _find(self, field: str, query: Query, wanted: AbstractSet[int]) -> _Places:
        match query:
            case Term(word=word):
                return self._find_word(field, word, wanted)
            case Phrase(words=words):
                return self._find_phrase(field, words, wanted)
            case Or(children=children):
                return self._find_any(field, children, wanted)
            case Near():
                return self._find_near(field, query, wanted)
            case _:
                raise _no_text(query)

    def _find_word(self, field: str, word: Word, wanted: AbstractSet[int]) -> _Places:
        found: _Places = {}
        for document, positions in self._positions(field, word, wanted):
            found.setdefault(document, []).extend((place, place) for place in positions)
        return found

    def _find_phrase(self, field: str, words: tuple[Word, ...], wanted: AbstractSet[int]) -> _Places:
        places = [self._sets(field, word, wanted) for word in words]
        found = {document: adjacent([place[document] for place in places]) for document in wanted}
        return {document: spans for document, spans in found.items() if spans}

    def _find_any(self, field: str, children: tuple[Query, ...], wanted: AbstractSet[int]) -> _Places:
        found: dict[int, dict[Span, None]] = {}
        for child in children:
            for document, spans in self._spans(field, child, wanted).items():
                found.setdefault(document, {}).update(dict.fromkeys(spans))
        return {document: list(spans) for document, spans in found.items()}

    def _find_near(self, field: str, query: Near, wanted: AbstractSet[int]) -> _Places:
        lefts, rights = (self._spans(field, side, wanted) for side in (query.left, query.right))
        reach = min(query.distance, VALUE_GAP - 1)
        found = {
            document: near(lefts[document], rights[document], reach, ordered=query.ordered)
            for document in lefts.keys() & rights.keys()
        }
        return {document: spans for document, spans in found.items() if spans}

    def _sets(self, field: str, word: Word, wanted: AbstractSet[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for document, positions in self._positions(field, word, wanted):
            found.setdefault(document, set()).update(positions)
        return found

    def _positions(
        self, field: str, word: Word, wanted: AbstractSet[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        for run in self._occurrences(field, word):
            ends = accumulate(run.counts)
            for document, count, end in zip(run.documents, run.counts, ends, strict=True):
                if document in wanted:
                    yield document, run.positions[end - count : end]


def fields_of(query: Query) -> tuple[str, ...]:
    """Return the fields a leaf looks in: those of any of its terms, which all have the same."""
    match query:
        case Term(fields=fields) | Phrase(fields=fields):
            return fields
        case Near(left=left):
            return fields_of(left)
        case Or(children=children):
            return fields_of(children[0])
        case _:
            raise _no_text(query)


def _no_text(query: Query) -> TypeError:
    return TypeError(f"{type(query).__name__} has no place in a text")


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that speak for a document: all but those under a NOT."""
    match query:
        case Term() | Phrase() | Near():
            yield query
        case Line(query=inner):
            yield from leaves(inner)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from leaves(child)
        case All() | Range() | Value() | Not():
            return
