"""A query with some of its words replaced, the rest untouched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from index.query.ast import And, Near, Or, Phrase, Query, Term, Word
from index.query.names import kind


class Site(NamedTuple):
    """A word of a query, or two that stand side by side, and the fields they are looked for in."""

    fields: tuple[str, ...]
    words: tuple[Word, ...]


class Typed(NamedTuple):
    """The sites of one word, phrase or row of words as typed.

    `whole` is what must find nothing for them to be at fault: one word in its two spellings, hyphenated or
    joined, or with an umlaut; None where each word stands for itself.
    """

    sites: tuple[Site, ...]
    whole: Query | None = None


def typed(query: Query) -> Iterator[Typed]:
    """Yield the words of a query's text that speak for a record; lines of a strategy speak for themselves."""
    match query:
        case Term(fields, word) if kind(fields) == "text":
            yield Typed((Site(fields, (word,)),))
        case Phrase(fields, words):
            yield Typed(_sites(fields, words))
        case Near(left, right):
            yield from typed(left)
            yield from typed(right)
        case And(children):
            for child in children:
                yield from typed(child)
            yield Typed(tuple(_pairs(children)))
        case Or(children):
            one_word = _is_one_word(query)
            for child in children[:1] if one_word and isinstance(children[0], Phrase) else children:
                yield from (Typed(part.sites, query) if one_word else part for part in typed(child))
        case _:
            return


def rewritten(query: Query, repairs: Mapping[Site, tuple[Word, ...]]) -> Query:
    """Return a query with the words of some sites replaced; several for one become a phrase."""
    match query:
        case Term(fields, word):
            return _leaf(fields, repairs.get(Site(fields, (word,)), (word,)))
        case Phrase(fields, words):
            return _leaf(fields, tuple(_replaced(fields, words, repairs)))
        case Near(left, right):
            return replace(query, left=rewritten(left, repairs), right=rewritten(right, repairs))
        case And(children):
            return _joined(And, _conjoined(children, repairs))
        case Or((Phrase() as phrase, Term(_, word))) if _is_one_word(query):
            return _respelt(rewritten(phrase, repairs), word)
        case Or(children):
            return _joined(Or, tuple(dict.fromkeys(rewritten(child, repairs) for child in children)))
        case _:
            return query


def _sites(fields: tuple[str, ...], words: tuple[Word, ...]) -> tuple[Site, ...]:
    pairs = pairwise(words)
    return (*(Site(fields, (word,)) for word in words), *(Site(fields, pair) for pair in pairs))


def _pairs(children: tuple[Query, ...]) -> Iterator[Site]:
    for two in pairwise(children):
        match two:
            case Term(fields, one), Term(others, other) if fields == others and kind(fields) == "text":
                yield Site(fields, (one, other))


def _is_one_word(query: Or) -> bool:
    """Tell whether an OR is one word as typed, in the two spellings the parser makes of it."""
    match query.children:
        case Phrase(_, words), Term(_, whole):
            return whole.text == "".join(word.text for word in words)
        case Term(fields, one), Term(others, other) if fields == others and one.match == other.match:
            pattern = re.sub("[aou]", r"\g<0>[ae]?", re.escape(one.text))
            return re.fullmatch(pattern, other.text) is not None
        case _:
            return False


def _leaf(fields: tuple[str, ...], words: tuple[Word, ...]) -> Term | Phrase:
    return Term(fields, words[0]) if len(words) == 1 else Phrase(fields, words)


def _replaced(
    fields: tuple[str, ...], words: tuple[Word, ...], repairs: Mapping[Site, tuple[Word, ...]]
) -> Iterator[Word]:
    place = 0
    while place < len(words):
        tried = (words[place : place + taken] for taken in (2, 1))
        site = next((some for some in tried if Site(fields, some) in repairs), words[place : place + 1])
        yield from repairs.get(Site(fields, site), site)
        place += len(site)


def _conjoined(children: tuple[Query, ...], repairs: Mapping[Site, tuple[Word, ...]]) -> tuple[Query, ...]:
    found: list[Query] = []
    rest = list(children)
    while rest:
        site = next(_pairs(tuple(rest[:2])), None)
        new = repairs.get(site) if site else None
        found.append(_leaf(site.fields, new) if site and new else rewritten(rest[0], repairs))
        del rest[: 2 if new else 1]
    return tuple(dict.fromkeys(found))


def _joined(operator: type[And | Or], children: tuple[Query, ...]) -> Query:
    return children[0] if len(children) == 1 else operator(children)


def _respelt(parts: Query, whole: Word) -> Query:
    """Return a hyphenated word in its two spellings again."""
    if not isinstance(parts, Phrase) or any(word.match != whole.match for word in parts.words):
        return parts
    together = replace(whole, text="".join(word.text for word in parts.words))
    return Or((parts, Term(parts.fields, together)))
