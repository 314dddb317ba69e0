"""SQLite FTS5: a column for each field, bm25, prefix index; facets counted in Python, faster than in SQL."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from engines.protocol import FACETS, MOST, SHOWN, TEXTS, Tree, entries

_SCHEMA = f"""
CREATE VIRTUAL TABLE texts USING fts5(
    {", ".join(TEXTS)}, tokenize = "unicode61 remove_diacritics 0 tokenchars '.+#'", prefix = '3 4 5'
);
INSERT INTO texts(texts, rank) VALUES ('rank', 'bm25(2.0, 1.0, 1.0, 1.0, 1.0, 0.5)');
CREATE TABLE records (number INTEGER PRIMARY KEY, key TEXT, year INTEGER, type TEXT, record TEXT);
CREATE TABLE languages (language TEXT, number INTEGER, PRIMARY KEY (language, number)) WITHOUT ROWID;
CREATE TABLE facets (name TEXT, number INTEGER, value TEXT);
"""
_INSERT = f"INSERT INTO texts(rowid, {', '.join(TEXTS)}) VALUES (?{', ?' * len(TEXTS)})"
_MARKED = "SELECT snippet(texts, -1, '<b>', '</b>', '…', 40) FROM texts WHERE texts MATCH ? AND rowid IN"


class Fts5:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts5.sqlite"
        self._facets: dict[str, list[tuple[int, ...]]] = {}
        self._shown: dict[str, list[str]] = {}

    def index(self, feed: Path) -> None:
        database = sqlite3.connect(self._file)
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(_SCHEMA)
        for number, entry in enumerate(entries(feed)):
            texts = [entry["text"].get(field, "") for field in TEXTS]
            database.execute(_INSERT, (number, *texts))
            kind = next(iter(entry["values"].get("type", [])), None)
            record = (number, entry["key"], entry["year"], kind, entry["record"])
            database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", record)
            for language in entry["values"].get("language", []):
                database.execute("INSERT OR IGNORE INTO languages VALUES (?, ?)", (language, number))
            values = ((name, number, value) for name, shown in entry["facets"].items() for value in shown)
            database.executemany("INSERT INTO facets VALUES (?, ?, ?)", values)
        database.execute("CREATE INDEX years ON records(year)")
        database.execute("CREATE INDEX types ON records(type)")
        database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def open(self) -> None:
        self._database = sqlite3.connect(self._file)
        self._database.execute("PRAGMA mmap_size = 4000000000")
        count = self._database.execute("SELECT count(*) FROM records").fetchone()[0]
        for name in FACETS:
            numbers: dict[str, int] = {}
            lists: list[list[int]] = [[] for _ in range(count)]
            rows = self._database.execute("SELECT number, value FROM facets WHERE name = ?", (name,))
            for number, value in rows:
                lists[number].append(numbers.setdefault(value, len(numbers)))
            self._facets[name] = [tuple(found) for found in lists]
            self._shown[name] = [*numbers]

    def search(self, text: str, tree: Tree, *, facets: bool, snippets: bool) -> int:
        del text
        match, conditions = _statement(tree)
        where = " AND ".join(["texts MATCH ?", *conditions])
        one = self._database.execute
        page = [
            row
            for (row,) in one(f"SELECT rowid FROM texts WHERE {where} ORDER BY rank LIMIT {SHOWN}", (match,))
        ]
        if facets:
            found = [row for (row,) in one(f"SELECT rowid FROM texts WHERE {where}", (match,))]
            total = len(found)
            for name in FACETS:
                each = self._facets[name]
                counts = Counter(chain.from_iterable([each[row] for row in found]))
                [(self._shown[name][value], times) for value, times in counts.most_common(MOST)]
        else:
            total = one(f"SELECT count(*) FROM texts WHERE {where}", (match,)).fetchone()[0]
        if snippets and page:
            rows = ", ".join(map(str, page))
            one(f"SELECT key, record FROM records WHERE number IN ({rows})").fetchall()
            one(f"{_MARKED} ({rows})", (match,)).fetchall()
        return int(total)


def _statement(tree: Tree) -> tuple[str, list[str]]:
    """Return what FTS5 matches, and the conditions on side tables, which can only be joined by AND."""
    parts = tree[1:] if tree[0] == "and" else [tree]
    conditions = [_condition(part) for part in parts if part[0] in {"range", "value"}]
    texts = [part for part in parts if part[0] not in {"range", "value"}]
    return _match(["and", *texts] if len(texts) > 1 else texts[0]), conditions


def _condition(part: Tree) -> str:
    # The + keeps SQLite from looking up each of those rows in the text index one by one.
    match part:
        case ["range", low, high]:
            return f"+rowid IN (SELECT number FROM records WHERE year BETWEEN {low} AND {high})"
        case ["value", "type", value]:
            return f"+rowid IN (SELECT number FROM records WHERE type = '{value}')"
        case ["value", "language", value]:
            return f"+rowid IN (SELECT number FROM languages WHERE language = '{value}')"
        case _:
            raise ValueError(part)


def _match(tree: Tree) -> str:
    match tree:
        case ["term", fields, word]:
            return f'{_columns(fields)}"{word}"'
        case ["prefix", fields, letters]:
            return f'{_columns(fields)}"{letters}" *'
        case ["phrase", fields, words]:
            return f'{_columns(fields)}"{" ".join(words)}"'
        case ["near", fields, left, right, distance]:
            return f'{_columns(fields)}NEAR("{left}" "{right}", {distance})'
        case ["or", *parts]:
            return f"({' OR '.join(map(_match, parts))})"
        case ["and", *parts]:
            wanted = " AND ".join(_match(part) for part in parts if part[0] != "not")
            return _without(f"({wanted})", (part[1] for part in parts if part[0] == "not"))
        case _:
            raise ValueError(tree)


def _without(wanted: str, unwanted: Iterator[Any]) -> str:
    for part in unwanted:
        wanted = f"({wanted} NOT {_match(part)})"
    return wanted


def _columns(fields: list[str]) -> str:
    return "" if len(fields) == len(TEXTS) else f"{{{' '.join(fields)}}} : "
