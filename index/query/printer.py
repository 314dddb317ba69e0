"""Queries as text: one line that parses to the same query again."""

import re
from collections.abc import Iterator
from itertools import pairwise

from catalog.errors import QueryError
from index.analyzer import analyze
from index.fields import DEFAULT_FIELDS
from index.query import leaves, names
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term, Value, Word
from index.query.lexer import lex
from index.scripts import is_unspaced

_Fields = tuple[str, ...]
_ESCAPED = re.compile(r'["“”„‟«»″＂〝〞\\]')


def show(query: Query) -> str:
    """Return the canonical text of a query: parse(show(query)) == query, given the same lines."""
    return _show(query, DEFAULT_FIELDS)


def _show(query: Query, context: _Fields) -> str:
    """Write a query where what names no field is looked for in `context`."""
    fields = None if isinstance(query, Not) else common_fields(query)
    if fields and fields != context:
        inner = _show(query, fields)
        return f"{names.written(fields)}:{inner if is_leaf(query) else f'({inner})'}"
    if is_leaf(query):
        return _leaf(query)
    match query:
        case Not(child):
            return f"NOT {_part(child, context)}"
        case And(children):
            return "".join(_conjoined(children, context))
        case Or(children):
            return " OR ".join(_disjoined(children, context))
        case Near(left, right):
            return f"{_part(left, context)} {_near_sign(query)} {_part(right, context)}"
        case _:
            raise AssertionError(query)


def _conjoined(children: tuple[Query, ...], context: _Fields) -> Iterator[str]:
    for n, child in enumerate(children):
        if isinstance(child, Not):
            yield f"{' ' if n else ''}{_show(child, context)}"
        else:
            yield f"{' AND ' if n else ''}{_part(child, context)}"


def _disjoined(children: tuple[Query, ...], context: _Fields) -> Iterator[str]:
    for child in children:
        yield _show(child, context) if isinstance(child, Not) else _part(child, context)


def _part(query: Query, context: _Fields) -> str:
    """Write a query so that it stands as one operand."""
    text = _show(query, context)
    fields = None if isinstance(query, Not) else common_fields(query)
    return text if is_leaf(query) or (fields and fields != context) else f"({text})"


def _near_sign(near: Near) -> str:
    return f"{'W' if near.ordered else 'NEAR'}/{near.distance}"


def common_fields(query: Query) -> _Fields | None:
    """Return the fields in which all of a query looks, None when they differ or it looks in none."""
    match query:
        case Term(fields) | Phrase(fields):
            return fields
        case Range(field):
            return (field,)
        case Not(child):
            return common_fields(child)
        case And(children) | Or(children):
            found = {common_fields(child) for child in children}
            return found.pop() if len(found) == 1 else None
        case Near(left, right):
            common = common_fields(left)
            return common if common == common_fields(right) else None
        case All() | Line() | Value():
            return None


def is_leaf(query: Query) -> bool:
    """Tell whether a query is written as one term: also `peer-support`, another line, every record."""
    match query:
        case Or():
            return _hyphenated(query) is not None
        case And() | Not() | Near():
            return False
        case _:
            return True


def _leaf(query: Query) -> str:
    match query:
        case All():
            return "*"
        case Line(number):
            return f"#{number}"
        case Range(_, low, high):
            return _range(low, high)
        case Value(facet, folded):
            escaped = _ESCAPED.sub(r"\\\g<0>", folded)
            return f'{facet}:="{escaped}"'
        case Term(fields, word):
            return _word(word) if names.kind(fields) == "text" else _value(word)
        case Phrase(fields, found):
            return _unquoted(query, found, "/") or _phrase(found)
        case _:
            return _hyphenated(query) or ""


def _hyphenated(query: Query) -> str | None:
    """Return `peer-support` or `"peer-support worker"` for the query it parses to, None for any other."""
    ways = spellings(query)
    groups = aligned(ways[0], ways[-1]) if ways else None
    if not groups:
        return None
    if len(groups) == 1 and (text := _unquoted(query, groups[0], "-")):
        return text
    text = " ".join(("~" if group[0].match == "stem" else "") + _written(group, "-") for group in groups)
    try:
        same = leaves.phrase(leaves.Source(text), common_fields(query) or (), text, 0) == query
    except QueryError:
        return None
    return f'"{text}"' if same else None


def spellings(query: Query) -> list[tuple[Word, ...]] | None:
    """Return the ways in which an OR of words or phrases writes its words; None for any other query.

    Of a hyphenated word the first has the parts, the last has them joined.
    """
    if not isinstance(query, Or) or common_fields(query) is None:
        return None
    texts = [child for child in query.children if isinstance(child, Term | Phrase)]
    if len(texts) < len(query.children):
        return None
    return [text.words if isinstance(text, Phrase) else (text.word,) for text in texts]


def aligned(parts: tuple[Word, ...], whole: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Return the parts by the words that they make when joined; nothing when they make others."""
    groups: list[tuple[Word, ...]] = []
    at = 0
    for word in whole:
        start, text = at, ""
        while at < len(parts) and len(text) < len(word.text):
            text += parts[at].text
            at += 1
        if text != word.text:
            return []
        groups.append(parts[start:at])
    return groups if at == len(parts) else []


def _unquoted(query: Query, found: tuple[Word, ...], sign: str) -> str | None:
    """Return the words with a sign between them if, unquoted, they mean just this query."""
    text = _written(found, sign)
    fields = common_fields(query)
    try:
        same = fields and leaves.word(leaves.Source(text), fields, text, 0) == query
    except QueryError:
        return None
    return _bare(text) if same else None


def _written(found: tuple[Word, ...], sign: str) -> str:
    text = found[0].text
    for before, word in pairwise(found):
        text += _overlap(before, word) or sign + word.text
    return text


def _word(word: Word) -> str:
    if word.match == "exact" and not is_unspaced(word.text):
        return f'"{word.text}"'
    return _bare(word.text)


def _bare(text: str) -> str:
    """Return a word so that it is not taken for an operator, an identifier or another system's sign."""
    try:
        plain = [lexeme.kind for lexeme in lex(text)] == ["word", "end"] and not leaves.identifier(text)
    except QueryError:
        plain = False
    return text if plain else f"\\{text}"


def _phrase(found: tuple[Word, ...]) -> str:
    text = _quotable(found[0])
    for before, word in pairwise(found):
        text += _overlap(before, word) or f" {_quotable(word)}"
    return f'"{text}"'


def _quotable(word: Word) -> str:
    return f"~{word.text}" if word.match == "stem" else word.text


def _overlap(before: Word, word: Word) -> str:
    """Return what a pair of characters adds to the pair before it; empty when it does not go on."""
    if "wildcard" in (before.match, word.match) or not (is_unspaced(before.text) and is_unspaced(word.text)):
        return ""
    last = analyze(before.text)[-1].text
    return word.text.removeprefix(last) if word.text.startswith(last) else ""


def _value(word: Word) -> str:
    text = word.text
    if word.match == "wildcard":
        return text
    try:
        lexemes = lex(f"id:({text})")
    except QueryError:
        lexemes = []
    plain = [(lexeme.kind, lexeme.text) for lexeme in lexemes[2:-2]] == [("value", text)]
    if plain and "\\" not in text and not text.endswith("*"):
        return text
    return '"' + re.sub(r'(["“”„‟«»″＂〝〞\\])', r"\\\1", text) + '"'


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "*"
    if low == high:
        return str(low)
    return f"{'' if low is None else low}-{'' if high is None else high}"
