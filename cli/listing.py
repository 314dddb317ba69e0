"""Records and other rows as lines: for eyes on a terminal, tab separated in a pipe."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from catalog.normalize.dates_in_words import in_years
from catalog.record import Container, Record
from catalog.store import StoredRecord
from cli.columns import columns, cut, wrap
from cli.output import printable

if TYPE_CHECKING:
    from cli.searching.marking import Marker

_NAMES_SHOWN = 3


def people(record: Record) -> str:
    """Return the first authors, `A, B and 4 more`; editors where there is no author."""
    authors = [c.literal for c in record.contributors if c.role == "author"]
    names = authors or [c.literal for c in record.contributors]
    between = "; " if any("," in name for name in names) else ", "
    if len(names) > _NAMES_SHOWN:
        return f"{between.join(names[:_NAMES_SHOWN])} and {len(names) - _NAMES_SHOWN} more"
    return between.join(names)


def pages(container: Container) -> str:
    """Return the page range, the one page known, or the article number."""
    if container.first_page and container.last_page and container.first_page != container.last_page:
        return f"{container.first_page}–{container.last_page}"
    return container.first_page or container.last_page or container.article_number or ""


def published_in(record: Record) -> str:
    """Return `Journal 24(1):1–14`, or the publisher of what stands alone."""
    container = record.container
    if container is None or container.title is None:
        return record.publisher or ""
    issue = f"({container.issue})" if container.issue else ""
    number = f" {container.volume or ''}{issue}" if container.volume or issue else ""
    where = pages(container)
    return f"{container.title}{number}{':' + where if where else ''}"


def short_list(
    found: Iterable[StoredRecord], *, first: int, color: bool, marker: "Marker | None" = None
) -> Iterator[str]:
    """Yield each record as two or three lines under its number, cut to the terminal's width.

    With a marker what was found is marked, and what was found elsewhere than in the title stands below.
    """
    width = shutil.get_terminal_size((100, 24)).columns
    for number, stored in enumerate(found, start=first):
        record = stored.record
        label = f"{number:>4}  "
        indent = " " * len(label)
        room = max(20, width - len(label) - 1)
        lines = marker.title(record, room, 2) if marker else wrap(record.title or "[no title]", room, most=2)
        head = [label + lines[0], *(indent + line for line in lines[1:])]
        yield "\n".join(click.style(line, bold=True) for line in head) if color else "\n".join(head)
        if facts := _facts(record, room):
            yield indent + facts
        for line in marker.below(record, room) if marker else ():
            yield indent + line
        yield indent + (click.style(stored.citation_key, dim=True) if color else stored.citation_key)


def plain_lines(found: Iterable[StoredRecord]) -> Iterator[str]:
    """Yield one line a record: key, citation key, year, authors, title, tab separated."""
    for stored in found:
        record = stored.record
        yield "\t".join(
            (stored.key, stored.citation_key, in_years(record.issued), people(record), record.title or "")
        )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows: aligned below their heads on a terminal, tab separated elsewhere."""
    cells = [tuple(map(printable, row)) for row in rows]
    if not sys.stdout.isatty():
        yield from map("\t".join, cells)
        return
    cells.insert(0, tuple(heads))
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()


def _facts(record: Record, width: int) -> str:
    """Return who, when and where in one line; where it is narrow the names give way first, the year never."""
    who, when, where = people(record), in_years(record.issued), published_in(record)
    rest = " · ".join(filter(None, (when, where)))
    if who and rest:
        who = cut(who, max(width // 3, width - columns(f" · {rest}")))
    return cut(" · ".join(filter(None, (who, rest))), width)
