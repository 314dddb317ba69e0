"""Known items as people list them: identifiers, keys, a bibliography."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.store.lookup import identifiers_in
from index import values
from index.analyzer import words
from index.query.ast import Phrase, Query, Term, Word


class KnownItem(NamedTuple):
    """One item that is known to belong: as written, on which line, and how to look for it, best way first."""

    row: int
    written: str
    queries: tuple[Query, ...]


_BIBTEX = re.compile(
    r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^,\s]*)\s*,", re.IGNORECASE | re.MULTILINE
)
_BIB_FIELD = r"(?i)(?:^|[,\s]){}\s*=\s*(?:\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}|\"([^\"]*)\")"
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
    row, at = 1, 0
    for match, end in zip(starts, ends, strict=True):
        entry = text[match.end() : end]
        fields = {name: _bib_value(entry, name) for name in ("doi", "pmid", "isbn", "url", "title")}
        named = [fields[name] for name in ("doi", "pmid", "isbn")]
        if values.normal("doi", fields["url"]):
            named.append(fields["url"])
        row += text.count("\n", at, match.start(1))
        at = match.start(1)
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
