"""Limits and line ranges of other databases: the signs that are no words."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from index.dialect.kinds import is_language, language, left_out, work_type, years
from index.dialect.lexer import Token
from index.dialect.reader import Reader
from index.dialect.tree import Group, Nothing, Ours, Part, Place, Without

_DATED = re.compile(r"(?i)(?:[\w ]*publi\w+\s+(?:date|year)\D*|from\s*|timespan\s*)?\d{4}")
_MOST_LINES = 500
_JOINED = re.compile(r"\s+(?P<op>and|or)\s+", re.IGNORECASE)


def _place(token: Token) -> Place:
    return Place(token.start, token.end)


def _line(number: str, place: Place) -> Part:
    return Ours(place, "", f"#{int(number)}")


def _lines(reader: Reader, token: Token) -> Part:
    """Read `or/1-4,7` and `{and #1-#4}`."""
    numbers: list[int] = []
    for first, last in re.findall(r"#?(\d{1,4})(?:\s*-\s*#?(\d{1,4}))?", token.parts["text"]):
        low, high = int(first), int(last or first)
        if low > high:
            raise reader.source.error("this range runs backwards", token.start)
        if high - low > _MOST_LINES:
            raise reader.source.error("no strategy has so many lines", token.start)
        numbers += range(low, high + 1)
    place = _place(token)
    parts = tuple(_line(str(number), place) for number in dict.fromkeys(numbers))
    operator: Literal["AND", "OR"] = "AND" if token.parts["op"].upper() == "AND" else "OR"
    return parts[0] if len(parts) == 1 else Group(place, operator, parts)


def _repeat(reader: Reader, token: Token) -> Part:
    reader.lose(token.start, token.end, "doubles are not removed by a search: the line itself is taken")
    return _line(token.parts["number"], _place(token))


def _limit(reader: Reader, token: Token) -> Part:
    """Read Ovid's `limit 5 to (english language and yr="2010 -Current")`."""
    place, text = _place(token), re.sub("[()]", " ", token.parts["text"])
    start = token.end - len(text)
    joiners = list(_JOINED.finditer(text))
    begins, ends = (
        [0, *(match.end() for match in joiners)],
        [*(match.start() for match in joiners), len(text)],
    )
    asked = [_asked(reader, text[a:b], start + a) for a, b in zip(begins, ends, strict=True)]
    if any(match["op"].lower() == "or" for match in joiners):
        asked = [Group(place, "OR", tuple(asked))]
    return Group(place, "AND", (_line(token.parts["number"], place), *asked))


def _asked(reader: Reader, written: str, start: int) -> Part:
    text = written.strip().strip('"').strip()
    begin = start + len(written) - len(written.lstrip())
    place = Place(begin, begin + len(written.strip()))
    if re.match(r"(?i)(?:yr|ed|dt|dp|ep|up)\s*=", text):
        return years(reader, place, text, to_end=text.rstrip('" ').endswith("-"))
    if text.casefold() in ("abstracts", "has abstract"):
        return Ours(place, "has", "abstract")
    name = re.sub(r"(?i)\s+language$", "", text)
    if name != text or is_language(name):
        return language(reader, place, name)
    return left_out(reader, place)


def _left(reader: Reader, token: Token) -> Part:
    return left_out(reader, _place(token))


def _settings(reader: Reader, token: Token) -> Part:
    """Read what is printed behind a search: `Limiters - Published Date: 20100101-20201231; English`."""
    start = token.end - len(token.parts["text"])
    found = tuple(
        _setting(reader, match[0], start + match.start())
        for match in re.finditer(r"[^;,\s][^;,]*", token.parts["text"])
    )
    return Group(_place(token), "AND", found) if found else Nothing(_place(token))


def _setting(reader: Reader, text: str, start: int) -> Part:
    place = Place(start, start + len(text))
    if _DATED.match(text):
        return years(reader, place, text)
    return _asked(reader, text, start)


def _has(_reader: Reader, token: Token) -> Part:
    return Ours(_place(token), "has", "abstract")


def _compared(reader: Reader, token: Token) -> Part:
    """Read Scopus's `PUBYEAR > 2009` and Embase's `[2010-2020]/py`, `2010:py`."""
    parts = token.parts
    if "year" in parts:
        year, sign = int(parts["year"]), parts["sign"].upper()
        low = f"{year + 1}-" if sign in (">", "AFT") else ""
        high = f"-{year - 1}" if sign in ("<", "BEF") else ""
        return Ours(_place(token), "year", low or high or str(year))
    low, high = parts["low"], parts["high"]
    if not (low or high):
        raise reader.source.error("there is no year in this range", token.start)
    text = low if "to" in parts and not parts["to"] else f"{low}-{high}"
    return Ours(_place(token), "year", text)


def _only(reader: Reader, token: Token) -> Part:
    """Read Scopus's `LIMIT-TO(PUBYEAR, 2019)`."""
    place, text = _place(token), token.parts["text"].strip()
    match token.parts["tags"].upper():
        case "PUBYEAR":
            found = years(reader, place, text)
        case "LANGUAGE":
            found = language(reader, place, text)
        case "DOCTYPE":
            found = work_type(reader, place, text)
        case _:
            return left_out(reader, place)
    return Without(place, found) if token.parts["op"].upper() == "EXCLUDE" else found


def _lim(reader: Reader, token: Token) -> Part:
    """Read Embase's `[english]/lim`."""
    text = token.parts["text"].strip()
    if text.casefold() == "abstracts":
        return Ours(_place(token), "has", "abstract")
    if text.casefold() in ("article", "review"):
        return work_type(reader, _place(token), text)
    if is_language(text):
        return language(reader, _place(token), text)
    return left_out(reader, _place(token))


LIMITS: Mapping[str, Callable[[Reader, Token], Part]] = {
    "lines": _lines,
    "repeat": _repeat,
    "limit": _limit,
    "left": _left,
    "settings": _settings,
    "has": _has,
    "year": _compared,
    "only": _only,
    "lim": _lim,
}
"""How each of these signs is read."""
