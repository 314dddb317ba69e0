"""Queries of other databases, translated into our language with a report of what has no equal here."""

import re
from typing import NamedTuple

from catalog.errors import QueryError, UsageFault
from index.dialect.lexer import Source
from index.dialect.parser import parse
from index.dialect.reader import Loss, Reader
from index.dialect.table import DIALECTS
from index.dialect.writer import write
from index.query.ast import Query, Term, Word
from index.query.lexer import lex
from index.query.parser import read

__all__ = ["DIALECTS", "Loss", "Translation", "translate"]

_ANY = Term(("title",), Word("line", "exact"))


class Translation(NamedTuple):
    """A query in our language, and what was lost on the way, in the order written."""

    text: str
    losses: tuple[Loss, ...]


def translate(text: str, dialect: str) -> Translation:
    """Translate a query, or one line of a strategy: its references to other lines keep their numbers.

    What comes back parses. Raises QueryError, with the place in the text as typed, for what cannot be run;
    UsageFault for a dialect that is not known.
    """
    if dialect not in DIALECTS:
        raise UsageFault(f"there is no dialect {dialect}", hint=f"write one of {', '.join(DIALECTS)}")
    reader = Reader(Source(text), DIALECTS[dialect], [])
    ours = write(reader, parse(reader))
    _check(reader, ours)
    return Translation(ours, tuple(sorted(dict.fromkeys(reader.losses))))


def _check(reader: Reader, ours: str) -> None:
    """Read what was written; what our language refuses is said of the text as typed."""
    try:
        lines: dict[int, Query] = {
            int(lexeme.text[1:10]): _ANY for lexeme in lex(ours) if lexeme.kind == "line"
        }
        read(ours, lines=lines)
    except QueryError as error:
        words = re.findall(r"[^\W_]{3,}", ours[error.position :])
        found = re.search(re.escape(words[0]), reader.source.text, re.IGNORECASE) if words else None
        raise reader.source.error(error.message, found.start() if found else 0, error.hint) from error
