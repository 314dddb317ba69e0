"""Known items: which of them a strategy finds, and which of its lines lost the others."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from catalog.store.lookup import identifiers_in
from index import values
from index.analyzer import words
from index.engine import SearchEngine
from index.query.ast import And, Line, Not, Or, Phrase, Query, Term, Word
from index.query.printer import show
from index.strategy.file import Strategy
from index.strategy.report import is_leaf

Status = Literal["found", "missed", "absent"]


class KnownItem(NamedTuple):
    """One item that is known to belong: as written, on which line, and how to look for it, best way first."""

    row: int
    written: str
    queries: tuple[Query, ...]


class Cause(NamedTuple):
    """Why a record is not in the result: `line` is the line it was lost in, None outside of any.

    `kind`: the record lacks this one part (`part`), has none of a group (`group`), or is left out because
    it has this (`excluded`). `texts` are the parts concerned.
    """

    line: int | None
    kind: Literal["part", "group", "excluded"]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a known item; `keys` are its records in the catalogue, `title` that of the first."""

    item: KnownItem
    status: Status
    keys: tuple[str, ...] = ()
    title: str = ""
    causes: tuple[Cause, ...] = ()


_BIBTEX = re.compile(
    r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^,\s]*)\s*,", re.IGNORECASE | re.MULTILINE
)
_BIB_FIELD = r"(?im)^\s*{}\s*=\s*(?:\{{+(.+?)\}}+|\"(.+?)\")\s*,?\s*\}}?\s*$"
_RIS_TAG = re.compile(r"^\ufeff?([A-Z][A-Z0-9]{1,3})\s{0,2}-\s(.*)$")
_RIS_START = {"TY", "PMID"}
_RIS_NAMES = {"DO": "id", "AID": "id", "LID": "id", "PMID": "id", "SN": "isbn", "TI": "title", "T1": "title"}
_LABEL = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")


def known_items(text: str) -> list[KnownItem]:
    """Read known items: identifiers, keys or citation keys one a line, a `.bib`, or RIS and PubMed's format.

    A DOI may stand within an address or a whole reference. Lines that begin with `#`, `%` or `//` and a blank
    are comments.
    """
    if _BIBTEX.search(text):
        return list(_from_bibtex(text))
    if any((tag := _RIS_TAG.match(row)) and tag[1] in _RIS_START for row in text.splitlines()):
        return list(_from_ris(text))
    return list(_from_lines(text))


def _from_lines(text: str) -> Iterator[KnownItem]:
    for row, line in enumerate(text.splitlines(), 1):
        written = _LABEL.sub("", line).strip().rstrip(",;")
        if written and not re.match(r"(?:#|%|//)(?:\s|$)", written):
            yield KnownItem(row, written, _identified(written))


def _from_bibtex(text: str) -> Iterator[KnownItem]:
    starts = list(_BIBTEX.finditer(text))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=True):
        entry = text[match.end() : end]
        fields = {name: _bib_value(entry, name) for name in ("doi", "pmid", "isbn", "url", "title")}
        named = [fields[name] for name in ("doi", "pmid", "isbn")]
        if values.normal("doi", fields["url"]):
            named.append(fields["url"])
        row = text[: match.start(1)].count("\n") + 1
        queries = [query for name in (*named, match[1]) if name for query in _identified(name)]
        yield KnownItem(row, match[1] or fields["title"], (*queries, *_titled(fields["title"])))


def _bib_value(entry: str, name: str) -> str:
    match = re.search(_BIB_FIELD.format(name), entry)
    return re.sub(r"[{}\\]", "", match[1] or match[2] or "") if match else ""


def _from_ris(text: str) -> Iterator[KnownItem]:
    row, tags = 0, list[tuple[str, str]]()
    for n, line in enumerate(text.splitlines(), 1):
        match = _RIS_TAG.match(line)
        if match and match[1] in _RIS_START:
            if tags:
                yield _from_tags(row, tags)
            row, tags = n, []
        if match:
            tags.append((match[1], match[2].strip()))
        elif tags and line.strip() and tags[-1][0] in ("TI", "T1"):
            tags[-1] = (tags[-1][0], f"{tags[-1][1]} {line.strip()}")
    if tags:
        yield _from_tags(row, tags)


def _from_tags(row: int, tags: Sequence[tuple[str, str]]) -> KnownItem:
    queries: list[Query] = []
    title = ""
    for tag, value in tags:
        match _RIS_NAMES.get(tag):
            case "id":
                queries += _identified(value.removesuffix("[doi]").strip())
            case "isbn" if isbn := values.normal("isbn", value):
                queries.append(_exact("isbn", isbn))
            case "title":
                title = title or value
    written = next((value for tag, value in tags if tag in ("DO", "PMID")), title) or tags[0][1]
    return KnownItem(row, written, (*dict.fromkeys(queries), *_titled(title)))


def _identified(written: str) -> tuple[Query, ...]:
    """Return where to look for an identifier, a key or a citation key, as written and in its normal form."""
    found = dict.fromkeys(
        value for text in (written, *_forms(written)) if (value := values.normal("id", text))
    )
    return tuple(_exact("id", value) for value in found)


def _forms(written: str) -> Iterator[str]:
    for _, value in identifiers_in(written):
        yield value
    if match := re.search(r"\bPMID:?\s*(\d{1,8})\b", written, re.IGNORECASE):
        yield match[1]


def _exact(field: str, value: str) -> Query:
    return Term((field,), Word(value, "exact"))


def _titled(title: str) -> tuple[Query, ...]:
    found = tuple(Word(word, "exact") for word in words(title))
    return (Phrase(("title",), found),) if len(found) > 3 else ()  # a short title is not one work's alone


def check(
    strategy: Strategy,
    items: Sequence[KnownItem],
    engine: SearchEngine,
    titles: Callable[[Sequence[str]], Mapping[str, str]] = lambda _keys: {},
) -> list[Checked]:
    """Tell of each item whether the strategy finds it, and where it was lost.

    `titles` gives the titles of records by their keys; it is asked once, for those that are not found.
    """
    looks = _held(items, engine)
    result = strategy.query
    held = [item for item in items if item in looks]
    hits = engine.counts([And((result, looks[item])) for item in held])
    missed = [item for item, count in zip(held, hits, strict=True) if not count]
    keys = {item: tuple(engine.keys(looks[item])) for item in held}
    named = titles([keys[item][0] for item in missed]) if missed else {}
    causes = _causes(result, [looks[item] for item in missed], engine)
    lost = dict(zip(missed, causes, strict=True))
    return [_checked(item, keys, lost, named) for item in items]


def _checked(
    item: KnownItem,
    keys: Mapping[KnownItem, tuple[str, ...]],
    lost: Mapping[KnownItem, tuple[Cause, ...]],
    named: Mapping[str, str],
) -> Checked:
    if item not in keys:
        return Checked(item, "absent")
    if item not in lost:
        return Checked(item, "found", keys[item])
    return Checked(item, "missed", keys[item], named.get(keys[item][0], ""), lost[item])


def _held(items: Sequence[KnownItem], engine: SearchEngine) -> dict[KnownItem, Query]:
    """Return, for the items in the catalogue, the first query that finds them."""
    pairs = [(item, query) for item in items for query in item.queries]
    found: dict[KnownItem, Query] = {}
    for (item, query), count in zip(pairs, engine.counts([query for _, query in pairs]), strict=True):
        if count:
            found.setdefault(item, query)
    return found


def _causes(result: Query, looks: Sequence[Query], engine: SearchEngine) -> list[tuple[Cause, ...]]:
    """Return why each record is not found; every part of the tree is asked about at once."""
    parts = list(dict.fromkeys(_every(result)))
    counts = iter(engine.counts([And((part, look)) for look in looks for part in parts]))
    return [tuple(_lost(result, None, {part for part in parts if next(counts)})) for _ in looks]


def _every(query: Query) -> Iterator[Query]:
    yield query
    for child in _children(query):
        yield from _every(child)


def _children(query: Query) -> tuple[Query, ...]:
    match query:
        case And(children) | Or(children) if not is_leaf(query):
            return children
        case Not(child) | Line(_, child):
            return (child,)
        case _:
            return ()


def _lost(query: Query, line: int | None, met: set[Query]) -> Iterator[Cause]:
    """Say why a part is not met: the deepest parts of an AND, groups as a whole, what a NOT excluded."""
    match query:
        case Line(number, child):
            yield from _lost(child, number, met)
        case And(children):
            for child in children:
                if child not in met:
                    yield from _lost(child, line, met)
        case Or(children) if not is_leaf(query):
            yield Cause(line, "group", tuple(map(show, children)))
        case Not(child):
            yield from _excluding(child, line, met)
        case _:
            yield Cause(line, "part", (show(query),))


def _excluding(query: Query, line: int | None, met: set[Query]) -> Iterator[Cause]:
    """Say which parts of what a NOT leaves out a record has."""
    if isinstance(query, Line):
        yield from _excluding(query.query, query.number, met)
    elif isinstance(query, Or) and not is_leaf(query):
        inner = [child for child in query.children if child in met]
        plain = tuple(show(child) for child in inner if not isinstance(child, Line))
        if plain:
            yield Cause(line, "excluded", plain)
        for child in inner:
            if isinstance(child, Line):
                yield from _excluding(child, line, met)
    else:
        yield Cause(line, "excluded", (show(query),))
