"""CQL cut into words, quoted strings and signs."""

import re
from typing import Literal, NamedTuple

from index.cql import errors
from index.cql.errors import CqlError

Kind = Literal["(", ")", "/", "comparison", "word", "quoted", "end"]

RESERVED = frozenset({"and", "or", "not", "prox", "sortby"})
RELATIONS = frozenset({"any", "all", "adj", "exact", "scr", "within", "encloses"})
"""Relations with a name; any other has a prefix, and so a full stop in it."""

_BLANKS = re.compile(r"\s+")
_SIGN = re.compile(r"[()/]|==|<=|>=|<>|[<>=]")
# A backslash takes the meaning from any sign behind it (YAZ); the standard has it in quotes only.
_WORD = re.compile(r'(?:\\.|[^\s()=<>"/\\])+', re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Lexeme(NamedTuple):
    r"""A piece of a query: `text` without its quotes, `\"` in it as `"`, other backslashes as they stand."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def is_term(self) -> bool:
        """Whether it can be a term, or the name of anything."""
        return self.kind in ("word", "quoted")

    @property
    def reserved(self) -> str:
        """Return the boolean (or sortBy) that an unquoted word is, in small letters; else nothing."""
        word = self.text.lower()
        return word if self.kind == "word" and word in RESERVED else ""

    @property
    def is_relation(self) -> bool:
        """Whether it is a relation when it stands behind an index."""
        if self.kind == "comparison":
            return True
        return self.kind == "word" and ("." in self.text or self.text.lower() in RELATIONS)


def lex(text: str) -> list[Lexeme]:
    """Cut a query up; the last lexeme is of kind `end`. Raises CqlError for a quote that is not closed."""
    found: list[Lexeme] = []
    at = 0
    while True:
        if blanks := _BLANKS.match(text, at):
            at = blanks.end()
        if at == len(text):
            return [*found, Lexeme("end", "", at, at)]
        found.append(_lexeme(text, at))
        at = found[-1].end


def _lexeme(text: str, at: int) -> Lexeme:
    if match := _SIGN.match(text, at):
        kind: Kind = match[0] if match[0] in "()/" else "comparison"  # type: ignore[assignment]  # is one of them
        return Lexeme(kind, match[0], at, match.end())
    if match := _QUOTED.match(text, at):
        return Lexeme("quoted", _unquoted(match[1]), at, match.end())
    if text[at] == '"':
        raise CqlError(
            errors.QUOTES, "this quotation mark is never closed", text=text, position=at, details=str(at)
        )
    match = _WORD.match(text, at)
    if match is None:
        raise CqlError(errors.SYNTAX, "a backslash needs a sign to escape", text=text, position=at)
    if text[match.end() : match.end() + 1] == '"':
        raise CqlError(
            errors.QUOTES,
            "a quotation mark inside a word",
            text=text,
            position=match.end(),
            details=str(match.end()),
            hint="put a blank before it, or a backslash",
        )
    return Lexeme("word", _unquoted(match[0]), at, match.end())


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(lambda match: '"' if match[1] == '"' else match[0], text)
