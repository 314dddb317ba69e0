"""Queries cut into words, phrases, fields, operators and brackets; places are those of the text as typed."""

import re
from typing import Literal, NamedTuple

from catalog.errors import QueryError
from index.fields import FACETS
from index.query import foreign, names

Kind = Literal["(", ")", "field", "facet", "word", "phrase", "value", "range", "operator", "line", "end"]
Mode = Literal["any", "text", "value", "number", "facet"]

# What word processors and Chinese or Japanese keyboards put in place of our signs, one for one.
_AS_TYPED = str.maketrans("“”„‟«»″＂〝〞（）：＊？＃［］＝／", '""""""""""():*?#[]=/') | {
    0xFEE0 + code: code for code in range(0x30, 0x7B) if chr(code).isalnum()
}
# Left behind by copying from web pages and PDF files; Python does not call them blanks.
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_AHEAD = 200  # what is looked at behind a word: a sign of another system, not all the rest of a long query
_BLANKS = re.compile(rf"[\s{_INVISIBLE}]+")
_FIELD = re.compile(r"[^\W\d][\w-]*(?:,[\w-]+)*(?=:)")
_WORD = re.compile(r'(?:\\.|[^\s()"\[\]{}\\])+', re.DOTALL)
_PHRASE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_OPERATOR = re.compile(r"AND|OR|NOT|(?:NEAR|W)/\d+")
_LINE = re.compile(r"#\d+")
_ADDRESS = re.compile(
    r"(doi:\s?)?10\.\d{4,9}/\S|https?://(?:(?:\w+\.)*(?P<host>doi|orcid)\.org/)?\S", re.IGNORECASE
)
_SINGLE_QUOTED = re.compile(r"['‘]([^'‘’\"()]+)['’](?![^\W_])")
_SCHEMES = frozenset(
    {
        "ark",
        "arxiv",
        "handle",
        "hdl",
        "info",
        "lccn",
        "oai",
        "oclc",
        "openalex",
        "pmcid",
        "pmid",
        "pubmed",
        "urn",
    }
)


class Lexeme(NamedTuple):
    """A piece of a query: `text` without its quotes, and where it starts and ends in the query."""

    kind: Kind
    text: str
    start: int
    end: int


def as_typed(text: str) -> str:
    """Return text with the signs of word processors and wide keyboards as ours, one for one."""
    return text.translate(_AS_TYPED)


def lex(text: str) -> list[Lexeme]:
    """Cut a query up; the last lexeme is of kind `end`.

    Raises QueryError for quotes and brackets without their other half, unknown fields, and signs that
    other systems know and this one does not.
    """
    return _Lexer(text).run()


def address(text: str, at: int = 0) -> tuple[str, int] | None:
    """Return the field of the bare DOI or web address that stands at a place, and where its value starts."""
    match = _ADDRESS.match(text, at)
    if match is None:
        return None
    field = (match["host"] or "id").lower() if match[0][0] in "hH" else "doi"
    return field, match.end(1) if match[1] else at


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = as_typed(text)
        self._at = 0
        self._found: list[Lexeme] = []
        self._modes: list[Mode] = ["any"]
        self._opened: list[int] = []
        self._pending: Mode | None = None  # what the field just read wants next

    def run(self) -> list[Lexeme]:
        while self._skip_blanks() < len(self._plain):
            self._one()
        if self._opened:
            raise self._error("this bracket is never closed", self._opened[-1])
        self._add("end", "", self._at, self._at)
        return self._found

    def _error(self, message: str, position: int, hint: str | None = None) -> QueryError:
        return QueryError(message, text=self._text, position=position, hint=hint)

    def _add(self, kind: Kind, text: str, start: int, end: int) -> None:
        self._found.append(Lexeme(kind, text, start, end))
        self._at = end

    def _skip_blanks(self) -> int:
        if match := _BLANKS.match(self._plain, self._at):
            self._at = match.end()
        return self._at

    def _one(self) -> None:
        mode = self._pending or self._modes[-1]
        sign = self._plain[self._at]
        match sign:
            case "(":
                self._open(mode)
            case ")":
                self._close()
            case '"':
                self._phrase()
            case "[":
                self._range()
            case "]":
                raise self._error("this bracket was never opened", self._at)
            case "{" | "}":
                raise self._error("curly brackets have no meaning here", self._at, 'write a phrase as "…"')
            case _ if mode in ("value", "number", "facet"):
                self._value()
            case _:
                self._text_word(mode)
        if self._found[-1].kind not in ("field", "facet"):
            self._pending = None

    def _open(self, mode: Mode) -> None:
        self._opened.append(self._at)
        self._modes.append(mode)
        self._add("(", "(", self._at, self._at + 1)

    def _close(self) -> None:
        if not self._opened:
            raise self._error("this bracket was never opened", self._at)
        if self._pending:
            raise self._error("nothing follows the field", self._at)
        self._opened.pop()
        self._modes.pop()
        self._add(")", ")", self._at, self._at + 1)
        self._check_behind("a bracket", " ()")

    def _phrase(self) -> None:
        match = _PHRASE.match(self._plain, self._at)
        if match is None:
            raise self._error("this quotation mark is never closed", self._at)
        self._add("phrase", match[1], self._at, match.end())
        self._check_behind("a phrase", " )")

    def _check_behind(self, what: str, allowed: str) -> None:
        rest = self._plain[self._at : self._at + _AHEAD]
        if not rest or rest[0].isspace() or rest[0] in allowed or rest[0] in _INVISIBLE:
            return
        if what == "a bracket" and (word := _WORD.match(rest)) and _OPERATOR.fullmatch(word[0]):
            return
        message, hint = foreign.suffix(rest) or (f"a blank is missing behind {what}", None)
        raise self._error(message, self._at, hint)

    def _range(self) -> None:
        end = self._plain.find("]", self._at)
        if self._pending is None:
            known = foreign.suffix(self._plain[self._at :])
            if known is None or " TO " in self._plain[self._at : end]:
                known = foreign.Refusal("square brackets are for ranges", "write year:[2019 TO 2024]")
            raise self._error(known.message, self._at, known.hint)
        if end < 0:
            raise self._error("this bracket is never closed", self._at)
        self._add("range", self._plain[self._at + 1 : end], self._at, end + 1)
        self._check_behind("a range", " )")

    def _value(self) -> None:
        """Take a value up to a blank or a closing bracket that was not opened in it: DOIs have brackets."""
        start = at = self._at
        depth = 0
        while at < len(self._plain) and not self._plain[at].isspace():
            sign = self._plain[at]
            if sign == '"':
                raise self._error("a quotation mark inside a value", at)
            if sign == ")" and depth == 0:
                break
            depth += (sign == "(") - (sign == ")")
            at += 2 if sign == "\\" else 1
        at = min(at, len(self._plain))
        text = self._plain[start:at]
        kind: Kind = "operator" if self._pending is None and _OPERATOR.fullmatch(text) else "value"
        self._add(kind, text, start, at)

    def _text_word(self, mode: Mode) -> None:
        if mode == "any" and self._pending is None and (known := address(self._plain, self._at)):
            field, start = known
            self._add("field", field, self._at, start)
            self._value()
        elif self._pending is None and (match := _FIELD.match(self._plain, self._at)) and self._field(match):
            return
        else:
            self._word()

    def _field(self, match: re.Match[str]) -> bool:
        """Read `name:`; False when the colon is no field's but belongs to the text."""
        name, behind = match[0], self._plain[match.end() + 1 : match.end() + 2]
        if name.startswith("*"):
            return False
        fields = names.resolve(name)
        nothing = not behind or behind.isspace() or behind == ")"
        if fields is None:
            if nothing:  # "Peer support: a review"
                return False
            self._unknown_field(name, match)
            return False
        if nothing:
            raise self._error(
                f"nothing follows {name}:",
                match.end(),
                f'write the word directly behind it; for the word itself, "{name}"',
            )
        if behind == "=":
            self._facet(name, match)
        else:
            self._add("field", name, match.start(), match.end() + 1)
            self._pending = names.kind(fields)
        return True

    def _facet(self, name: str, match: re.Match[str]) -> None:
        """Read `name:=`."""
        facet = names.facet(name)
        if facet is None:
            hint = f"facets are {', '.join(FACETS)}; for words in it write {name}:(…)"
            raise self._error(f"hits are not counted by {name}", match.start(), hint)
        end = match.end() + 2
        behind = self._plain[end : end + 1]
        if not behind or behind.isspace() or behind == ")":
            hint = f'write the value directly behind it: {name}:="…"'
            raise self._error(f"nothing follows {name}:=", match.end(), hint)
        self._add("facet", facet, match.start(), end)
        self._pending = "facet"

    def _unknown_field(self, name: str, match: re.Match[str]) -> None:
        rest = _WORD.match(self._plain, match.end() + 1)
        whole = f"{name}:{rest[0] if rest else ''}"
        if known := foreign.word(whole):
            raise self._error(known.message, match.start(), known.hint)
        if name.casefold() in _SCHEMES:
            raise self._error(f"{name} is no field", match.start(), f"write id:{rest[0] if rest else '…'}")
        wrong = next((part for part in name.split(",") if names.resolve(part) is None), name)
        near = names.nearest(wrong)
        hint = f"did you mean {near}:? " if near else ""
        place = match.start() + name.find(wrong)
        raise self._error(
            f"there is no field {wrong}", place, f'{hint}For the words themselves write "{whole}"'
        )

    def _word(self) -> None:
        match = _WORD.match(self._plain, self._at)
        if match is None:
            raise self._error("a backslash needs a sign to escape", self._at)
        text, start = match[0].rstrip(_INVISIBLE), self._at
        if _LINE.fullmatch(text):
            self._add("line", text, start, match.end())
            return
        if self._pending is None and _OPERATOR.fullmatch(text):
            self._add("operator", text, start, match.end())
            return
        self._refuse_foreign(text, start)
        self._add("word", text, start, match.end())
        self._check_word_end(text, start)

    def _refuse_foreign(self, text: str, start: int) -> None:
        if quoted := _SINGLE_QUOTED.match(self._plain, start):
            raise self._error("single quotes do not make a phrase", start, f'write "{quoted[1]}"')
        if "\\" not in text and (known := foreign.word(text)):
            raise self._error(known.message, start, known.hint)

    def _check_word_end(self, text: str, start: int) -> None:
        rest = self._plain[self._at : self._at + _AHEAD]
        behind = rest.lstrip()[:1]
        if behind and behind in '("' and (known := foreign.prefix(text)):
            raise self._error(known.message, start, known.hint)
        match rest[:1]:
            case "(":
                hint = "put a blank before it, or the whole in quotes"
                raise self._error("a bracket inside a word", self._at, hint)
            case '"':
                raise self._error(
                    "a quotation mark inside a word", self._at, "put a blank before it, or leave it out"
                )
            case "[":
                message, hint = foreign.suffix(rest) or ("a bracket inside a word", "put the whole in quotes")
                raise self._error(message, self._at, hint)
            case _:
                return
