"""Who is measured: peerlit's engine as it is shipped, and SQLite's FTS5."""

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from catalog.record import Contributor, Record
from index import open_engine
from index.document import Document, document
from index.engine import Change
from index.query.ast import And, Near, Not, Or, Phrase, Query, Term
from index.query.question import question
from judged.collection import Collection

DEPTH = 1_000
"""How many documents are ranked for a question, as usual at TREC."""

Rankings = dict[str, list[str]]
Weights = Mapping[str, float]

_COLUMNS = ("title", "text", "keywords", "authors")
_WORD = re.compile(r"\w+")


def documents(collection: Collection) -> Iterator[Document]:
    """Yield what an engine indexes of a collection."""
    for key, parts in collection.documents.items():
        yield document(key, _record(parts), citation_key="", sources=())


def _record(parts: Mapping[str, str]) -> Record:
    authors = [name.strip() for name in parts.get("authors", "").split(";")]
    keywords = [word.strip() for word in re.split(r"[;,]\s", parts.get("keywords", ""))]
    return Record(
        title=parts.get("title") or None,
        abstract=parts.get("text") or None,
        contributors=tuple(Contributor(literal=name) for name in authors if name),
        keywords=tuple(word for word in keywords if word),
    )


def peerlit(collection: Collection, found: Sequence[Document]) -> Rankings:
    """Rank by the engine, each question read as `peerlit search --any` reads it."""
    with tempfile.TemporaryDirectory() as folder:
        writer = open_engine(Path(folder), write=True)
        writer.apply((Change(one.key, one) for one in found), 1)
        writer.close()
        engine = open_engine(Path(folder), write=False)
        try:
            return {
                key: [hit.key for hit in engine.search(question(text).query, limit=DEPTH).hits]
                for key, text in collection.questions.items()
            }
        finally:
            engine.close()


def fts5(collection: Collection, words: Callable[[str], Sequence[str]], weights: Weights) -> Rankings:
    """Rank by FTS5's bm25() with its porter tokenizer, a column for each part; a question is an OR of words.

    (sqlite.org/fts5.html, "The bm25() function"; k1 1.2 and b 0.75 cannot be changed.)
    """
    with sqlite3.connect(":memory:") as database:
        database.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(_COLUMNS)}, tokenize = 'porter unicode61')"
        )
        keys = [*collection.documents]
        rows = (
            (row, *(parts.get(column, "") for column in _COLUMNS))
            for row, parts in enumerate(collection.documents.values())
        )
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        database.executemany(f"INSERT INTO texts(rowid, {', '.join(_COLUMNS)}) VALUES ({marks})", rows)
        factors = ", ".join(str(weights.get(column, 1.0)) for column in _COLUMNS)
        order = f"bm25(texts, {factors}), rowid LIMIT {DEPTH}"
        ranked = f"SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY {order}"
        rankings = {}
        for key, text in collection.questions.items():
            query = " OR ".join(f'"{word}"' for word in words(text))
            rankings[key] = [keys[row] for (row,) in database.execute(ranked, (query,))] if query else []
        return rankings


def all_words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def each_once(text: str) -> list[str]:
    return list(dict.fromkeys(all_words(text)))


def asked_words(text: str) -> list[str]:
    """Return the words of a question that peerlit looks for."""
    return list(_words(question(text).query))


def _words(query: Query) -> Iterator[str]:
    match query:
        case Term(word=word):
            yield word.text
        case Phrase(words=words):
            yield from (word.text for word in words)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from _words(child)
        case Near(left=left, right=right):
            yield from _words(left)
            yield from _words(right)
        case Not(child=child):
            yield from _words(child)
