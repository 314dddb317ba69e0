"""The query language: text in, Query out, or a QueryError with the place where it went wrong.

Words are AND-ed; AND, OR, NOT, NEAR/n and W/n are operators in capitals; brackets group. Binding, tightest
first: NOT; NEAR/n and W/n; then AND (also where two parts just stand side by side) or OR. AND and OR at one
level are refused: systems differ in which they run first, so there is no reading everyone expects.
`a NOT b` is `a AND NOT b`, and NOT may come first. NEAR/n lets at most n words stand between, in either
order; W/n wants left before right; a chain of one of them is read from the left.

An unquoted word asks for its stem, a quoted one for itself, `~word` always for the stem. A hyphenated word
is its parts side by side, or the joined form. `keyword:="a value"` asks for one whole value of a facet. `*`
stands for any letters and `?` for one. A bare DOI, ISSN, ISBN, ORCID iD or web address is looked for as the
identifier it is. A backslash takes the meaning from the sign behind it. `*` alone, like an empty query, asks
for every record.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from catalog.errors import QueryError
from index.fields import DEFAULT_FIELDS
from index.query import leaves, names, operand
from index.query.ast import All, Match, Query
from index.query.leaves import Source
from index.query.lexer import Lexeme, lex
from index.query.operand import MOST_BRACKETS, Operand

_LINE_ELSEWHERE = re.compile(r"[sS]?(\d{1,6})")
_NEAR_ELSEWHERE = re.compile(r"[nw](\d{1,3})")  # EBSCOhost takes them in small letters too


class Reading(NamedTuple):
    """A query as understood, and what its author may not have meant."""

    query: Query
    notes: tuple[str, ...] = ()


class _Scope(NamedTuple):
    """Where the words of a level are looked for: in these fields, or as whole values of a facet."""

    fields: tuple[str, ...] = DEFAULT_FIELDS
    facet: str = ""


def parse(text: str, *, lines: Mapping[int, Query] | None = None, exact: bool = False) -> Query:
    """Read a query; `lines` are those of a strategy that `#1` may refer to.

    Raises QueryError for whatever cannot be run as written.
    """
    return read(text, lines=lines, exact=exact).query


def read(text: str, *, lines: Mapping[int, Query] | None = None, exact: bool = False) -> Reading:
    """Read a query and say what was understood otherwise than it may have been meant.

    With `exact` unquoted words stand for themselves too, not for their stems; `~word` still asks for one.
    Raises QueryError for whatever cannot be run as written.
    """
    return _Parser(text, lines or {}, "exact" if exact else "stem").read()


class _Parser:
    def __init__(self, text: str, lines: Mapping[int, Query], match: Match) -> None:
        self._source = Source(text)
        self._match = match
        self._lines = lines
        self._lexemes = lex(text)
        self._next = 0
        self._nested = 0
        self._notes: list[str] = []

    def read(self) -> Reading:
        if self._peek().kind == "end":
            return Reading(All())
        self._refuse_bare_line_numbers()
        whole = self._level(_Scope())
        return Reading(whole.query, tuple(dict.fromkeys(self._notes)))

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _refuse_bare_line_numbers(self) -> None:
        """Refuse `1 AND 2` and `S1 AND S2` in a strategy: lines elsewhere, words here; neither is guessed."""
        parts = [lexeme for lexeme in self._lexemes if lexeme.kind not in ("operator", "(", ")", "end")]
        found = [_LINE_ELSEWHERE.fullmatch(lexeme.text) for lexeme in parts if lexeme.kind == "word"]
        numbers = [int(match[1]) for match in found if match]
        if len(numbers) == len(parts) > 1 and all(number in self._lines for number in numbers):
            hint = f'a line is written #{numbers[0]}; for the word itself write "{parts[0].text}"'
            raise self._source.error("is this a line or a word?", parts[0].start, hint)

    def _level(self, scope: _Scope) -> Operand:
        """Read operands up to a closing bracket or the end, and join them."""
        found: list[Operand] = []
        while self._peek().kind not in ("end", ")"):
            joiner, at = self._joiner(found)
            part = self._negated(scope)
            found.append(replace(part, joiner=joiner, at=at or part.start))
        if not found:
            raise self._source.error(
                "there is nothing in these brackets", self._lexemes[self._next - 1].start
            )
        self._note_words_like_operators(found)
        return operand.joined(self._source, found)

    def _joiner(self, before: list[Operand]) -> tuple[str, int]:
        lexeme = self._peek()
        if lexeme.kind != "operator" or lexeme.text == "NOT":
            return "", 0
        if not before:
            raise self._nothing_before(lexeme)
        return self._take().text, lexeme.start

    def _negated(self, scope: _Scope) -> Operand:
        if not self._is_not():
            return self._near(scope)
        sign = self._take()
        if self._is_not():
            raise self._source.error("NOT NOT says the same as nothing", self._peek().start, "leave both out")
        part = operand.negated(self._source, self._operand(scope), sign)
        if self._is_near():
            raise self._nothing_there(self._peek())
        return part

    def _near(self, scope: _Scope) -> Operand:
        before = self._next - 1
        left = self._operand(scope)
        sign = None
        while self._is_near():
            if sign and sign.text != self._peek().text:
                message = f"{sign.text} and {self._peek().text} side by side need brackets"
                raise self._source.error(message, self._peek().start)
            sign = self._take()
            if self._is_not():
                raise self._nothing_there(sign)
            left = operand.near(self._source, left, self._operand(scope), sign)
        if sign:
            self._note_near_beside_words(self._lexemes[before].kind if before >= 0 else "end", sign)
        return left

    def _is_not(self) -> bool:
        return self._peek().kind == "operator" and self._peek().text == "NOT"

    def _is_near(self) -> bool:
        return self._peek().kind == "operator" and "/" in self._peek().text

    def _operand(self, scope: _Scope) -> Operand:
        lexeme = self._take()
        match lexeme.kind:
            case "field":
                inner = _Scope(names.resolve(lexeme.text) or scope.fields)
                found = replace(self._operand(inner), start=lexeme.start)
                self._note_field_of_one_word(lexeme, inner.fields)
                return found
            case "facet":
                return replace(self._operand(_Scope(facet=lexeme.text)), start=lexeme.start)
            case "(":
                return self._bracket(lexeme, scope)
            case "line":
                return self._line(lexeme, scope)
            case "operator":
                raise self._nothing_before(lexeme)
            case "end" | ")":
                before = self._lexemes[self._next - 2]
                message = f"{before.text} needs something behind it"
                raise self._source.error(message, before.start, _as_a_word(before))
            case _:
                return Operand(self._leaf(lexeme, scope), lexeme.start, lexeme.end)

    def _nothing_before(self, lexeme: Lexeme) -> QueryError:
        message = f"{lexeme.text} needs something before it"
        return self._source.error(message, lexeme.start, _as_a_word(lexeme))

    def _nothing_there(self, sign: Lexeme) -> QueryError:
        message = f"{sign.text} cannot be near what is not there"
        return self._source.error(message, sign.start, f"NOT goes outside: NOT (… {sign.text} …)")

    def _bracket(self, lexeme: Lexeme, scope: _Scope) -> Operand:
        self._nested += 1
        if self._nested > MOST_BRACKETS:
            raise operand.too_deep(self._source, lexeme.start)
        inner = self._level(scope)
        self._nested -= 1
        return replace(inner, start=lexeme.start, end=self._take().end)

    def _leaf(self, lexeme: Lexeme, scope: _Scope) -> Query:
        if scope.facet:
            return self._value(lexeme, scope.facet)
        fields, kind = scope.fields, names.kind(scope.fields)
        quoted = lexeme.kind == "phrase"
        if lexeme.kind == "range":
            return leaves.bracketed(self._source, fields, lexeme.text, lexeme.start)
        if kind == "number":
            return leaves.number(self._source, fields[0], lexeme.text, lexeme.start)
        if kind == "value":
            # Values are taken from the text as typed: in them a fullwidth sign is not one of ours.
            return leaves.value(self._source, fields[0], self._raw(lexeme), lexeme.start, quoted=quoted)
        if quoted:
            return leaves.phrase(self._source, fields, lexeme.text, lexeme.start + 1)
        if fields == DEFAULT_FIELDS:
            if lexeme.text in ("*", "*:*"):
                return All()
            if found := leaves.identifier(lexeme.text):
                return found
        self._note_word(lexeme.text)
        return leaves.word(self._source, fields, lexeme.text, lexeme.start, self._match)

    def _value(self, lexeme: Lexeme, facet: str) -> Query:
        if lexeme.kind == "range":
            hint = f'write {facet}:[…] for a range, {facet}:="[…]" for a value with brackets'
            raise self._source.error("a whole value is no range", lexeme.start, hint)
        quoted = lexeme.kind == "phrase"
        if not quoted and self._peek().kind in ("word", "value"):
            self._notes.append(
                f"{facet}:={lexeme.text} is a value of one word; one of several is written in quotes"
            )
        return leaves.facet_value(self._source, facet, self._raw(lexeme), lexeme.start, quoted=quoted)

    def _raw(self, lexeme: Lexeme) -> str:
        """Return a lexeme as typed, without its quotes."""
        quoted = lexeme.kind == "phrase"
        return self._source.text[lexeme.start + quoted : lexeme.end - quoted]

    def _line(self, lexeme: Lexeme, scope: _Scope) -> Operand:
        if scope != _Scope():
            raise self._source.error(
                "a line has its own fields", lexeme.start, "put the field within the line"
            )
        number = int(lexeme.text[1:10])
        if number not in self._lines or len(lexeme.text) > 10:
            hint = f'lines are numbered within a strategy; for the text itself write "{lexeme.text}"'
            if self._lines:
                hint = f"the lines so far are {', '.join(f'#{known}' for known in sorted(self._lines)[-12:])}"
            raise self._source.error(f"there is no line {lexeme.text}", lexeme.start, hint)
        return operand.line(self._source, number, self._lines[number], lexeme)

    def _note_words_like_operators(self, found: list[Operand]) -> None:
        for part in found[1:-1]:
            text = self._source.text[part.start : part.end]
            if not part.joiner and (meant := _meant(text)):
                self._notes.append(f"“{text}” was read as a word; {meant}")

    def _note_near_beside_words(self, before: str, sign: Lexeme) -> None:
        if "word" in (before, self._peek().kind):
            message = f"{sign.text} joins the one word on each side; several words are a phrase in quotes"
            self._notes.append(message)

    def _note_field_of_one_word(self, field: Lexeme, fields: tuple[str, ...]) -> None:
        word = self._lexemes[self._next - 1]
        if names.kind(fields) == "text" and word.kind == self._peek().kind == "word":
            name = field.text
            self._notes.append(f"{name}: is for {word.text} alone; for several words write {name}:(…)")

    def _note_word(self, text: str) -> None:
        if leaves.looks_like_years(text):
            self._notes.append(f"{text} was read as words; for years write year:{text}")
        if text.endswith("?") and not text.endswith("\\?"):
            self._notes.append(f"the ? of {text} was read as any one letter")


def _meant(word: str) -> str:
    """Return how the operator is written that a word between two others may have been meant for."""
    if word.upper() in ("AND", "OR", "NOT"):
        return f"the operator is written {word.upper()}"
    if word == "near":
        return "the operator is written NEAR/5"
    if steps := _NEAR_ELSEWHERE.fullmatch(word):
        return f"the operator is written {'NEAR' if word[0] == 'n' else 'W'}/{steps[1]}"
    return "years are written year:2019-2024" if word == "TO" else ""


def _as_a_word(lexeme: Lexeme) -> str | None:
    return f'for the word itself write "{lexeme.text.lower()}"' if lexeme.kind == "operator" else None
