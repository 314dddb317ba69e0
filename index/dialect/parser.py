"""Another database's query read: its operators in its order, its tags on what they stand at."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from index.dialect import limits
from index.dialect.lexer import Token, lex
from index.dialect.reader import Reader
from index.dialect.tagging import tagged, tags_of, with_one_tag
from index.dialect.tags import BY_NAME
from index.dialect.tree import Close, Group, Ours, Part, Place, Without, Words, depth

_DEEPEST = 60
"""Parts within parts: to read one takes several calls, and what is written of them our language refuses."""

_SUFFIXES = frozenset({"tag", "heading"})
_UNSEARCHED = {
    "frequency": "how often a word occurs is not asked here: once is enough",
    "comment": "an explanation of the database, no part of the search: it was left out",
}
_CLOSERS = frozenset({"close", "end"})


def parse(reader: Reader) -> Part:
    """Read a query. Raises QueryError for what its own database could not run either, or nobody knows."""
    return _Parser(reader).whole()


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._source, self._dialect, _ = reader
        self._tokens = list(self._searched(lex(self._source, self._dialect)))
        self._next = 0
        self._nested = 0
        self._one = self._dialect.beside == "phrase"  # words side by side are one text

    def whole(self) -> Part:
        if self._peek().kind == "end":
            raise self._source.error("there is nothing to search for", 0)
        found = self._level(len(self._dialect.tiers) - 1)
        if self._peek().kind != "end":
            raise self._source.error("this bracket was never opened", self._peek().start)
        return found

    def _searched(self, tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            if message := _UNSEARCHED.get(token.kind):
                self._reader.lose(token.start, token.end, message)
            else:
                yield token

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _level(self, tier: int) -> Part:
        """Read what the operators of a tier and of those that bind tighter join, from the left."""
        if tier < 0:
            return self._operand()
        left = self._level(tier - 1)
        joined = False
        while (operator := self._operator()) in self._dialect.tiers[tier]:
            sign = self._peek()
            if operator != "AND" or sign.kind == "operator":
                self._take()
                self._note_case(sign)
            negated = operator == "AND" and self._takes_not()
            right = self._level(tier - 1)
            place = Place(left.place.start, right.place.end)
            right = Without(right.place, right) if negated else right
            left = self._join(left, right, operator, sign, place, goes_on=joined)
            joined = True
        return left

    def _note_case(self, sign: Token) -> None:
        if self._dialect.capitals and sign.text != sign.text.upper():
            message = f"{self._dialect.title}'s operators are written in capitals: read as one all the same"
            self._reader.lose(sign.start, sign.end, message)

    def _takes_not(self) -> bool:
        sign = self._peek()
        if sign.kind != "operator" or sign.parts["op"].upper() != "NOT":
            return False
        self._take()
        return True

    def _operator(self) -> str:
        """Return the operator that stands next; two parts side by side are joined by AND."""
        sign = self._peek()
        match sign.kind:
            case "operator":
                name = " ".join(sign.parts["op"].upper().split())
                return "NOT" if name == "AND NOT" else name
            case "near" | "ahead":
                return "NEAR"
            case "same":
                return "SAME"
            case "close" | "end":
                return ""
            case _:
                return "AND"

    def _join(
        self, left: Part, right: Part, operator: str, sign: Token, place: Place, *, goes_on: bool
    ) -> Part:
        kind: Literal["AND", "OR"] = "OR" if operator == "OR" else "AND"
        flat = goes_on and operator != "NEAR"
        before = left.children if flat and isinstance(left, Group) and left.operator == kind else ()
        if not before and depth(left) >= _DEEPEST:
            raise self._too_deep(sign)
        if operator == "NEAR":
            return self._close(left, right, sign, place)
        if operator == "SAME":
            self._reader.lose(sign.start, sign.end, "the same sentence is not known here: AND instead")
        if operator == "NOT":
            right = Without(right.place, right)
        return Group(place, kind, (*(before or (left,)), right))

    def _close(self, left: Part, right: Part, sign: Token, place: Place) -> Part:
        number = sign.parts.get("n", "")
        ordered = sign.kind == "ahead" or sign.text.lower() == "adj"
        reach = int(number) if number else 1 if ordered else self._dialect.bare_near
        left, right = with_one_tag(self._reader, left, right)
        return Close(place, left, right, max(reach - self._dialect.steps, 0), ordered)

    def _operand(self) -> Part:
        sign = self._take()
        self._nested += 1
        if self._nested > _DEEPEST:
            raise self._too_deep(sign)
        found = self._one_operand(sign)
        self._nested -= 1
        return found

    def _too_deep(self, sign: Token) -> Exception:
        return self._source.error("this is nested too deeply", sign.start)

    def _one_operand(self, sign: Token) -> Part:
        match sign.kind:
            case "open":
                found = self._bracket(sign)
            case "operator" if sign.parts["op"].upper() == "NOT":
                child = self._operand()
                return Without(Place(sign.start, child.place.end), child)
            case "prefix":
                return self._prefixed(sign)
            case "word" | "quoted":
                found = self._words(sign)
            case "line":
                found = Ours(Place(sign.start, sign.end), "", f"#{int(sign.parts['number'])}")
            case "mesh":
                found = self._mesh(sign)
            case kind if kind in limits.LIMITS:
                found = limits.LIMITS[kind](self._reader, sign)
            case _:
                raise self._misplaced(sign)
        return self._suffixed(found)

    def _prefixed(self, sign: Token) -> Part:
        tags = tags_of(self._reader, sign)
        before = self._one
        self._one |= any(tag.kind != "text" or tag.fields == "journal" for tag in tags)
        found = self._operand()
        self._one = before
        return tagged(self._reader, found, tags, Place(sign.start, found.place.end))

    def _misplaced(self, sign: Token) -> Exception:
        if sign.kind in _CLOSERS:
            before = self._tokens[max(self._next - 2, 0)]
            return self._source.error(f"{before.text or 'this'} needs something behind it", before.start)
        return self._source.error(f"{sign.text.strip()} needs something before it", sign.start)

    def _bracket(self, sign: Token) -> Part:
        if self._peek().kind == "close":
            raise self._source.error("there is nothing in these brackets", sign.start)
        found = self._level(len(self._dialect.tiers) - 1)
        if self._peek().kind != "close":
            raise self._source.error("this bracket is never closed", sign.start)
        return replace(found, place=Place(sign.start, self._take().end))

    def _words(self, sign: Token) -> Part:
        if sign.kind == "quoted":
            return Words(Place(sign.start, sign.end), sign.parts["text"], quoted=True)
        end = sign.end
        while self._one and (self._peek().kind == "word" or self._peek().text.isdigit()):
            end = self._take().end
        return Words(Place(sign.start, end), self._source.text[sign.start : end], quoted=False)

    def _mesh(self, sign: Token) -> Part:
        text, mark = sign.parts["text"], sign.parts["mark"].lower()
        noexp = mark == "^" or "only" in mark
        if not self._dialect.explodes:
            text = mark + text
        marks = ("noexp" if noexp else "") + sign.parts.get("below", "")
        return Words(Place(sign.start, sign.end), text, quoted=True, tag=BY_NAME["mesh"], mark=marks)

    def _suffixed(self, found: Part) -> Part:
        """Read the tags behind a part, and PubMed's `from : to` of dates."""
        while (sign := self._peek()).kind in _SUFFIXES:
            self._take()
            if sign.kind == "heading":
                found = self._heading(found, sign)
            else:
                place = Place(found.place.start, sign.end)
                found = tagged(self._reader, found, tags_of(self._reader, sign), place, sign)
        if self._peek().kind == "to":
            found = self._date_range(found)
        return found

    def _date_range(self, low: Part) -> Part:
        sign = self._take()
        high = self._operand()
        if isinstance(low, Words) and isinstance(high, Words):
            tag = high.tag or low.tag
            if tag and tag.kind == "year":
                place = Place(low.place.start, high.place.end)
                return Words(place, f"{low.text}:{high.text}", quoted=False, tag=tag)
        raise self._source.error("only dates can be a range", sign.start, "write 2010:2020[dp]")

    def _heading(self, found: Part, sign: Token) -> Part:
        if not isinstance(found, Words):
            raise self._source.error("a slash stands behind a heading", sign.start)
        place = Place(found.place.start, sign.end)
        return replace(found, place=place, tag=BY_NAME["mesh"], mark=sign.text.removeprefix("/"))
