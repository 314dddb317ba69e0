"""One JSON object a line."""

from collections.abc import Iterable, Iterator

import msgspec

from catalog.export import Entry, Options
from catalog.export.columns import chosen, row


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield a line a record; raises UsageFault on an unknown field."""
    names = chosen(options.fields)
    batch = {"batch": options.batch} if options.batch else {}
    encoder = msgspec.json.Encoder()
    for entry in entries:
        yield encoder.encode(row(entry, names) | batch).decode() + "\n"
