"""More like this: a record's most telling words, as a query."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log

from catalog.record import Record
from index.analyzer import tokens
from index.document import TEXT_VALUES
from index.engine import Reader
from index.query.ast import And, Not, Or, Query, Term, Word
from index.scripts import is_unspaced
from index.stem import stem
from index.values import normal

MOST_WORDS = 25

# Where it stands what a record is about, and how much a word counts there: a title, keywords and headings are
# chosen with care, an abstract has many words beside the point.
_WEIGHTS: Mapping[str, float] = {"title": 3.0, "keyword": 3.0, "subject": 2.0, "abstract": 1.0}
_FIELDS = tuple(_WEIGHTS)

_TRIED = 100
_SHORTEST = 3
_SHORTEST_UNSPACED = 2


def similar(key: str, record: Record, engine: Reader) -> Query | None:
    """Return the search for records like one, without itself; None when no word of it could find any.

    Words are chosen by how often they stand in the record, and by how few others have them (tf·idf). Those
    that half of all have tell nothing. A copy of the record, by its DOI, is not like it but the same.
    """
    others = Not(_itself(key, record))
    weights = _weighted(record)
    words = sorted(weights, key=lambda word: (-weights[word], word.text))[:_TRIED]
    total, *counts = engine.counts([others, *(And((Term(_FIELDS, word), others)) for word in words)])
    telling = {
        word: weights[word] * log(total / count)
        for word, count in zip(words, counts, strict=True)
        if 0 < count <= total / 2
    }
    best = sorted(telling, key=lambda word: (-telling[word], word.text))[:MOST_WORDS]
    return And((_any([Term(_FIELDS, word) for word in best]), others)) if best else None


def _itself(key: str, record: Record) -> Query:
    names = [key, *(identifier.value for identifier in record.identifiers if identifier.scheme == "doi")]
    known = dict.fromkeys(value for name in names if (value := normal("id", name)))
    return _any([Term(("id",), Word(value, "exact")) for value in known])


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Or(tuple(queries))


def _weighted(record: Record) -> dict[Word, float]:
    """Return the words a record is about; forms of one are one, in the form that is most frequent."""
    weights: defaultdict[str, float] = defaultdict(float)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for token, weight in _spoken(record):
        family = token if is_unspaced(token) else stem(token)
        weights[family] += weight
        forms[family][token] += 1
    return {_word(forms[family]): log(1 + weight) for family, weight in weights.items()}


def _spoken(record: Record) -> Iterator[tuple[str, float]]:
    for field, weight in _WEIGHTS.items():
        for text in dict.fromkeys(TEXT_VALUES[field](record)):
            for token in tokens(text or "").words:
                shortest = _SHORTEST_UNSPACED if is_unspaced(token) else _SHORTEST
                if len(token) >= shortest and not token.replace(".", "").isdecimal():
                    yield token, weight


def _word(forms: Counter[str]) -> Word:
    text = min(forms, key=lambda form: (-forms[form], form))
    return Word(text, "exact" if is_unspaced(text) else "stem")
