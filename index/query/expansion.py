"""What the words of a query stand for in an index, and which of them it does not know."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from index.query import names
from index.query.ast import And, Near, Not, Or, Phrase, Query, Term, Value, Word
from index.query.printer import aligned, show
from index.scripts import is_unspaced

_SHOWN = 6
_UMLAUT_WRITTEN_OUT = re.compile("([aou])e|(a)a")


class Lexicon(Protocol):
    """What is asked of an engine."""

    def terms(self, fields: Sequence[str], word: Word) -> list[str]:
        """Return the terms of the index that a word stands for."""

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many records match each query."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """One word of a query, or ways to write it (`peer-support`, `lowe OR loewe`), or one value.

    `terms` are the words of the index that it stands for, shortest first; none when the index has none, or
    when each way to write it lacks a word.
    """

    query: Query
    terms: tuple[str, ...]

    @property
    def is_pattern(self) -> bool:
        """Whether this is a word with wildcards; characters of unspaced scripts are one inwardly only."""
        match self.query:
            case Term(_, Word(text, "wildcard")):
                return not is_unspaced(text)
            case _:
                return False


def expansions(query: Query, lexicon: Lexicon) -> list[Expansion]:
    """Return what each word of a query stands for, each once, in the order of the query.

    Words of phrases stand alone. Lines of a strategy are not looked into: they are queries of their own.
    """
    pieces: dict[Query, bool] = {}
    for piece, is_needed in _pieces(query):
        pieces[piece] = is_needed or pieces.get(piece, False)
    asked = [piece for piece in pieces if isinstance(piece, Value)]
    counted = dict(zip(asked, lexicon.counts(asked), strict=True)) if asked else {}
    found: list[Expansion] = []
    for piece, is_needed in pieces.items():
        terms = (piece.folded,) * bool(counted[piece]) if isinstance(piece, Value) else _terms(piece, lexicon)
        if terms or is_needed:
            found.append(Expansion(piece, terms))
    return found


def notes(found: Iterable[Expansion], *, stems: bool = False) -> list[str]:
    """Say which patterns stand for several words, with `stems` which words do, and what was found nowhere."""
    return [
        _matched(each) if each.terms else f"`{show(each.query)}` was found nowhere"
        for each in found
        if not each.terms or (len(each.terms) > 1 and (each.is_pattern or stems))
    ]


def _pieces(query: Query) -> Iterator[tuple[Query, bool]]:
    """Yield what is looked up, and whether it is missed when the index has none of it."""
    match query:
        case Term() | Value():
            yield query, True
        case Phrase(fields, found):
            for word in found:
                yield Term(fields, word), True
        case Or() if ways := _ways_to_write(query):
            for part in _single(query, ways):
                yield from _spelt(part)
        case And(children) | Or(children):
            for child in children:
                yield from _pieces(child)
        case Near(left, right):
            yield from _pieces(left)
            yield from _pieces(right)
        case Not(child):
            yield from _pieces(child)
        case _:
            return


def _single(query: Query, ways: list["_Way"]) -> list[Query]:
    """Return the words of a phrase written in several ways, hyphenated ones with both of theirs."""
    (fields, parted), (_, joined) = ways[0], ways[-1]
    groups = aligned(parted, joined)
    if not groups:
        return [query]
    terms = [Term(fields, word) for word in joined]
    return [
        term if len(group) == 1 else Or((Phrase(fields, group), term))
        for group, term in zip(groups, terms, strict=True)
    ]


def _spelt(query: Query) -> Iterator[tuple[Query, bool]]:
    """Yield a word with all ways to write it, and what is a pattern in them, for what it matches."""
    yield query, True
    for fields, found in _ways(query) or ():
        for word in found:
            if word.match == "wildcard" and not isinstance(query, Term):
                yield Term(fields, word), False


_Way = tuple[tuple[str, ...], tuple[Word, ...]]


def _ways(query: Query) -> list[_Way] | None:
    match query:
        case Term(fields, word):
            return [(fields, (word,))]
        case Phrase(fields, found):
            return [(fields, found)]
        case Or(children):
            below = [_ways(child) for child in children]
            return None if None in below else [way for ways in below for way in ways or ()]
        case _:
            return None


def _ways_to_write(query: Query) -> list[_Way] | None:
    """Return the ways in which an OR writes the same: with a hyphen or without, an umlaut as two letters."""
    ways = _ways(query) or []
    written = {"".join(word.text for word in found) for _, found in ways}
    same = {_UMLAUT_WRITTEN_OUT.sub(r"\1\2", text) for text in written}
    return ways if len(same) == 1 and len({fields for fields, _ in ways}) == 1 else None


def _terms(query: Query, lexicon: Lexicon) -> tuple[str, ...]:
    found: set[str] = set()
    for fields, words in _ways(query) or ():
        each = [lexicon.terms(fields, word) for word in words]
        if all(each):
            found.update(chain(*each))
    return tuple(sorted(found, key=lambda term: (len(term), term)))


def _matched(each: Expansion) -> str:
    is_value = isinstance(each.query, Term) and names.kind(each.query.fields) != "text"
    number = f"{len(each.terms):,} {'values' if is_value else 'words'}"
    shown = ", ".join(each.terms[:_SHOWN]) + ", …" * (len(each.terms) > _SHOWN)
    return f"`{show(each.query)}` matched {number}: {shown}"
