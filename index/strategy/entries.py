"""A pasted strategy cut into numbered entries, however its database printed it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from catalog.errors import UsageFault

_BLANK = re.compile(r"\s*")
# `#1 …`, `#1. …`; Web of Science prints `# 1`, with a tab behind it. `#1-#4` begins no line.
_HASH = re.compile(r"\s*(?:#|#\s(?=\d+\s*\t))(?P<number>\d{1,4})(?:[.:)]?(?=\s)|$)")
_NUMBERED = (
    re.compile(r"\s*[sS](?P<number>\d{1,3})(?:[.:)]?(?=\s)|$)"),  # EBSCOhost
    re.compile(r"\s*(?P<number>\d{1,3})[.):](?=\s|$)"),
    re.compile(r"\s*(?P<number>\d{1,3})(?=\s|$)"),  # Ovid
)
_COMMENT = re.compile(r"\s*#+(?:\s|$)")
_COMMENT_LIKE_A_LINE = re.compile(r"\s*#\s+\d+\s")  # told, lest a whole printout is passed over in silence
_COMBINATION = re.compile(r"\s*(?:AND|OR|NOT|(?:and|or|not)\s+[#sS(]*\d)")
_BEGINS = re.compile(r"\s*(?:AND|OR)(?:\s|$)")  # a line of its own may begin with NOT
_ENDS = re.compile(r"\s(?:AND|OR|NOT)\s*$")
_HEADING = re.compile(
    r"\s*(?:Databases?(?:\(s\))?\s*:|Search Strategy\s*:?|Search Name\s*:|Date Run\s*:|Last Saved|Comment\s*:"
    r"|Description\s*:|Entitlements\s*:|ID\s+Search(?:\s+Hits)?\s*$|Set\s+Results|No\.\s+Query|Search\s+Query\b"
    r"|#\s*▲?\s*\t?(?:Searches|Query)\b|[-=_*–—]{4,}\s*$)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\s*(?:[\d.,' \u00a0\u202f]+|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}[ -]\w{3}[ -]\d{4}|View .*|Edit.*)?\s*"
)
_SETTINGS = re.compile(
    r"\s*(?:(?:Interface|Database|Search Screen)\b.*|Advanced|Basic|Multi-field)\s*", re.IGNORECASE
)
_PUBMED_HISTORY = "Search number,Query"
_HISTORY_NUMBER = re.compile(r"\d{1,6}")
_LABEL = re.compile(r"^Search:\s+")  # PubMed, in the history it shows
_COUNTS_BEHIND = re.compile(r"(?:Results|Hits|Items found)\s*$", re.IGNORECASE)
_COUNT_BEHIND = re.compile(r"\s+\d[\d,.]*$")
_COUNT_IN_BRACKETS = re.compile(r"\s+\(\d[\d,.]*\)\s*$")


class Piece(NamedTuple):
    """Where a piece of an entry's text begins, and on which line of the file."""

    offset: int
    row: int


@dataclass(slots=True)
class Entry:
    """One line of a strategy; `pieces` are the lines of the file that it is written on, from 1."""

    number: int
    row: int
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, text: str, row: int) -> None:
        """Go on with another line of the file."""
        joined = f"{self.text} " if self.text else ""
        self.pieces.append(Piece(len(joined), row))
        self.text = joined + text

    def row_of(self, position: int) -> int:
        """Return the line of the file on which a character of the text stands."""
        return max(
            (piece for piece in self.pieces if piece.offset <= position), default=Piece(0, self.row)
        ).row


class Entries(NamedTuple):
    """The entries in the order they are run, and the lines of the file that were left out as headings."""

    entries: tuple[Entry, ...]
    skipped: tuple[tuple[int, str], ...] = ()


def entries(text: str, *, counts_in_brackets: bool = False) -> Entries:
    """Cut a strategy into its entries.

    A line begins with a number (`#1`, `S1`, `1.`, `1`) when the file numbers its lines; what follows,
    indented or not, goes on until the next number. Without numbers each line that is not indented is an
    entry. Comments (`# …`) and blank lines are left out; so are result counts behind a tab and, with
    `counts_in_brackets`, in brackets at the end. A list printed newest first is turned round. Raises
    UsageFault for a downloaded history that is damaged.
    """
    if text.startswith(_PUBMED_HISTORY):
        found, skipped = list(_downloaded(text)), tuple[tuple[int, str], ...]()
    else:
        found, skipped = _printed(text)
    for entry in found:
        if counts_in_brackets:
            entry.text = _COUNT_IN_BRACKETS.sub("", entry.text)
    numbers = [entry.number for entry in found]
    if len(numbers) > 1 and all(one > two for one, two in pairwise(numbers)):
        found.reverse()
    return Entries(tuple(found), skipped)


def _downloaded(text: str) -> Iterator[Entry]:
    """Read the table in which PubMed gives away a search history; its filters are part of the search."""
    reader = csv.DictReader(text.splitlines(keepends=True))
    try:
        for row in reader:
            number, query = row["Search number"], row.get("Query")
            if query is None or not _HISTORY_NUMBER.fullmatch(number):
                raise _no_history(reader.line_num)
            filters = f" Filters: {row['Filters']}" if row.get("Filters") else ""
            entry = Entry(int(number), reader.line_num)
            entry.add(" ".join(f"{query}{filters}".split()), reader.line_num)
            yield entry
    except csv.Error:  # a field larger than any query
        raise _no_history(reader.line_num + 1) from None


def _no_history(row: int) -> UsageFault:
    return UsageFault(f"line {row}: no number and query as in PubMed's history", hint="download it once more")


def _printed(text: str) -> tuple[list[Entry], tuple[tuple[int, str], ...]]:
    rows = [(n, row) for n, row in enumerate(text.splitlines(), 1) if row.strip()]
    skipped = tuple((n, row.strip()) for n, row in rows if _is_told(row))
    found = list(_cut([(n, row) for n, row in rows if not _is_comment(row) and not _is_told(row)]))
    promised = any(_COUNTS_BEHIND.search(row) for _, row in skipped) and "\t" not in text
    if promised and all(_COUNT_BEHIND.search(entry.text) for entry in found):
        for entry in found:
            entry.text = _COUNT_BEHIND.sub("", entry.text)
    return found, skipped


def _is_told(row: str) -> bool:
    return bool(_HEADING.match(row) or (_is_comment(row) and _COMMENT_LIKE_A_LINE.match(row)))


def _is_comment(row: str) -> bool:
    return bool(_COMMENT.match(row)) and not _HASH.match(row)


def _cut(rows: Sequence[tuple[int, str]]) -> Iterator[Entry]:
    margin = _indent(rows[0][1]) if rows else 0
    style = _style([row for _, row in rows if _indent(row) <= margin])
    numbered = bool(rows) and _number(rows[0][1], style, ()) is not None
    seen: list[int] = []
    current: Entry | None = None
    for n, row in rows:
        match = None if current and _indent(row) > margin else _number(row, style, seen)
        goes_on = not _combines(row, style) if numbered else bool(current and _is_open(current.text, row))
        if current and match is None and (_indent(row) > margin or goes_on):
            if content := _content(row, goes_on=True):
                current.add(content, n)
            continue
        if current:
            yield current
        current = Entry(int(match["number"]) if match else max(seen, default=0) + 1, n)
        seen.append(current.number)
        if content := _content(row[match.end() :] if match else row):
            current.add(content, n)
    if current:
        yield current


def _style(rows: Sequence[str]) -> re.Pattern[str] | None:
    """Return how the file numbers its lines: a word that happens to be a number numbers nothing."""
    if any(_number(row, _HASH, ()) for row in rows):
        return _HASH
    for style in _NUMBERED:
        numbers = [int(match["number"]) for row in rows if (match := _number(row, style, ()))]
        alone = len(numbers) == len(rows) == 1
        if (numbers[:1] == [1] and alone) or (len(numbers) > 1 and abs(numbers[1] - numbers[0]) == 1):
            return style
    return None


def _number(row: str, style: re.Pattern[str] | None, seen: Sequence[int]) -> re.Match[str] | None:
    """Return the number that a line begins with; `#1 AND #2` below a line 1 is a text without a number."""
    match = style.match(row) if style else None
    if match and int(match["number"]) in seen and _COMBINATION.match(row, match.end()):
        return None
    return match


def _combines(row: str, style: re.Pattern[str] | None) -> bool:
    match = style.match(row) if style else None
    return match is not None and _COMBINATION.match(row, match.end()) is not None


def _is_open(text: str, row: str) -> bool:
    """Tell whether an operator or a bracket joins a row to the text before it."""
    return bool(_BEGINS.match(row) or _ENDS.search(text)) or text.count("(") > text.count(")")


def _content(rest: str, *, goes_on: bool = False) -> str:
    """Return the query of a printed line: of its columns the one that is neither count nor setting.

    A line that goes on may have none.
    """
    cells = [cell.strip() for cell in rest.split("\t") if cell.strip()]
    if len(cells) > 1 or (goes_on and "\t" in rest):
        queries = [cell for cell in cells if not _COUNT.fullmatch(cell) and not _SETTINGS.fullmatch(cell)]
        cells = queries or cells[: not goes_on]
    return _LABEL.sub("", " ".join(cells), count=1)


def _indent(row: str) -> int:
    match = _BLANK.match(row)
    return len(match[0].expandtabs(4)) if match else 0
