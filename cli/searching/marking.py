"""Snippets on a terminal: wrapped to its width first, dressed after, since dress takes no room there."""

from collections.abc import Iterator

import click

from catalog.record import Record
from cli.columns import wrap
from index.snippet import Highlighter, Snippet

# Invisible and of no width (category Cf), and in no text of a record: fold() leaves them out anyway.
_BEGIN, _END = "\u2062", "\u2063"
_BOLD = click.style("", bold=True, reset=False)


class Marker:
    """Shows where a query's words stand in the records of a list."""

    def __init__(self, highlighter: Highlighter, *, color: bool) -> None:
        self._highlighter = highlighter
        self._color = color

    def title(self, record: Record, width: int, most: int) -> list[str]:
        """Return the lines of the title."""
        marked = Snippet("title", self._highlighter.marked("title", record.title or "[no title]"))
        return self._dressed(wrap(marked.show(_held), width, most=most), behind=_BOLD)

    def below(self, record: Record, width: int) -> Iterator[str]:
        """Yield the lines of what was found elsewhere, each value under the name of its field."""
        for snippet in self._highlighter.snippets(record):
            if snippet.field != "title" or snippet.show(str) != record.title:
                text = f"{snippet.field}: {' '.join(snippet.show(_held).split())}"
                yield from self._dressed(wrap(text, width))

    def _dressed(self, lines: list[str], behind: str = "") -> list[str]:
        """Dress what is held; a mark that goes on in the next line is dressed in each.

        `behind` a mark goes on what surrounds it, which the end of its colour ended as well.
        """
        found = []
        is_open = False
        for line in lines:
            begins = is_open
            is_open = line.rfind(_BEGIN) > line.rfind(_END) or (is_open and _END not in line)
            whole = (_BEGIN if begins else "") + line + (_END if is_open else "")
            found.append(self._dress(whole.replace(_BEGIN + _END, ""), behind))
        return found

    def _dress(self, line: str, behind: str) -> str:
        if not self._color:
            return line.replace(_BEGIN, "*").replace(_END, "*")
        first, *rest = line.split(_BEGIN)
        parts = (part.partition(_END) for part in rest)
        return first + "".join(
            click.style(inside, bold=True, fg="yellow") + behind + after for inside, _, after in parts
        )


def _held(text: str) -> str:
    return f"{_BEGIN}{text}{_END}"
