"""A topic cut into words, phrases, fields, operators and brackets; places are those of the text as typed."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from catalog.errors import QueryError
from harvester.doaj import fields

Kind = Literal["(", ")", "phrase", "range", "field", "operator", "word", "end"]

# What word processors and Chinese or Japanese keyboards put in place of our signs, one for one.
_AS_TYPED = str.maketrans("“”„‟«»″＂〝〞（）：＊？～［］＋", '""""""""""():*?~[]+')
_INVISIBLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\ufeff\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069]")

_BLANKS = re.compile(r" *")
_FIELD = re.compile(r"([^\W\d][\w.-]*):")
_PLAIN = re.compile(
    r'(?P<bracket>[()])|"(?P<phrase>[^"]*)"|\[(?P<range>[^\]"()]*)\](?![\w*])'
    r'|(?P<plus>\+)|(?P<word>[^ ()"\[\]]+)'
)
_VALUE = re.compile(r'(?:[^ ()"\[\]]|\([^ ()"\[\]]*\))+')  # 10.1016/S0140-6736(20)30183-5
_OPERATORS = frozenset(("AND", "OR", "NOT"))

# How other systems write what the API has nothing for.
_FOREIGN = (
    (re.compile(r"(?:NEAR|ONEAR|PRE|[WNP])/\d+|ADJ\d*|NEAR\d*"), 'use AND, or a "phrase"'),
    (re.compile(r"#\d+"), "lines of a strategy are not known here: write the line out"),
    (re.compile(r"[-!]\w.*"), "for NOT write NOT; for the text itself put it in quotes"),
    (re.compile(r"&&|\|\|?"), "write AND, or OR"),
)


class Lexeme(NamedTuple):
    """A piece of the topic, and where it stands."""

    kind: Kind
    text: str
    at: int


def lex(topic: str) -> list[Lexeme]:
    """Cut a topic; the last lexeme is its end. Raises QueryError for what is no part of one."""
    return list(_Lexer(topic).lexemes())


class _Lexer:
    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._text = _INVISIBLE.sub(" ", topic.translate(_AS_TYPED)).rstrip()
        self._before: Kind = "("

    def lexemes(self) -> Iterator[Lexeme]:
        at, field = self._skip(0), None
        while at < len(self._text):
            field, (lexeme, at) = self._field_or_not(field, at)
            if lexeme is not None:
                self._before = lexeme.kind
                yield lexeme
            at = self._skip(at)
        yield Lexeme("end", "", len(self._text))

    def _skip(self, at: int) -> int:
        blanks = _BLANKS.match(self._text, at)
        return blanks.end() if blanks else at

    def _field_or_not(
        self, field: fields.Field | None, at: int
    ) -> tuple[fields.Field | None, tuple[Lexeme | None, int]]:
        value = _VALUE.match(self._text, at) if field and field.kind == "value" else None
        if value:
            return None, (Lexeme("word", value[0], at), value.end())
        name = _FIELD.match(self._text, at)
        if name and (named := fields.named(name[1])):
            return named, (Lexeme("field", name[1], at), name.end())
        if name and self._text[name.end() : name.end() + 1] not in ("", " "):
            return None, (Lexeme("field", name[1], at), name.end())
        return None, self._plain(at)

    def _plain(self, at: int) -> tuple[Lexeme | None, int]:
        found = _PLAIN.match(self._text, at)
        if found is None:
            raise self._stray(at)
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        start = found.start(kind)
        if kind == "bracket":
            return Lexeme("(" if text == "(" else ")", text, start), found.end()
        if kind == "plus":
            needless = self._before in ("(", "operator", "field")
            return None if needless else Lexeme("operator", "AND", start), found.end()
        if kind == "word":
            return self._word(text, start), found.end()
        return (Lexeme("phrase", text, start) if kind == "phrase" else Lexeme("range", text, at)), found.end()

    def _word(self, text: str, at: int) -> Lexeme:
        if text in _OPERATORS:
            return Lexeme("operator", text, at)
        for sign, hint in _FOREIGN if self._before != "field" else ():
            if sign.fullmatch(text):
                raise QueryError(f"DOAJ's API does not know {text}", text=self._topic, position=at, hint=hint)
        return Lexeme("word", text, at)

    def _stray(self, at: int) -> QueryError:
        quote = self._text[at] == '"'
        message = "this quotation mark has no other half" if quote else "square brackets hold years only"
        hint = None if quote else "as in year:[2019 TO 2024]; or leave them out"
        return QueryError(message, text=self._topic, position=at, hint=hint)
