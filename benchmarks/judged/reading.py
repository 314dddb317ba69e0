"""Finding out what the files of a folder are, by what is in them."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from judged import marked, smart
from judged.collection import Collection, Judgements, Text, assemble
from judged.relevance_files import is_judgements, read_judgements

_BEGINNING = 200_000
_QUESTIONS = ("quer", "qry", "que", "topic", "question")


class _Format(NamedTuple):
    looks: Callable[[str], bool]
    read: Callable[[str], Iterator[Text]]


_FORMATS = (
    _Format(marked.is_json_lines, marked.read_json_lines),
    _Format(marked.is_topics, marked.read_topics),
    _Format(marked.is_trec, marked.read_trec),
    _Format(smart.is_smart, smart.read_smart),
    _Format(smart.is_starred, smart.read_starred),
    _Format(smart.is_lisa, smart.read_lisa),
    _Format(smart.is_hashed, smart.read_hashed),
    _Format(smart.is_slashed, smart.read_slashed),
)


class UnreadableCollection(Exception):
    """A folder without documents, questions or judgements that could be told."""


def read_collection(folder: Path) -> Collection:
    """Read a judged collection; raises UnreadableCollection.

    Of several files of questions or judgements those called `test` are taken, else the first by name.
    Questions are told from documents by their file's name, else by its size.
    """
    texts: dict[Path, list[Text]] = {}
    judged: dict[Path, Judgements] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = _content(file)
        beginning = content[:_BEGINNING]
        form = next((form for form in _FORMATS if form.looks(beginning)), None)
        if form is None and is_judgements(beginning):
            judged[file] = read_judgements(content, file.name)
        elif form is not None or marked.is_table(beginning):
            found = list((form.read if form else marked.read_table)(content))
            if found:
                texts[file] = found
    asking = [file for file in texts if _is_of_questions(file, texts)]
    telling = [file for file in texts if file not in asking]
    for what, found_files in (("documents", telling), ("questions", asking), ("judgements", [*judged])):
        if not found_files:
            raise UnreadableCollection(f"{folder}: no file of {what} was recognised")
    documents = (text for file in telling for text in texts[file])
    chosen = judged[_chosen([*judged])]
    return assemble(folder.name, documents, texts[_chosen(asking)], chosen)


def _is_of_questions(file: Path, texts: dict[Path, list[Text]]) -> bool:
    name = file.name.lower()
    if any(word in name for word in _QUESTIONS):
        return True
    named = any(word in other.name.lower() for other in texts for word in _QUESTIONS)
    most = max(len(found) for found in texts.values())
    return not named and len(texts) > 1 and len(texts[file]) < most / 4


def _chosen(files: list[Path]) -> Path:
    return next((file for file in files if "test" in file.name.lower()), files[0])


def _content(file: Path) -> str:
    packed = file.read_bytes()
    raw = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
    return raw.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
