"""CSV as RFC 4180 has it, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options
from catalog.export.columns import Value, chosen, row

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield the heading, then a row a record; several values are joined by `; `.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front
    (https://owasp.org/www-community/attacks/CSV_Injection). Raises UsageFault on an unknown field.
    """
    names = chosen(options.fields)
    yield (_BYTE_ORDER_MARK if options.excel else "") + _line(names)
    for entry in entries:
        yield _line(_cell(value) for value in row(entry, names).values())


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    cell = value if isinstance(value, str) else "; ".join(value)
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()
