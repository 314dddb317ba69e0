"""The fields of articles as they can be searched: words, exact values, dates; made at the first question."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from catalog.normalize.classes import class_table
from catalog.normalize.subjects import lcc_codes
from cli.loopback.article_xml import Json

_WORD = re.compile(r"\w+(?:['’.]\w+)*")  # about what Elasticsearch's standard tokenizer makes (UAX #29)
_PADDED = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"
_TEXTS = (
    "bibjson.title",
    "bibjson.abstract",
    "bibjson.keywords",
    "bibjson.author.name",
    "bibjson.journal.title",
    "bibjson.journal.publisher",
    "bibjson.subject.term",
    "bibjson.identifier.id",
    "bibjson.year",
    "id",
)
"""What a word without a field is looked for in."""


class Columns:
    """The fields of these articles, by the names Elasticsearch has them under."""

    def __init__(self, articles: Sequence[Json]) -> None:
        self._articles = articles
        self._columns: dict[str, Column] = {}

    def __getitem__(self, field: str) -> "Column":
        if field not in self._columns:
            name = field.removesuffix(".exact")
            values = [tuple(_values(article, name)) for article in self._articles]
            exact = field.endswith(".exact") or name in ("id", "created_date", "last_updated")
            self._columns[field] = Column(values, exact=exact)
        return self._columns[field]

    @property
    def texts(self) -> Iterator["Column"]:
        """Yield the fields that a word without a field is looked for in."""
        return (self[name] for name in _TEXTS)


class Column:
    """One field of all articles: `values` by the number of the article."""

    def __init__(self, values: Sequence[tuple[str, ...]], *, exact: bool) -> None:
        self.values = values
        self.exact = exact

    @cached_property
    def _postings(self) -> dict[str, set[int]]:
        postings: dict[str, set[int]] = {}
        for number, values in enumerate(self.values):
            for value in values:
                for token in (value,) if self.exact else set(tokens(value)):
                    postings.setdefault(token, set()).add(number)
        return postings

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        return sorted((value, number) for number, values in enumerate(self.values) for value in values)

    def having(self, text: str, *, phrase: bool) -> set[int]:
        """Return the articles that have this value, all of these words, or these words in a row."""
        if self.exact:
            return self._postings.get(text, set())
        wanted = tokens(text)
        found = [self._postings.get(word, set()) for word in wanted]
        common = set.intersection(*found) if found else set()
        return {n for n in common if self._in_a_row(n, wanted)} if phrase and len(wanted) > 1 else common

    def _in_a_row(self, number: int, wanted: list[str]) -> bool:
        row = f" {' '.join(wanted)} "
        return any(row in f" {' '.join(tokens(value))} " for value in self.values[number])

    def between(self, low: str | None, high: str | None, *, with_low: bool, with_high: bool) -> set[int]:
        """Return the articles with a value in a range; a date that stops at the day is all of it."""
        first, last = low or "", high if high is not None else "\U0010ffff"
        if not with_low:
            first = _padded(first, 1)
        if with_high:
            last = _padded(last, 1)
        place = (bisect_right if not with_low else bisect_left)(self._sorted, first, key=lambda pair: pair[0])
        end = (bisect_right if with_high else bisect_left)(self._sorted, last, key=lambda pair: pair[0])
        return {number for _, number in self._sorted[place:end]}


def tokens(text: str) -> list[str]:
    """Return the words as they are indexed: lower case, accents kept."""
    return _WORD.findall(text.lower())


def _padded(date: str, end: int) -> str:
    """Fill up a date that stops early, to the last second where it is an upper end."""
    return date + _PADDED[end][len(date) :] if re.match(r"\d{4}(-|$)", date) else date


def _values(article: Json, name: str) -> Iterable[str]:
    if name.startswith("index."):
        return _indexed(article, name.removeprefix("index."))
    return _walk(article, name.split("."))


def _walk(value: object, path: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _walk(each, path)
    elif path and isinstance(value, dict):
        yield from _walk(value.get(path[0]), path[1:])
    elif not path and isinstance(value, str | int):
        yield str(value)


def _indexed(article: Json, name: str) -> Iterator[str]:
    """Yield what `Article._generate_index` of portality/models/article.py adds, where a client can use it."""
    bib = article.get("bibjson", {})
    subjects = bib.get("subject") or ()
    if name == "issn":
        yield from (i["id"] for i in bib.get("identifier") or () if i.get("type") in ("pissn", "eissn"))
        yield from _walk(bib, ["journal", "issns"])
    elif name in ("classification", "subject"):
        yield from (subject["term"] for subject in subjects if subject.get("term"))
    elif name == "schema_subject":
        yield from (f"{each.get('scheme')}:{each['term']}" for each in subjects if each.get("term"))
    elif name == "schema_code":
        yield from (f"{each.get('scheme')}:{each['code']}" for each in subjects if each.get("code"))
    elif name == "schema_codes_tree":
        yield from {f"LCC:{code}" for each in subjects for code in _branch(each.get("code"))}


def _branch(code: str | None) -> tuple[str, ...]:
    """Return a class and all those it is within."""
    known = class_table().by_code.get(code or "")
    return lcc_codes(known.path) if known else (code,) if code else ()
