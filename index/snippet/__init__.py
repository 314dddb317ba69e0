"""Snippets: the parts of a record in which the words of a query stand, marked."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalog.record import Contributor, Record
from index.document import TEXT_VALUES, name_forms
from index.query.ast import Query
from index.snippet.excerpt import united, windows
from index.snippet.places import Mark, Places

WIDTH = 280
"""Characters of an excerpt: two to four sentences, three lines of a terminal."""

ELLIPSIS = "…"


class Segment(NamedTuple):
    """Some text as it stands in the record, or an ellipsis for what was left out; `is_match` is marked."""

    text: str
    is_match: bool = False


class Snippet(NamedTuple):
    """One value of a field, or excerpts of it."""

    field: str
    segments: tuple[Segment, ...]

    @property
    def is_marked(self) -> bool:
        """Tell whether anything in it was found; only a title may have nothing."""
        return any(segment.is_match for segment in self.segments)

    def show(self, mark: Callable[[str], str], rest: Callable[[str], str] = str) -> str:
        """Return it as text: `mark` dresses what was found, `rest` all else (for HTML both escape)."""
        return "".join(mark(text) if is_match else rest(text) for text, is_match in self.segments)


class Highlighter:
    """Marks the words of one query in any number of records.

    Only what a leaf really found is marked: words of a phrase or NEAR where they stand together, in the
    fields the leaf looks in, and nothing under a NOT.
    """

    def __init__(self, query: Query) -> None:
        self._places = Places(query)

    def snippets(self, record: Record, *, width: int | None = WIDTH) -> tuple[Snippet, ...]:
        """Return the title, whole, and all other values in which something was found.

        Those longer than `width` characters are cut down to excerpts, unless it is None. Of the forms of a
        name those are returned that it takes to show what was found.
        """
        found: list[Snippet] = []
        if record.title:
            found.append(Snippet("title", self.marked("title", record.title)))
        for field in TEXT_VALUES:
            if self._places.looks_in(field):
                room = None if field == "title" else width
                found += [
                    Snippet(field, _segments(text, marks, room)) for text, marks in self._found(field, record)
                ]
        return tuple(found)

    def marked(self, field: str, text: str, *, width: int | None = None) -> tuple[Segment, ...]:
        """Return one value of a field with its marks: whole, or cut down to `width` characters."""
        return _segments(text, self._places.marks(field, text), width)

    def _found(self, field: str, record: Record) -> Iterator[tuple[str, list[Mark]]]:
        """Yield the values in which something was found, the title left out."""
        if field == "author":
            for contributor in record.contributors:
                yield from self._found_forms(contributor)
            return
        for text in dict.fromkeys(TEXT_VALUES[field](record)):
            if text and not (field == "title" and text == record.title):
                marks = self._places.marks(field, text)
                if marks:
                    yield text, marks

    def _found_forms(self, contributor: Contributor) -> Iterator[tuple[str, list[Mark]]]:
        """Yield one form of a name, the one that shows most, and others only if they show more."""
        forms = [text for text in dict.fromkeys(name_forms(contributor)) if text]
        marked = [(text, self._places.marks("author", text)) for text in forms]
        shown: set[int] = set()
        for text, marks in sorted(marked, key=_distinct, reverse=True):
            leaves = {mark.leaf for mark in marks}
            if not leaves <= shown:
                shown |= leaves
                yield text, marks


def _distinct(value: tuple[str, list[Mark]]) -> int:
    return len({mark.leaf for mark in value[1]})


def _segments(text: str, marks: list[Mark], width: int | None) -> tuple[Segment, ...]:
    """Cut a text at its marks, which ascend; marks that overlap or touch are one."""
    found: list[Segment] = []
    done = 0
    shown = [(0, len(text))] if width is None or not marks else windows(text, marks, width)
    for start, end in shown:
        if start > done:
            found.append(Segment(f" {ELLIPSIS} " if done else f"{ELLIPSIS} "))
        done = start
        for first, last in united(
            (mark.start, mark.end) for mark in marks if start <= mark.start and mark.end <= end
        ):
            if first > done:
                found.append(Segment(text[done:first]))
            found.append(Segment(text[first:last], is_match=True))
            done = last
        if end > done:
            found.append(Segment(text[done:end]))
        done = end
    if done < len(text):
        found.append(Segment(f" {ELLIPSIS}"))
    return tuple(found)
