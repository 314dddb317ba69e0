"""The catalogue's keys alone, for a pipe."""

from collections.abc import Iterable, Iterator

from catalog.export import Entry, Options


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield a record key a line."""
    del options
    for entry in entries:
        yield f"{entry.key}\n"
