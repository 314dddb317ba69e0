"""Words, phrases, values and ranges as typed, made into the leaves of a query."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from catalog.errors import QueryError
from index import values
from index.analyzer import analyze, joined, words
from index.fields import FIELDS, HAS
from index.folding import fold, written_out
from index.query import names
from index.query.ast import Match, Or, Phrase, Query, Range, Term, Value, Word
from index.scripts import MARKS, is_unspaced

# Two letters no text holds stand for the wildcards while a word is analysed: so a pattern is folded, cut at
# hyphens and joined exactly as a word is.
_STAR, _ONE = "\ua66e", "\ua78f"
_HOLD = str.maketrans({_STAR: " ", _ONE: " "})
_RELEASE = str.maketrans({_STAR: "*", _ONE: "?"})
_WILD = re.compile(f"[{_STAR}{_ONE}]")
_MARK = re.compile(f"[{MARKS}\u0300-\u036f]")
_PIECE = re.compile(r"(?:\\.|[^\s\\])+", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)

_MOST_HYPHENATED = 3  # eight ways to write a phrase; a longer one is a title, written as its author did

_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")
_ISBN = re.compile(r"97[89](?:-?\d){10}")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
_YEARS = re.compile(r"(?P<low>\d{1,4})?(?:(?P<to>[-–—－]|\.\.)(?P<high>\d{1,4})?)?")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<year>\d{1,4})")
_BRACKETED = re.compile(r"\s*(\d{1,4}|\*)\s+TO\s+(\d{1,4}|\*)\s*", re.IGNORECASE)


def held_as_text(text: str) -> str:
    """Return text in which nothing can be taken for a wildcard once it is analysed."""
    return text.translate(_HOLD)


class Source(NamedTuple):
    """The query as typed, for errors to point into."""

    text: str

    def error(self, message: str, position: int, hint: str | None = None) -> QueryError:
        """Return an error at a place of this text."""
        return QueryError(message, text=self.text, position=position, hint=hint)


def identifier(text: str) -> Query | None:
    """Return a search for the ISSN, ISBN or ORCID iD that a bare word is; its check digit must be right."""
    if not text[:1].isdigit():
        return None
    for field, pattern in (("orcid", _ORCID), ("isbn", _ISBN), ("issn", _ISSN)):
        if pattern.fullmatch(text) and not looks_like_years(text) and (value := values.normal(field, text)):
            return Term((field,), Word(value, "exact"))
    return None


def looks_like_years(text: str) -> bool:
    """Tell whether a bare word is more likely two years than a phrase or an ISSN."""
    first, _, last = text.replace("–", "-").partition("-")
    return all(len(year) == 4 and year.isdecimal() and 1400 <= int(year) <= 2100 for year in (first, last))


def word(source: Source, fields: tuple[str, ...], raw: str, start: int, match: Match = "stem") -> Query:
    """Return what an unquoted word asks for: its stem, or with `match` exact the word itself.

    A hyphenated word may also be written as one, and one with an umlaut with two letters for it. `~word` asks
    for the stem whatever `match` is.
    """
    if raw == "*":
        raise source.error("a wildcard needs letters", start, _has_hint(fields))
    first = _piece(source, raw, start, match)
    if not first.words:
        hint = "leave it out, or put it in quotes with its words"
        raise source.error(f"there is nothing to search for in {raw}", start, hint)
    second = _piece(source, written_out(raw) or raw, start, match)
    return _any(_hyphenated(fields, (spelling,)) for spelling in dict.fromkeys((first, second)))


def phrase(source: Source, fields: tuple[str, ...], raw: str, start: int) -> Query:
    """Return what a quoted text asks for: these words exactly; `~` before one asks for its stem.

    Hyphenated words in it may also be written as one.
    """
    pieces = (_piece(source, piece[0], start + piece.start(), "exact") for piece in _PIECE.finditer(raw))
    found = tuple(piece for piece in pieces if piece.words)
    if not found:
        raise source.error("there is nothing to search for in these quotes", start - 1)
    return _hyphenated(fields, found)


def _hyphenated(fields: tuple[str, ...], pieces: Sequence["_Words"]) -> Query:
    """Return the words side by side, each hyphenated one as its parts or joined, in all combinations."""
    hyphenated = sum(piece.joined is not None for piece in pieces)
    choices = [
        (piece.words,)
        if piece.joined is None or hyphenated > _MOST_HYPHENATED
        else (piece.words, (piece.joined,))
        for piece in pieces
    ]
    return _any(_side_by_side(fields, tuple(chain(*choice))) for choice in product(*choices))


def _any(queries: Iterable[Query]) -> Query:
    found = tuple(queries)
    return found[0] if len(found) == 1 else Or(found)


def _side_by_side(fields: tuple[str, ...], found: tuple[Word, ...]) -> Term | Phrase:
    return Term(fields, found[0]) if len(found) == 1 else Phrase(fields, found)


class _Words(NamedTuple):
    words: tuple[Word, ...]
    joined: Word | None = None


def _piece(source: Source, raw: str, start: int, match: Match) -> _Words:
    """Analyse one run without blanks; errors point at the wildcard that cannot be used."""
    stemmed = raw.startswith("~") and len(raw) > 1
    match = "stem" if stemmed else match
    text, wild = _held(source, raw[stemmed:], start + stemmed)
    if stemmed and wild:
        hint = "leave out the ~: a wildcard stands for the endings already"
        raise source.error("a stem takes no wildcard", wild[0], hint)
    places = iter(wild)
    found = tuple(_word(source, token, match, places) for token in words(text))
    whole = joined(text)
    return _Words(found, None if whole is None else plain(whole, match))


def _held(source: Source, raw: str, start: int) -> tuple[str, list[int]]:
    """Return the text with wildcards held as letters and escapes undone, and where each wildcard stood."""
    out: list[str] = []
    wild: list[int] = []
    at = 0
    while at < len(raw):
        char = raw[at]
        if char == "\\" and at + 1 < len(raw):
            at += 1
            out.append(raw[at].translate(_HOLD))
        elif char in "*?" and _ends_unspaced(out):
            # Its characters are found inside longer words anyway, so that a closing `*` changes nothing.
            if char == "?" or raw[at + 1 : at + 2].isalnum():
                raise source.error(
                    "a wildcard cannot stand within a script written without blanks", start + at
                )
        elif char in "*?":
            out.append(_STAR if char == "*" else _ONE)
            wild.append(start + at)
        else:
            out.append(char.translate(_HOLD))
        at += 1
    return "".join(out), wild


def _ends_unspaced(text: Sequence[str]) -> bool:
    """Tell whether the last letter, marks on it left out, is of a script without blanks."""
    return is_unspaced(
        next((char for char in reversed(text) if is_unspaced(char) or not _MARK.match(char)), "")
    )


def _word(source: Source, token: str, match: Match, places: Iterator[int]) -> Word:
    held = _WILD.findall(token)
    at = [next(places) for _ in held]
    if held:
        _check_pattern(source, token, at[0])
    return plain(token, match)


def plain(token: str, match: Match) -> Word:
    """Return a token of the analyser as a word to look for; characters of unspaced scripts have no stem."""
    if _WILD.search(token):
        return Word(re.sub(r"\*+", "*", token.translate(_RELEASE)), "wildcard")
    if is_unspaced(token):
        return Word(token, "exact") if len(analyze(token)) > 1 else Word(token + "*", "wildcard")
    return Word(token, match)


def _check_pattern(source: Source, token: str, position: int) -> None:
    """Refuse what would have to look at most of the lexicon: three letters, two of them before a `*`."""
    if _WILD.match(token):
        raise source.error("a wildcard cannot come first", position, "begin with the letters you know")
    if len(token.partition(_STAR)[0].replace(_ONE, "")) < 2 or len(_WILD.sub("", token)) < 3:
        hint = "write at least three letters, two of them before a *"
        raise source.error("there are too few letters for a wildcard", position, hint)


def value(source: Source, field: str, raw: str, start: int, *, quoted: bool = False) -> Query:
    """Return the search for one whole value of a field, in the form the index holds."""
    if raw == "*" and not quoted:
        raise source.error("a wildcard needs letters", start, _has_hint((field,)))
    starred = not quoted and raw.endswith("*") and not raw.endswith("\\*")
    text = _ESCAPE.sub(r"\1", raw[:-1] if starred else raw)
    if starred:
        if "*" in text or "?" in text:
            raise source.error("a value takes one wildcard, at its end", start)
        return Term((field,), Word(values.prefix(field, text) + "*", "wildcard"))
    normal = values.normal(field, text)
    if normal is None:
        raise _no_value(source, field, text, start, f"{field}:")
    return Term((field,), Word(normal, "exact"))


def _no_value(source: Source, field: str, text: str, start: int, prefix: str) -> QueryError:
    near = values.nearest(field, text)
    return source.error(values.fault(field, text), start, f"did you mean {prefix}{near}?" if near else None)


def facet_value(source: Source, facet: str, raw: str, start: int, *, quoted: bool = False) -> Value:
    """Return the search for one whole value of a facet, told apart as the facet tells values apart."""
    if raw == "*" and not quoted:
        raise source.error("a wildcard needs letters", start, _has_hint((facet,)))
    if not quoted and re.search(r"(?<!\\)[*]", raw):
        hint = f"words are found by {facet}:{raw}; if the value has a *, put it in quotes"
        raise source.error("a whole value takes no wildcard", start + raw.index("*"), hint)
    text = _ESCAPE.sub(r"\1", raw)
    folded = fold(text)
    if not folded.strip():
        raise source.error("there is nothing to search for in this value", start)
    if FIELDS[facet].kind == "number" and not folded.removeprefix("-").isdecimal():
        raise source.error(f"{text} is no {facet}", start, f"for several write {facet}:2019-2024")
    known = values.normal(facet, text) if facet in values.CLOSED else folded
    if known is None:
        raise _no_value(source, facet, text, start, f"{facet}:=")
    return Value(facet, known)


def number(source: Source, field: str, raw: str, start: int) -> Range:
    """Return the range of `2019`, `2019-2024`, `2019-`, `-2001`, `>=2019`, or `*` for any number at all."""
    if raw == "*":
        return Range(field, None, None)
    if match := _COMPARED.fullmatch(raw):
        sign, year = match["sign"], int(match["year"])
        low = year + (sign == ">") if sign[0] == ">" else None
        high = year - (sign == "<") if sign[0] == "<" else None
        return _range(source, field, low, high, start)
    match = _YEARS.fullmatch(raw)
    if match is None or not (match["low"] or match["high"]):
        raise source.error(
            f"{raw} is no {field}", start, f"write {field}:2019, {field}:2019-2024 or {field}:2019-"
        )
    low = int(match["low"]) if match["low"] else None
    high = int(match["high"]) if match["high"] else None
    return _range(source, field, low, high if match["to"] else low, start)


def bracketed(source: Source, fields: tuple[str, ...], raw: str, start: int) -> Range:
    """Return the range of `[2019 TO 2024]`, either end of which may be `*`."""
    if names.kind(fields) != "number":
        raise source.error(f"{names.written(fields)} takes no range", start, "only year does")
    match = _BRACKETED.fullmatch(raw)
    if match is None:
        raise source.error("this is no range", start, f"write {fields[0]}:[2019 TO 2024]")
    low, high = (None if end == "*" else int(end) for end in match.groups())
    return _range(source, fields[0], low, high, start)


def _range(source: Source, field: str, low: int | None, high: int | None, start: int) -> Range:
    if low is not None and high is not None and low > high:
        # 2019-20 is how a span of years is written, and the year 20 most likely not meant.
        meant = f"{low}-{low // 100}{high}" if low > 999 and 9 < high < 100 else f"{high}-{low}"
        raise source.error("this range runs backwards", start, f"write {field}:{meant}")
    return Range(field, low, high)


def _has_hint(fields: tuple[str, ...]) -> str:
    if len(fields) == 1 and fields[0] in HAS:
        return f"for records that have one write has:{fields[0]}"
    return "write * alone for every record"
