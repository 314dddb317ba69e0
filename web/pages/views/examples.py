"""Queries to learn from, made of what the catalogue has, each with how many records it finds."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from catalog.errors import QueryError
from index.engine import FacetValue, Reader
from index.query.ast import All, Query
from index.understanding import Asked, understand
from web.asked import Search

_EXAMPLES: Final = {
    "Words and phrases": (
        ("{one} {two}", "both words, anywhere, in any of their forms"),
        ('"{one} {two}"', "exactly these words side by side"),
        ('"{one}"', "exactly this word and no other form of it"),
        ("{stub}*", "words that begin so; ? stands for one letter"),
        ('"{one} {two_stub}*"', "a phrase whose last word begins so"),
    ),
    "Operators": (
        ("{one} OR {two}", "either word"),
        ("{one} NOT {two}", "the first without the second"),
        ("{one} NEAR/5 {two}", "at most five words between, in either order"),
        ("{one} W/5 {two}", "the same, in this order"),
        ("({one} OR {two}) AND has:abstract", "brackets hold together what belongs together"),
    ),
    "Fields": (
        ("title:{one}", "in a title"),
        ("tiab:({one} OR {two})", "in the title or the abstract"),
        ("author:{author}", "a word of a name"),
        ("year:{last}", "one year"),
        ("year:{first}-{last}", "from year to year; {last}- is from then on"),
        ("language:{language}", "a language, by its name or code"),
        ("has:abstract NOT has:doi", "what records have or lack"),
    ),
    "Whole values, as facets show them": (
        ('keyword:="{keyword}"', "this keyword and no other"),
        ('subject:="{subject}"', "a subject with all that stands below it"),
        ('journal:="{journal}"', "a journal"),
    ),
}
_FACETS = ("keyword", "author", "year", "language", "subject", "journal")
_MOST: Final = 50
_SHORTEST: Final = 4
_NO_WORDS: Final = frozenset({"and", "or", "not", "near", "to"})


class Example(NamedTuple):
    """A query, what it means, how many records it finds, and where they are."""

    text: str
    meaning: str
    records: int
    address: str


def examples(engine: Reader) -> dict[str, list[Example]]:
    """Return the examples by heading; those for which the catalogue has no word are left out."""
    facets = engine.search(All(), limit=0, facets=_FACETS, most_values=_MOST).facets
    words = _words(facets)
    readable = {heading: list(_readable(lines, words)) for heading, lines in _EXAMPLES.items()}
    counts = iter(engine.counts([query for lines in readable.values() for _, _, query in lines]))
    return {
        heading: [
            Example(text, meaning, next(counts), Search(q=text).address()) for text, meaning, _ in lines
        ]
        for heading, lines in readable.items()
    }


def _readable(lines: Sequence[tuple[str, str]], words: Mapping[str, str]) -> Iterator[tuple[str, str, Query]]:
    for form, meaning in lines:
        with suppress(KeyError, QueryError):  # no such value in the catalogue, or one that cannot be quoted
            text = form.format_map(words)
            yield text, meaning.format_map(words), understand(Asked("query", text)).query


def _words(facets: Mapping[str, Sequence[FacetValue]]) -> dict[str, str]:
    """Return what stands for the names in the examples."""
    top = {facet: values[0].value for facet, values in facets.items() if values}
    pairs = (value.value.lower().split() for value in facets["keyword"])
    one, two = next(
        (pair for pair in pairs if len(pair) == 2 and all(map(_is_word, pair))), ("peer", "support")
    )
    years = sorted(int(value.value) for value in facets["year"])
    found: dict[str, str] = {
        name: top[name] for name in ("keyword", "subject", "journal", "language") if name in top
    }
    found |= {"one": one, "two": two, "stub": one[: _SHORTEST - 1], "two_stub": two[:_SHORTEST]}
    if "author" in top:
        found["author"] = max((word.strip(".,;") for word in top["author"].split()), key=len).lower()
    if years:
        found |= {"last": str(years[-1]), "first": str(max(years[0], years[-1] - 5))}
    return found


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha() and len(text) >= _SHORTEST and text not in _NO_WORDS
