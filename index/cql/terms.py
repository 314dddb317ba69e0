r"""The terms of a CQL query, made into the leaves of ours.

`*` and `?` mask as they do in our own language, a backslash takes the meaning from the sign behind it. What
has a meaning with us only (`~`, the `-` of years apart) has none here.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from catalog.errors import QueryError
from index.analyzer import words
from index.cql import errors
from index.cql.errors import CqlError
from index.cql.names import Compared, Names
from index.fields import DEFAULT_FIELDS
from index.query import leaves
from index.query.ast import Match, Query, Range
from index.query.leaves import Source
from index.query.lexer import address

_PIECE = re.compile(r"(?:\\.|[^\s\\])+", re.DOTALL)
_MASK = re.compile(r"\\.|([*?])", re.DOTALL)
_SIGN = re.compile(r"[*?^\\]")
_ANCHOR = re.compile(r"\\.|(\^)", re.DOTALL)
_SHORTEST_MASKED = 3


class Piece(NamedTuple):
    """A term or a word of it, backslashes as typed, and where it starts in the query."""

    text: str
    start: int


def pieces(term: Piece) -> list[Piece]:
    """Return the runs without blanks that have anything to search for in them; all, when none has."""
    found = [Piece(match[0], term.start + match.start()) for match in _PIECE.finditer(term.text)]
    return [piece for piece in found if is_telling(piece)] or found


def is_telling(piece: Piece) -> bool:
    """Tell whether there is anything to search for: a word, or what should be one and is refused."""
    return is_masked(piece.text) or bool(words(piece.text))


def literal(text: str) -> str:
    """Return a text as a term in which nothing masks and nothing anchors."""
    return _SIGN.sub(r"\\\g<0>", text)


def is_masked(text: str) -> bool:
    """Tell whether a `*` or `?` stands for other signs."""
    return any(match[1] for match in _MASK.finditer(text))


def word(names: Names, fields: tuple[str, ...], piece: Piece, compared: Compared) -> Query:
    """Return what one word asks for: its stem, as on the page."""
    text = _readable(names, piece, compared)
    if fields == DEFAULT_FIELDS:
        if known := address(text):
            field, start = known
            # A ? in an address is where its parameters begin.
            whole = _MASK.sub(lambda match: f"\\{match[1]}" if match[1] == "?" else match[0], text[start:])
            return value(names, field, Piece(whole, piece.start + start), compared)
        if found := leaves.identifier(text):
            return found
    return _leaf(names, piece, lambda source: leaves.word(source, fields, text, piece.start))


def phrase(names: Names, fields: tuple[str, ...], term: Piece, compared: Compared) -> Query:
    """Return the words of a term side by side: exactly these, or with `/stem` any forms of them."""
    match: Match = "stem" if "stem" in compared.modifiers else "exact"
    text = " ".join(
        ("~" if match == "stem" and not is_masked(readable) else "") + readable
        for piece in pieces(term)
        for readable in [_readable(names, piece, compared)]
    )
    return _leaf(names, term, lambda source: leaves.phrase(source, fields, text, term.start))


def value(names: Names, field: str, term: Piece, compared: Compared) -> Query:
    """Return the search for a whole value of a field; a `*` may end it."""
    text = _whole(names, term, compared)
    if any(match[1] == "?" for match in _MASK.finditer(text)):
        raise names.error(
            errors.MASKING, "? masks nothing in a whole value", term.start, "?", "put a backslash before it"
        )
    return _leaf(names, term, lambda source: leaves.value(source, field, text, term.start))


def facet_value(names: Names, facet: str, term: Piece, compared: Compared) -> Query:
    """Return the search for one whole value of a facet."""
    text = _whole(names, term, compared)
    if is_masked(text):
        message = f"{compared.written} takes no masking"
        raise names.error(errors.MASKING, message, term.start, "*", "= does; or write /unmasked")
    return _leaf(names, term, lambda source: leaves.facet_value(source, facet, text, term.start, quoted=True))


def number(names: Names, field: str, term: Piece, sign: str = "") -> Query:
    """Return the search for a number, or for those a comparison sign takes."""
    if sign and not term.text.isdecimal():
        raise names.error(errors.TERM, f"{term.text} is no {field}", term.start, f"{sign} {term.text}")
    return _leaf(names, term, lambda source: leaves.number(source, field, sign + term.text, term.start))


def within(names: Names, field: str, term: Piece) -> Query:
    """Return the search for the numbers between two, both included."""
    ends = term.text.split()
    if len(ends) != 2 or not all(end.isdecimal() for end in ends):
        hint = 'write two years: within "2019 2024"'
        raise names.error(errors.TERM, "this is no range", term.start, f"within {term.text}", hint)
    low, high = map(int, ends)
    if low > high:
        raise names.error(errors.TERM, "this range runs backwards", term.start, f"within {term.text}")
    return Range(field, low, high)


def _readable(names: Names, piece: Piece, compared: Compared) -> str:
    """Return a word as our own leaves read it. Raises CqlError for what anchors a word to a place."""
    for match in _ANCHOR.finditer(piece.text):
        if match[1]:
            raise _anchored(names, piece, match.start())
    text = _unmasked(piece.text, compared)
    return f"\\{text}" if text.startswith("~") else text


def _anchored(names: Names, piece: Piece, at: int) -> CqlError:
    if at in (0, len(piece.text) - 1):
        hint = "put a backslash before it, or leave it out"
        return names.error(errors.ANCHOR, "words cannot be anchored", piece.start + at, "^", hint)
    return names.error(errors.ANCHOR_PLACE, "an anchor within a word", piece.start + at, "^")


def _whole(names: Names, term: Piece, compared: Compared) -> str:
    """Return a term that is one value: anchors at its ends say what is so anyway."""
    text = term.text.strip()
    anchors = [match.start() for match in _ANCHOR.finditer(text) if match[1]]
    if any(0 < at < len(text) - 1 for at in anchors):
        raise names.error(errors.ANCHOR_PLACE, "an anchor within a value", term.start, "^")
    text = text[
        bool(anchors and anchors[0] == 0) : len(text) - bool(anchors and anchors[-1] == len(text) - 1)
    ]
    if not text:
        raise names.error(errors.EMPTY_TERM, "there is nothing to search for", term.start)
    return _unmasked(text, compared)


def _unmasked(text: str, compared: Compared) -> str:
    if "unmasked" not in compared.modifiers:
        return text
    return _MASK.sub(lambda match: f"\\{match[1]}" if match[1] else match[0], text)


def _leaf(names: Names, term: Piece, made: Callable[[Source], Query]) -> Query:
    """Return a leaf of ours; what is wrong with it, by number."""
    try:
        return made(Source(names.text))
    except QueryError as error:
        number, details = errors.TERM, term.text
        if is_masked(term.text):
            letters = len("".join(words(_MASK.sub("", term.text))))
            number, details = (
                (errors.MASKED_TOO_SHORT, str(_SHORTEST_MASKED))
                if letters < _SHORTEST_MASKED
                else (errors.MASKING_PLACE, term.text)
            )
        raise names.error(number, error.message, term.start, details) from error
