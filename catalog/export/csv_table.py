"""CSV as RFC 4180 has it, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options
from catalog.export.columns import Value, chosen, row

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = re.compile(
    r"[\t\r\n]|[\s\"'‘’“”`\x00-\x1f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+@＝＋＠\-－]"
)


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield the heading, then a row a record; several values are joined by `; `.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, also behind blanks and
    quotation marks (https://owasp.org/www-community/attacks/CSV_Injection). What is left when one apostrophe
    is taken off a cell of that form is the value: `unguarded` does so. Raises UsageFault on an unknown field.
    """
    names = chosen(options.fields)
    batch = {"batch": options.batch} if options.batch else {}
    yield (_BYTE_ORDER_MARK if options.excel else "") + _line([*names, *batch])
    for entry in entries:
        cells = map(_cell, (row(entry, names) | batch).values())
        yield _line(cells if options.raw else map(_guarded, cells))


def unguarded(cell: str) -> str:
    """Return the value of a cell that was written guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cell(value: Value) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()
