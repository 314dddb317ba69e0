"""Two hundred mixed queries, made of a collection's own words."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import NamedTuple

from engines.feed import Sample, Statistics, is_plain
from engines.protocol import Tree
from index.query.ast import And, Near, Not, Or, Phrase, Query, Range, Term
from index.query.parser import read
from index.stem import stem

_KINDS = {
    "term, frequent": 15, "term": 20, "term, rare": 15, "AND of 2 to 4": 35, "OR of 2 to 4": 20, "phrase": 25,
    "prefix": 15, "field": 15, "range": 10, "boolean": 15, "NEAR": 8, "filter": 7,
}  # fmt: skip


class Asked(NamedTuple):
    """One query: as it is typed, and as lists for other engines."""

    kind: str
    text: str
    tree: Tree


def queries(statistics: Statistics, count: int, seed: int = 1) -> list[Asked]:
    """Return queries of all kinds in mixed order, of words as often as they are used."""
    maker = _Maker(statistics, Random(seed))
    total = sum(_KINDS.values())
    asked = [
        Asked(kind, text, tree(read(text).query))
        for kind, share in _KINDS.items()
        for text in maker.some(kind, max(1, round(share * count / total)))
    ]
    Random(seed).shuffle(asked)
    return asked


class _Maker:
    def __init__(self, statistics: Statistics, random: Random) -> None:
        self._random = random
        self._samples = statistics.samples
        self._records = statistics.records
        # What stands in a third of all records is no word anybody searches for.
        most = statistics.records / 3
        words = {
            word: times for word, times in statistics.frequencies.items() if is_plain(word) and times <= most
        }
        self._frequent = _between(words, self._records, 0.03, 1.0, least=20)
        self._usual = _between(words, self._records, 0.001, 0.03)
        self._uses = [words[word] for word in self._usual]
        self._rare = [word for word, times in words.items() if 2 <= times <= 20]
        self._words = {*words}
        self._common = {*self._usual, *self._frequent}
        self._forms = _forms(statistics.frequencies)
        self._vocabulary = sorted(statistics.frequencies)
        self._stems = sorted(self._forms)

    def some(self, kind: str, count: int) -> list[str]:
        """Return so many different queries of a kind."""
        makers: dict[str, Callable[[], str | None]] = {
            "term, frequent": partial(self._random.choice, self._frequent),
            "term": self._used,
            "term, rare": partial(self._random.choice, self._rare),
            "AND of 2 to 4": self._all_of,
            "OR of 2 to 4": self._any_of,
            "phrase": self._phrase,
            "prefix": self._prefix,
            "field": self._field,
            "range": self._range,
            "boolean": self._boolean,
            "NEAR": self._near,
            "filter": self._filter,
        }
        found: dict[str, None] = {}
        for _ in range(200 * count):
            text = makers[kind]()
            if text:
                found[text] = None
            if len(found) == count:
                break
        return [*found]

    def _sample(self) -> Sample:
        return self._random.choice(self._samples)

    def _used(self) -> str:
        return self._random.choices(self._usual, self._uses)[0]

    def _of_one_record(self, count: int) -> list[str]:
        """Return words of a title or keyword that are not rare, as searchers combine them."""
        texts = self._sample().texts
        known = {word for field in ("title", "keyword") for words in texts[field] for word in words}
        known &= self._common
        return self._random.sample(sorted(known), count) if len(known) >= count else []

    def _all_of(self) -> str:
        return " ".join(self._of_one_record(self._random.randint(2, 4)))

    def _any_of(self) -> str:
        return " OR ".join(dict.fromkeys(self._used() for _ in range(self._random.randint(2, 4))))

    def _phrase(self) -> str | None:
        """Return words side by side that each are the only form of their stem: so it is exact everywhere."""
        words = self._words_in_order(self._random.choice(("title", "abstract")))
        length = self._random.randint(2, 3)
        at = self._random.randrange(max(1, len(words) - length))
        chosen = words[at : at + length]
        alone = all(word in self._common and self._forms[stem(word)] == {word} for word in chosen)
        return f'"{" ".join(chosen)}"' if len(chosen) == length and alone else None

    def _prefix(self) -> str | None:
        """Return the beginning of a word that says the same of words as of stems."""
        word = self._used()
        letters = word[: self._random.randint(4, 6)]
        found = {stem(one) for one in _beginning(self._vocabulary, letters)}
        forms = (one for each in found for one in self._forms[each])
        same = found == {*_beginning(self._stems, letters)} and all(one.startswith(letters) for one in forms)
        return f"{letters}*" if same and letters != word else None

    def _field(self) -> str | None:
        field = self._random.choice(("title", "author", "journal", "subject", "keyword"))
        known = [word for words in self._sample().texts[field] for word in words if word in self._words]
        return f"{field}:{self._random.choice(known)}" if known else None

    def _range(self) -> str:
        low = self._random.randint(1980, 2015)
        return f"{self._random.choice(self._frequent)} year:{low}-{low + self._random.randint(3, 12)}"

    def _boolean(self) -> str | None:
        words = self._of_one_record(2)
        other, without = self._used(), self._random.choice(self._frequent)
        return f"({words[0]} OR {other}) AND {words[1]} NOT {without}" if words else None

    def _near(self) -> str | None:
        words = self._words_in_order("abstract")
        distance = self._random.randint(2, 5)
        if len(words) <= distance:
            return None
        at = self._random.randrange(len(words) - distance)
        one, other = words[at], words[at + self._random.randint(1, distance)]
        known = one in self._words and other in self._words and stem(one) != stem(other)
        return f"abstract:({one} NEAR/{distance} {other})" if known else None

    def _filter(self) -> str | None:
        sample = self._sample()
        field = self._random.choice(("type", "language"))
        value = next(iter(sample.values.get(field, ())), None)
        return f"{self._random.choice(self._frequent)} {field}:{value}" if value else None

    def _words_in_order(self, field: str) -> Sequence[str]:
        return next(iter(self._sample().texts[field]), ())


def tree(query: Query) -> Tree:
    """Return a query as lists."""
    match query:
        case Term(fields=("type" | "language" as field,), word=word):
            return ["value", field, word.text]
        case Term(fields=fields, word=word) if word.match == "wildcard":
            return ["prefix", [*fields], word.text.rstrip("*")]
        case Term(fields=fields, word=word):
            return ["term", [*fields], stem(word.text)]
        case Phrase(fields=fields, words=words):
            return ["phrase", [*fields], [stem(word.text) for word in words]]
        case Near(left=Term(fields=fields, word=left), right=Term(word=right), distance=distance):
            return ["near", [*fields], stem(left.text), stem(right.text), distance]
        case Range(low=low, high=high):
            return ["range", low, high]
        case And(children=children):
            return ["and", *map(tree, children)]
        case Or(children=children):
            return ["or", *map(tree, children)]
        case Not(child=child):
            return ["not", tree(child)]
        case _:
            raise ValueError(query)


def _forms(words: dict[str, int]) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for word in words:
        forms[stem(word)].add(word)
    return forms


def _between(words: dict[str, int], records: int, low: float, high: float, least: int = 1) -> list[str]:
    found = [word for word, times in words.items() if low <= times / records < high]
    if len(found) >= least:
        return sorted(found)
    return sorted(words, key=lambda word: -words[word])[:least]


def _beginning(ascending: Sequence[str], letters: str) -> Iterator[str]:
    for place in range(bisect_left(ascending, letters), len(ascending)):
        if not ascending[place].startswith(letters):
            return
        yield ascending[place]
