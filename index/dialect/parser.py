"""Another database's query read: its operators in its order, its tags on what they stand at."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from index.dialect import limits
from index.dialect.lexer import Token, lex
from index.dialect.reader import Reader
from index.dialect.tags import BY_NAME, Tag
from index.dialect.tree import Close, Group, Ours, Part, Place, Without, Words, depth
from index.fields import GROUPS
from index.query import names

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
        # A tag behind or before one side is meant for both: peer adj3 support.tw.
        if tag := _tag_of(right):
            left = self._assigned(left, replace(_BARE, tag=tag), lines=False)
        if tag := _tag_of(left):
            right = self._assigned(right, replace(_BARE, tag=tag), lines=False)
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
        tags = self._tag(sign.parts["tags"], sign)
        before = self._one
        self._one |= any(tag.kind != "text" or tag.fields == "journal" for tag in tags)
        found = self._operand()
        self._one = before
        return self._tagged(found, tags, Place(sign.start, found.place.end))

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
                found = self._tagged(found, self._tag(sign.parts["tags"], sign), place, sign)
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

    def _tag(self, written: str, sign: Token) -> tuple[Tag, ...]:
        found: list[Tag] = []
        unknown: list[str] = []
        for name in re.split(r"\s*,\s*", " ".join(written.casefold().split())):
            tag = self._dialect.own.get(name) or BY_NAME.get(name)
            if tag is None:
                unknown.append(name)
                continue
            if tag.message and tag.kind == "text":
                self._reader.lose(sign.start, sign.end, tag.message)
            found.append(tag)
        if unknown and not found:
            hint = "leave it out to search the usual fields; if it is a word, put it in quotes"
            message = f"{unknown[0]} is no field of {self._dialect.title} known here"
            raise self._source.error(message, sign.start, hint)
        for name in unknown:
            self._reader.lose(sign.start, sign.end, f"there is no field for {name} here: it was left out")
        return tuple(found)

    def _tagged(self, part: Part, tags: tuple[Tag, ...], place: Place, sign: Token | None = None) -> Part:
        """Return a part with its tags; those of another kind give another part: `.ti,au.`."""
        mark = sign.parts.get("mark", "").lower() if sign else ""
        distance = int(sign.parts.get("distance") or -1) if sign else -1
        marked = replace(_BARE, mark=mark, distance=None if distance < 0 else distance)
        united = [
            _united([tag for tag in tags if tag.kind == kind])
            for kind in dict.fromkeys(tag.kind for tag in tags)
        ]
        found = tuple(replace(self._assigned(part, replace(marked, tag=tag)), place=place) for tag in united)
        return found[0] if len(found) == 1 else Group(place, "OR", found)

    def _assigned(self, part: Part, marked: Words, *, lines: bool = True) -> Part:
        """Return a part whose words have the tag of `marked` where they had none."""

        def down(child: Part) -> Part:
            return self._assigned(child, marked, lines=lines)

        match part:
            case Words(tag=None):
                return replace(part, tag=marked.tag, mark=marked.mark, distance=marked.distance)
            case Group(children=children):
                return replace(part, children=tuple(map(down, children)))
            case Close(left=left, right=right):
                return replace(part, left=down(left), right=down(right))
            case Without(child=child):
                return replace(part, child=down(child))
            case Ours(field="") as line if lines:
                hint = "put the field within the line itself"
                raise self._source.error(f"{line.text} has its own fields", line.place.start, hint)
            case _:
                return part


_BARE = Words(Place(0, 0), "", quoted=False)


def _tag_of(part: Part) -> Tag | None:
    """Return the tag that all words of a part have, None when they have none or several."""
    match part:
        case Words(tag=tag):
            return tag
        case Group(children=children):
            found = {_tag_of(child) for child in children}
            return found.pop() if len(found) == 1 else None
        case Close(left=left, right=right):
            tag = _tag_of(left)
            return tag if tag == _tag_of(right) else None
        case _:
            return None


def _united(tags: list[Tag]) -> Tag:
    """Return one tag for several of a kind: `.ti,ab.`."""
    if len(tags) == 1 or not all(tag.fields for tag in tags):
        return next((tag for tag in tags if not tag.fields), tags[0])
    fields = names.resolve(",".join(tag.fields for tag in tags)) or ()
    group = next((name for name, group in GROUPS.items() if set(group) == set(fields)), None)
    return tags[0]._replace(fields=group or ",".join(fields))
