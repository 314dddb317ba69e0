"""TREC's SGML, BEIR's JSON lines, and tables with tabs as ir_datasets writes them."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

from judged.collection import Text

_DOCUMENT = re.compile(r"<doc>(.*?)(?:</doc>|(?=<doc>)|\Z)", re.IGNORECASE | re.DOTALL)
_TOPIC = re.compile(r"<top>(.*?)(?:</top>|(?=<top>)|\Z)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"<num(?:ber)?>\s*(?:number:)?\s*([^\s<]+)", re.IGNORECASE)
_DOCNO = re.compile(r"<docno>\s*(.*?)\s*</docno>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(
    r"<(?:title|headline|head|ti|tl)>(.*?)(?:</|<(?=desc|narr)|\Z)", re.IGNORECASE | re.DOTALL
)
_DESCRIPTION = re.compile(r"<desc>\s*(?:description:)?(.*?)(?:</desc>|<narr>|\Z)", re.IGNORECASE | re.DOTALL)
_AUTHORS = re.compile(r"<authors?>(.*?)</authors?>", re.IGNORECASE | re.DOTALL)
_BIBLIOGRAPHY = re.compile(r"<(bib(?:lio)?|date|docid)>.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def is_trec(content: str) -> bool:
    return re.search(r"<doc>\s*<docno>", content, re.IGNORECASE) is not None


def read_trec(content: str) -> Iterator[Text]:
    """Read documents; what is no number, title, author or reference is the text."""
    for found in _DOCUMENT.finditer(content):
        body = found[1]
        number = _DOCNO.search(body)
        if number is None:
            continue
        parts = {"title": _cut(_TITLE, body), "authors": _cut(_AUTHORS, body)}
        for pattern in (_DOCNO, _TITLE, _AUTHORS, _BIBLIOGRAPHY):
            body = pattern.sub(" ", body)
        yield Text(number[1], {**{name: part for name, part in parts.items() if part}, "text": _clean(body)})


def is_topics(content: str) -> bool:
    return re.search(r"<top>", content, re.IGNORECASE) is not None


def read_topics(content: str) -> Iterator[Text]:
    """Read topics: the title, which is what a searcher types; the description where there is none."""
    for found in _TOPIC.finditer(content):
        number = _NUMBER.search(found[1])
        if number is not None:
            text = _cut(_TITLE, found[1]) or _cut(_DESCRIPTION, found[1])
            yield Text(number[1], {"text": text})


def is_json_lines(content: str) -> bool:
    first = content.lstrip()[:1]
    return first == "{" and re.search(r'"(_id|doc_id|query_id|id)"\s*:', content[:2_000]) is not None


def read_json_lines(content: str) -> Iterator[Text]:
    for line in content.splitlines():
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            continue  # a line broken off is one document less
        identifier = next((found[key] for key in ("_id", "doc_id", "query_id", "id") if key in found), None)
        if identifier is not None:
            yield Text(str(identifier), _json_parts(found))


def _json_parts(found: Mapping[str, object]) -> dict[str, str]:
    names = {
        "title": "title",
        "text": "text",
        "abstract": "text",
        "authors": "authors",
        "keywords": "keywords",
    }
    parts = {}
    for key, name in names.items():
        value = found.get(key)
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        if text.strip():
            parts[name] = text
    return parts


def read_table(content: str) -> Iterator[Text]:
    """Read lines of an identifier and a text, or an identifier, a title and a text."""
    for line in content.splitlines():
        identifier, *cells = line.split("\t")
        if cells and any(cells) and identifier.strip().lower() not in {"id", "doc_id", "query_id", "docid"}:
            names = ("text",) if len(cells) == 1 else ("title", "text")
            yield Text(identifier, dict(zip(names, (cells[0], " ".join(cells[1:])), strict=False)))


def is_table(content: str) -> bool:
    lines = content.splitlines()[:50]
    return bool(lines) and all(re.match(r"^\S+\t.*\w", line) for line in lines if line.strip())


def _cut(pattern: re.Pattern[str], body: str) -> str:
    found = pattern.search(body)
    return _clean(found[1]) if found else ""


def _clean(text: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", text)).split())
