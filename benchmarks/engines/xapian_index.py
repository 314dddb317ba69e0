"""Xapian: terms of a field with a letter before them, and again without for a search of all fields."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import xapian

from engines.protocol import FACETS, MOST, SHOWN, TEXTS, Tree, entries

_PREFIXES = {name: f"X{name[:2].upper()}" for name in TEXTS}
_YEAR = 0
_SLOTS = {name: slot for slot, name in enumerate(FACETS, 1)}
_GAP = 100
_LONGEST = 240


class Xapian:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "xapian"

    def index(self, feed: Path) -> None:
        database = xapian.WritableDatabase(str(self._folder), xapian.DB_CREATE_OR_OVERWRITE)
        for entry in entries(feed):
            database.add_document(_document(entry))
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = xapian.Database(str(self._folder))

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        del text
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(tree))
        spies = {}
        if facets:
            for name, slot in _SLOTS.items():
                spies[name] = xapian.ValueCountMatchSpy(slot)
                enquire.add_matchspy(spies[name])
        found = enquire.get_mset(0, SHOWN, self._database.get_doccount())
        for name, spy in spies.items():
            if name in {"subject", "keyword", "language"}:  # several values in one slot: parted here
                counts: Counter[str] = Counter()
                for item in spy.values():
                    for value in item.term.decode().split("\n"):
                        counts[value] += item.termfreq
                counts.most_common(MOST)
            else:
                [(item.term, item.termfreq) for item in spy.top_values(MOST)]
        if snippets:
            for match in found:
                record = match.document.get_data().decode()
                found.snippet(record[:3_000], 280)
        return int(found.get_matches_estimated())


def _document(entry: Mapping[str, Any]) -> xapian.Document:
    document = xapian.Document()
    places = count(1)
    for name, text in entry["text"].items():
        for word, place in zip(text.split(), places, strict=False):
            for term in (f"{_PREFIXES[name]}:{word}", word):
                if len(term.encode()) < _LONGEST:
                    document.add_posting(term, place, 2 if name == "title" else 1)
        places = count(next(places) + _GAP)
    for field, letter in (("type", "T"), ("language", "L")):
        for value in entry["values"].get(field, []):
            document.add_boolean_term(f"X{letter}{value}")
    if entry["year"] is not None:
        document.add_value(_YEAR, xapian.sortable_serialise(entry["year"]))
    for name, slot in _SLOTS.items():
        document.add_value(slot, "\n".join(entry["facets"].get(name, [])))
    document.set_data(entry["record"])
    return document


def _query(tree: Tree) -> xapian.Query:
    return _MADE[tree[0]](*tree[1:])


def _terms(names: Sequence[str], word: str) -> list[str]:
    return [word] if len(names) == len(TEXTS) else [f"{_PREFIXES[name]}:{word}" for name in names]


def _any(queries: Iterable[xapian.Query]) -> xapian.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else xapian.Query(xapian.Query.OP_OR, found)


def _prefix(names: Sequence[str], letters: str) -> xapian.Query:
    every = (0, xapian.Query.WILDCARD_LIMIT_ERROR, xapian.Query.OP_OR)
    return _any(xapian.Query(xapian.Query.OP_WILDCARD, term, *every) for term in _terms(names, letters))


def _together(names: Sequence[str], words: Sequence[str], operator: int, window: int) -> xapian.Query:
    each = zip(*(_terms(names, word) for word in words), strict=True)
    return _any(xapian.Query(operator, list(terms), window) for terms in each)


def _range(low: int, high: int) -> xapian.Query:
    bounds = xapian.sortable_serialise(low), xapian.sortable_serialise(high)
    return xapian.Query(xapian.Query.OP_VALUE_RANGE, _YEAR, *bounds)


def _all(*parts: Tree) -> xapian.Query:
    wanted = [_query(part) for part in parts if part[0] != "not"]
    found = xapian.Query(xapian.Query.OP_AND, wanted)
    for part in parts:
        if part[0] == "not":
            found = xapian.Query(xapian.Query.OP_AND_NOT, found, _query(part[1]))
    return found


_MADE: Mapping[str, Callable[..., xapian.Query]] = {
    "term": lambda names, word: _any(map(xapian.Query, _terms(names, word))),
    "prefix": _prefix,
    "phrase": lambda names, words: _together(names, words, xapian.Query.OP_PHRASE, len(words)),
    "near": lambda names, left, right, distance: _together(
        names, [left, right], xapian.Query.OP_NEAR, distance + 2
    ),
    "range": _range,
    "value": lambda field, value: xapian.Query(
        xapian.Query.OP_SCALE_WEIGHT, xapian.Query(f"X{field[0].upper()}{value}"), 0
    ),
    "and": _all,
    "or": lambda *parts: xapian.Query(xapian.Query.OP_OR, list(map(_query, parts))),
}
