"""One JSON array, an object a record, written as it comes."""

from collections.abc import Iterable, Iterator

from catalog.export import Entry, Options
from catalog.export.json_lines import write as write_lines


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield the array, a record a line; raises UsageFault on an unknown field."""
    opening = "[\n"
    for line in write_lines(entries, options):
        yield opening + line.rstrip("\n")
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
