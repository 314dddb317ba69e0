"""The query language: text in, Query out, or a QueryError with the place where it went wrong.

Words are AND-ed; AND, OR, NOT, NEAR/n and W/n are operators in capitals; brackets group. Binding, tightest
first: NOT; NEAR/n and W/n; then AND (also where two words just stand side by side) or OR. AND and OR at one
level are refused: systems differ in which they run first, so there is no reading everyone expects.
`a NOT b` is `a AND NOT b`, and NOT may come first. An unquoted word asks for its stem, a quoted one for
itself. `*` alone, like an empty query, asks for every record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, NoReturn

from index.fields import DEFAULT_FIELDS
from index.query import leaves, names
from index.query.ast import All, And, Line, Near, Not, Or, Phrase, Query, Range, Term
from index.query.leaves import Source
from index.query.lexer import Lexeme, lex

DEEPEST = 60
"""Levels of a tree, lines included: what walks it may recurse without fear."""

WIDEST_NEAR = 255


class Reading(NamedTuple):
    """A query as understood, and what its author may not have meant."""

    query: Query
    notes: tuple[str, ...] = ()


def parse(text: str, *, lines: Mapping[int, Query] | None = None) -> Query:
    """Read a query; `lines` are those of a strategy that `#1` may refer to.

    Raises QueryError for whatever cannot be run as written.
    """
    return read(text, lines=lines).query


def read(text: str, *, lines: Mapping[int, Query] | None = None) -> Reading:
    """Read a query and say what was understood otherwise than it may have been meant.

    Raises QueryError for whatever cannot be run as written.
    """
    return _Parser(text, lines or {}).read()


@dataclass(frozen=True, slots=True)
class _Operand:
    """A part of the query, where it stands, and how deep its tree is."""

    query: Query
    start: int
    end: int
    depth: int = 1
    joiner: str = ""  # AND, OR, or nothing where it just follows the part before
    at: int = 0  # where the joiner stands


class _Parser:
    def __init__(self, text: str, lines: Mapping[int, Query]) -> None:
        self._source = Source(text)
        self._lines = lines
        self._lexemes = lex(text)
        self._next = 0
        self._nested = 0
        self._notes: list[str] = []
        self._depths: dict[int, int] = {}

    def read(self) -> Reading:
        if self._peek().kind == "end":
            return Reading(All())
        self._refuse_bare_line_numbers()
        operand = self._level(DEFAULT_FIELDS)
        return Reading(operand.query, tuple(dict.fromkeys(self._notes)))

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _fail(self, message: str, position: int, hint: str | None = None) -> NoReturn:
        raise self._source.error(message, position, hint)

    def _refuse_bare_line_numbers(self) -> None:
        """In a strategy `1 AND 2` means lines to users of Ovid, and numbers to us: neither is guessed."""
        words = [x for x in self._lexemes if x.kind not in ("operator", "(", ")", "end")]
        if len(words) > 1 and self._lines and all(x.kind == "word" and x.text.isdecimal() for x in words):
            first = words[0]
            hint = f'a line is written #{first.text}; the number itself "{first.text}"'
            self._fail("is this a line or a number?", first.start, hint)

    def _level(self, fields: tuple[str, ...]) -> _Operand:
        """Read operands up to a closing bracket or the end, and join them."""
        operands: list[_Operand] = []
        while self._peek().kind not in ("end", ")"):
            joiner, at = self._joiner(operands)
            operand = self._negated(fields)
            operands.append(replace(operand, joiner=joiner, at=at or operand.start))
        if not operands:
            self._fail("there is nothing in these brackets", self._lexemes[self._next - 1].start)
        self._note_words_like_operators(operands)
        return self._join(operands)

    def _joiner(self, operands: list[_Operand]) -> tuple[str, int]:
        lexeme = self._peek()
        if lexeme.kind != "operator" or lexeme.text == "NOT":
            return "", 0
        if not operands:
            self._fail(f"{lexeme.text} needs something before it", lexeme.start, _as_a_word(lexeme))
        return self._take().text, lexeme.start

    def _join(self, operands: list[_Operand]) -> _Operand:
        first = operands[0]
        if len(operands) == 1:
            return first
        self._refuse_a_mix(operands)
        depth = 1 + max(operand.depth for operand in operands)
        if depth > DEEPEST:
            self._fail("this is nested too deeply", first.start, "give its parts lines of their own")
        children = tuple(operand.query for operand in operands)
        query = Or(children) if operands[1].joiner == "OR" else And(children)
        return _Operand(query, first.start, operands[-1].end, depth)

    def _refuse_a_mix(self, operands: list[_Operand]) -> None:
        """Refuse AND beside OR without brackets, and show both ways to put them."""
        for n in range(2, len(operands)):
            before, this = operands[n - 1], operands[n]
            if (before.joiner == "OR") == (this.joiner == "OR"):
                continue
            left, middle, right = (self._quote(operand) for operand in operands[n - 2 : n + 1])
            one, two = (f" {operand.joiner} " if operand.joiner else " " for operand in (before, this))
            hint = f"write ({left}{one}{middle}){two}{right} or {left}{one}({middle}{two}{right})"
            self._fail("AND and OR side by side need brackets", this.at, hint)

    def _quote(self, operand: _Operand) -> str:
        text = " ".join(self._source.text[operand.start : operand.end].split())
        return text if len(text) <= 32 else f"{text[:15]} … {text[-14:]}"

    def _negated(self, fields: tuple[str, ...]) -> _Operand:
        if self._peek().text != "NOT" or self._peek().kind != "operator":
            return self._near(fields)
        sign = self._take()
        if self._peek().kind == "operator":
            self._fail(f"NOT needs something behind it, and finds {self._peek().text}", self._peek().start)
        operand = self._operand(fields)
        if self._is_near(self._peek()):
            hint = "write NOT (… NEAR/3 …)"
            self._fail(f"{self._peek().text} cannot look for what is not there", self._peek().start, hint)
        return _Operand(Not(operand.query), sign.start, operand.end, operand.depth + 1)

    @staticmethod
    def _is_near(lexeme: Lexeme) -> bool:
        return lexeme.kind == "operator" and "/" in lexeme.text

    def _near(self, fields: tuple[str, ...]) -> _Operand:
        before = self._lexemes[self._next - 1] if self._next else None
        left = self._operand(fields)
        previous: str | None = None
        while self._is_near(self._peek()):
            sign = self._take()
            if previous not in (None, sign.text):
                self._fail(f"{previous} and {sign.text} side by side need brackets", sign.start)
            if self._peek().text == "NOT" and self._peek().kind == "operator":
                self._fail(f"{sign.text} cannot look for what is not there", self._peek().start)
            right = self._operand(fields)
            left = self._nearby(left, right, sign)
            previous = sign.text
        if previous:
            self._note_near_beside_words(before, previous)
        return left

    def _nearby(self, left: _Operand, right: _Operand, sign: Lexeme) -> _Operand:
        name, _, distance = sign.text.partition("/")
        if len(distance) > 3 or int(distance) > WIDEST_NEAR:
            self._fail(f"{sign.text} is too wide", sign.start, f"at most {name}/{WIDEST_NEAR}; wider is AND")
        queries = [_without_lines(operand.query) for operand in (left, right)]
        wanted = [
            self._positional(query, operand, sign)
            for query, operand in zip(queries, (left, right), strict=True)
        ]
        if wanted[0] != wanted[1]:
            hint = f"write {names.written(wanted[0]) or 'title'}:(… {sign.text} …)"
            self._fail(f"both sides of {sign.text} must look in the same fields", right.start, hint)
        depth = 1 + max(left.depth, right.depth)
        if depth > DEEPEST:
            self._fail("this is nested too deeply", left.start)
        return _Operand(Near(*queries, int(distance), ordered=name == "W"), left.start, right.end, depth)

    def _positional(self, query: Query, operand: _Operand, sign: Lexeme) -> tuple[str, ...]:
        """Return the fields of words, phrases and OR groups of them; NEAR joins nothing else."""
        match query:
            case Term(fields) | Phrase(fields) if names.kind(fields) == "text":
                return fields
            case Near(left):
                return self._positional(left, operand, sign)
            case Or(children):
                found = {self._positional(child, operand, sign) for child in children}
                if len(found) == 1:
                    return found.pop()
                self._fail(f"a side of {sign.text} must look in one field", operand.start)
            case _:
                hint = "AND and NOT go outside it"
                self._fail(f"{sign.text} joins words, phrases and OR groups", operand.start, hint)

    def _operand(self, fields: tuple[str, ...]) -> _Operand:
        lexeme = self._take()
        match lexeme.kind:
            case "field":
                found = names.resolve(lexeme.text)
                assert found is not None, "the lexer knows the field"
                operand = self._operand(found)
                return replace(operand, start=lexeme.start)
            case "(":
                return self._bracket(lexeme, fields)
            case "line":
                return self._line(lexeme, fields)
            case "operator":
                self._fail(f"{lexeme.text} needs something before it", lexeme.start, _as_a_word(lexeme))
            case "end" | ")":
                before = self._lexemes[self._next - 2]
                self._fail(f"{before.text} needs something behind it", before.start, _as_a_word(before))
            case _:
                return _Operand(self._leaf(lexeme, fields), lexeme.start, lexeme.end)

    def _bracket(self, lexeme: Lexeme, fields: tuple[str, ...]) -> _Operand:
        self._nested += 1
        if self._nested > DEEPEST:
            self._fail("this is nested too deeply", lexeme.start, "give its parts lines of their own")
        operand = self._level(fields)
        self._nested -= 1
        return replace(operand, start=lexeme.start, end=self._take().end)

    def _leaf(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Query:
        kind = names.kind(fields)
        quoted = lexeme.kind == "phrase"
        if lexeme.kind == "range":
            return leaves.bracketed(self._source, fields, lexeme.text, lexeme.start)
        if kind == "number":
            return leaves.number(self._source, fields[0], lexeme.text, lexeme.start)
        if kind == "value":
            # Values are taken from the text as typed: in them a fullwidth sign is not one of ours.
            raw = self._source.text[lexeme.start + quoted : lexeme.end - quoted]
            return leaves.value(self._source, fields[0], raw, lexeme.start, quoted=quoted)
        if quoted:
            return leaves.phrase(self._source, fields, lexeme.text, lexeme.start + 1)
        if fields == DEFAULT_FIELDS:
            if lexeme.text in ("*", "*:*"):
                return All()
            if found := leaves.identifier(lexeme.text):
                return found
        self._note_years(lexeme)
        return leaves.word(self._source, fields, lexeme.text, lexeme.start)

    def _line(self, lexeme: Lexeme, fields: tuple[str, ...]) -> _Operand:
        number = int(lexeme.text[1:]) if len(lexeme.text) < 10 else -1
        if fields != DEFAULT_FIELDS:
            self._fail("a line has its own fields", lexeme.start, "put the field within the line")
        if number not in self._lines:
            known = f"there are lines #{min(self._lines)} to #{max(self._lines)}" if self._lines else None
            hint = known or f'lines are numbered within a strategy; for the text itself write "{lexeme.text}"'
            self._fail(f"there is no line {lexeme.text}", lexeme.start, hint)
        query = self._lines[number]
        depth = 1 + self._depth(query)
        if depth > DEEPEST:
            self._fail("this line is nested too deeply", lexeme.start)
        return _Operand(Line(number, query), lexeme.start, lexeme.end, depth)

    def _depth(self, query: Query) -> int:
        """Return the depth of a line's tree, each shared part looked at once."""
        if id(query) not in self._depths:
            match query:
                case And(children) | Or(children):
                    below = max(map(self._depth, children))
                case Near(left, right):
                    below = max(self._depth(left), self._depth(right))
                case Not(child) | Line(_, child):
                    below = self._depth(child)
                case Term() | Phrase() | Range() | All():
                    below = 0
            self._depths[id(query)] = below + 1
        return self._depths[id(query)]

    def _note_words_like_operators(self, operands: list[_Operand]) -> None:
        for operand in operands[1:-1]:
            text = self._source.text[operand.start : operand.end]
            if text in ("and", "or", "not") and not operand.joiner:
                self._notes.append(f"“{text}” was read as a word; the operator is written {text.upper()}")

    def _note_near_beside_words(self, before: Lexeme | None, sign: str) -> None:
        behind = self._peek()
        if (before and before.kind == "word") or behind.kind == "word":
            self._notes.append(f"{sign} joins the one word on each side; several are a phrase in quotes")

    def _note_years(self, lexeme: Lexeme) -> None:
        if leaves.looks_like_years(lexeme.text):
            self._notes.append(f"{lexeme.text} was read as words; for years write year:{lexeme.text}")


def _as_a_word(lexeme: Lexeme) -> str | None:
    return f'for the word itself write "{lexeme.text.lower()}"' if lexeme.kind == "operator" else None


def _without_lines(query: Query) -> Query:
    """Return a side of NEAR with the lines in it written out: NEAR looks at their words, not their records."""
    match query:
        case Line(_, child):
            return _without_lines(child)
        case Or(children):
            return Or(tuple(map(_without_lines, children)))
        case Near(left, right):
            return replace(query, left=_without_lines(left), right=_without_lines(right))
        case _:
            return query
