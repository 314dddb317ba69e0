"""Queries of other databases cut into tokens, by the signs of their dialect."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from catalog.errors import QueryError
from index.dialect.table import Dialect

# Word processors' quotation marks and dashes, the brackets of East Asian keyboards, odd blanks: one for one.
_AS_TYPED = str.maketrans("“”„‟«»″＂（）［］：＊？＃‘’‛\u00a0\u200b\ufeff", '""""""""()[]:*?#\'\'\'   ')
_UNCLOSED = {
    **dict.fromkeys("\"'", "this quotation mark is never closed"),
    **dict.fromkeys("[{", "this bracket is never closed"),
    **dict.fromkeys("]}", "this bracket was never opened"),
}
_BLANKS = re.compile(r"\s*")
_LONGEST_NUMBER = 9


class Token(NamedTuple):
    """A piece of a query: what kind of sign it is and what its parts hold."""

    kind: str
    text: str
    start: int
    end: int
    parts: Mapping[str, str]


class Source(NamedTuple):
    """The query as typed, for errors to point into."""

    text: str

    def error(self, message: str, position: int, hint: str | None = None) -> QueryError:
        """Return an error at a place of this text."""
        return QueryError(message, text=self.text, position=position, hint=hint)


def lex(source: Source, dialect: Dialect) -> list[Token]:
    """Cut a query up; the last token is of kind `end`. Raises QueryError where no sign fits."""
    text = source.text.translate(_AS_TYPED)
    signs = _compiled(dialect.signs)
    found: list[Token] = []
    at = 0
    while (at := _after_blanks(text, at)) < len(text):
        matches = ((kind, pattern.match(text, at)) for kind, pattern in signs)
        kind, match = next(((kind, match) for kind, match in matches if match and match[0]), ("", None))
        if match is None:
            if fault := _UNCLOSED.get(text[at]):
                raise source.error(fault, at)
            raise source.error(
                f"{dialect.title} has no such sign here", at, "leave it out, or put the text in quotes"
            )
        parts = match.groupdict(default="")
        if any(len(parts.get(name, "")) > _LONGEST_NUMBER for name in ("n", "number", "distance")):
            raise source.error("this number is too large", at)
        found.append(Token(kind, match[0], at, match.end(), parts))
        at = match.end()
    return [*_refined(found), Token("end", "", at, at, {})]


def _refined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with brackets round all before Scopus's `AND (LIMIT-TO(…))`: it refines the whole."""
    depth = 0
    for n, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if n and not depth and token.kind == "operator" and _limits(tokens[n + 1 :]):
            end = tokens[n - 1].end
            return [Token("open", "(", 0, 0, {}), *tokens[:n], Token("close", ")", end, end, {}), *tokens[n:]]
    return tokens


def _limits(tokens: list[Token]) -> bool:
    return next((token.kind == "only" for token in tokens if token.kind != "open"), False)


def _after_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


@cache
def _compiled(signs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in signs)
