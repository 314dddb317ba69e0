"""A topic as reviewers type it, made into what DOAJ's article API accepts, or refused with the place.

Words side by side are a phrase, looked for in keywords, title and abstract; AND, OR, NOT in capitals,
brackets, "phrases" and `field:` are read as in our own searches, `+` is AND. What goes out is bracketed and
quoted throughout: the API hands it to Elasticsearch's query_string, whose AND, OR and NOT bind in no order
anyone expects, and before that to guards of its own (portality/api/current/discovery.py of
https://github.com/DOAJ/doaj), which refuse `*`, `?` and `~` and take a colon for part of the text unless an
AND or OR stands before its field.
"""

import re
from typing import NamedTuple

from catalog.errors import QueryError
from harvester.doaj import fields
from harvester.doaj.fields import TOPIC, Field
from harvester.doaj.lexemes import Lexeme, lex

DEEPEST = 60

_SIGNS = re.compile(r"[*?~]")
_YEARS = re.compile(r"(?P<low>\d{4})?(?P<to>[-–—]|\.\.)?(?P<high>\d{4})?")
_RANGE = re.compile(r"(?P<low>\d{4}|\*)(?P<to>\s+TO\s+)(?P<high>\d{4}|\*)")
_ANY_YEAR = ("1000", "2999")
_EVERYTHING = "created_date:[2000-01-01 TO 2999-12-31]"  # what NOT takes away from; `*:*` is refused
_ESCAPED = str.maketrans({":": "\\:", "/": "\\/", "\\": " ", '"': " "})


class _Part(NamedTuple):
    """A part as it goes out; `joiner` is what stood before it, empty where it just follows."""

    text: str
    negative: bool
    joiner: str
    at: int


def rewrite(topic: str) -> str:
    """Return a topic as DOAJ's article API accepts it: one clause, or one bracket.

    Raises QueryError for what cannot be asked there.
    """
    return _Parser(topic).read()


def notes(topic: str) -> tuple[str, ...]:
    """Return what of a topic may not have been meant so. Raises QueryError."""
    words = dict.fromkeys(lexeme.text for lexeme in lex(topic) if lexeme.kind == "word")
    taken = [word for word in words if word in ("and", "or", "not")]
    return tuple(f"{word} is part of a phrase here: the operator is written {word.upper()}" for word in taken)


def within(query: str, *codes: str) -> str:
    """Return a query of the API narrowed down to some classes and all below them."""
    branches = " OR ".join(_clause(fields.BRANCH, code) for code in codes)
    return f"{query} AND ({branches})" if len(codes) > 1 else f"{query} AND {branches}"


class _Parser:
    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._lexemes = lex(topic)
        self._next = 0
        self._depth = 0

    def read(self) -> str:
        if self._peek().kind == "end":
            raise self._error("the topic is empty", 0, 'as in "peer support"')
        text = self._level(TOPIC)
        if self._peek().kind == ")":
            raise self._error("this bracket closes nothing", self._peek().at)
        return text

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _error(self, message: str, at: int, hint: str | None = None) -> QueryError:
        return QueryError(message, text=self._topic, position=at, hint=hint)

    def _level(self, field: Field) -> str:
        """Read parts up to a closing bracket or the end, and join them."""
        parts: list[_Part] = []
        while self._peek().kind not in (")", "end"):
            joiner, at = "", self._peek().at
            if self._peek().text in ("AND", "OR") and self._peek().kind == "operator":
                joiner = self._take().text
                if not parts:
                    raise self._error(
                        f"{joiner} needs something before it", at, f'for the word write "{joiner}"'
                    )
            negative = self._negated()
            parts.append(_Part(self._operand(field), negative, joiner, at))
        if not parts:
            raise self._error("there is nothing in these brackets", self._peek().at)
        return self._joined(parts)

    def _negated(self) -> bool:
        negative = False
        while self._peek().kind == "operator" and self._peek().text == "NOT":
            self._next += 1
            negative = not negative
        return negative

    def _joined(self, parts: list[_Part]) -> str:
        joiners = {part.joiner or "AND" for part in parts[1:]}
        if len(joiners) > 1:
            other = next(part for part in parts[2:] if (part.joiner or "AND") != (parts[1].joiner or "AND"))
            raise self._error("AND and OR side by side need brackets", other.at, "as in a AND (b OR c)")
        if joiners == {"OR"}:
            taken = [f"({_EVERYTHING} AND NOT {part.text})" if part.negative else part.text for part in parts]
            return f"({' OR '.join(taken)})"
        wanted = [part.text for part in parts if not part.negative] or [_EVERYTHING]
        unwanted = [f"NOT {part.text}" for part in parts if part.negative]
        both = wanted + unwanted
        return both[0] if len(both) == 1 else f"({' AND '.join(both)})"

    def _operand(self, field: Field) -> str:
        lexeme = self._take()
        if lexeme.kind == "field":
            return self._of_field(lexeme)
        if lexeme.kind == "(":
            return self._bracket(lexeme, field)
        if lexeme.kind == "word" and field.kind == "text":
            words = [lexeme]
            while self._peek().kind == "word":
                words.append(self._take())
            return self._words(field, words)
        if lexeme.kind in ("word", "phrase", "range"):
            return self._leaf(field, lexeme)
        before = self._lexemes[max(0, self._next - 2)]
        message = f"{before.text} needs something behind it"
        raise self._error(message, before.at, f'for the word write "{before.text}"')

    def _of_field(self, name: Lexeme) -> str:
        """Read the one word, phrase or bracket behind a field's name."""
        field = fields.named(name.text)
        if field is None:
            names = ", ".join(fields.NAMES)
            raise self._error(
                f"there is no field {name.text}", name.at, f"put it in quotes; the fields: {names}"
            )
        if self._peek().kind == "word":
            return self._leaf(field, self._take())
        if self._peek().kind not in ("phrase", "range", "("):
            raise self._error(f"{name.text}: needs something behind it", name.at)
        return self._operand(field)

    def _bracket(self, opening: Lexeme, field: Field) -> str:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("brackets within brackets too often", opening.at)
        inner = self._level(field)
        if self._take().kind != ")":
            raise self._error("this bracket is not closed", opening.at)
        self._depth -= 1
        return inner

    def _leaf(self, field: Field, lexeme: Lexeme) -> str:
        if field.kind == "year":
            return self._years(lexeme)
        if lexeme.kind == "range":
            raise self._error("square brackets hold years only", lexeme.at, "as in year:[2019 TO 2024]")
        return self._words(field, [lexeme])

    def _words(self, field: Field, words: list[Lexeme]) -> str:
        for word in words:
            if sign := _SIGNS.search(word.text):
                at = word.at + sign.start()
                raise self._error(
                    f"DOAJ's API takes no {sign[0]}", at, "leave it out, or OR the forms of a word"
                )
        text = " ".join(word.text for word in words)
        if not any(letter.isalnum() for letter in text):
            raise self._error("there is no letter or digit to look for", words[0].at)
        clauses = [_clause(path, text) for path in field.paths]
        return clauses[0] if len(clauses) == 1 else f"({' OR '.join(clauses)})"

    def _years(self, lexeme: Lexeme) -> str:
        form = _RANGE if lexeme.kind == "range" else _YEARS
        found = form.fullmatch(lexeme.text.strip())
        if found is None or not (found["low"] or found["high"]) or (found["high"] and not found["to"]):
            raise self._error("this is no year", lexeme.at, "year:2024, year:2019-2024 or year:2019-")
        if not found["to"]:
            return _clause(fields.YEAR, found["low"])
        low, high = (
            default if year in (None, "*") else year
            for year, default in zip(found.group("low", "high"), _ANY_YEAR, strict=True)
        )
        if low > high:
            raise self._error("these years run backwards", lexeme.at, f"year:{high}-{low}")
        return f"{fields.YEAR}:[{low} TO {high}]"


def _clause(path: str, text: str) -> str:
    """Write a phrase: in quotes no sign means anything but those that DOAJ's guards look for."""
    return f'{path}:"{" ".join(fields.value(path, text).translate(_ESCAPED).split())}"'
