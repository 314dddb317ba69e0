"""Raw records in pages: what is taken in, and held in memory, at a time."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from catalog.errors import SourceError
from catalog.record import RawRecord

PAGE_RECORDS = 1000
PAGE_BYTES = 16 * 2**20


class Page(NamedTuple):
    """Some raw records of a source, and why it broke off after them."""

    raws: list[RawRecord]
    error: SourceError | None = None


def pages(raws: Iterable[RawRecord]) -> Iterator[Page]:
    """Divide a source into pages.

    Where the pages end depends on the source alone, so that a run repeated meets the same ones. When the
    source breaks off, the last page holds what came before and the error.
    """
    page: list[RawRecord] = []
    size = 0
    try:
        for raw in raws:
            page.append(raw)
            size += len(raw.payload)
            if len(page) == PAGE_RECORDS or size >= PAGE_BYTES:
                yield Page(page)
                page, size = [], 0
    except SourceError as error:
        yield Page(page, error)
        return
    if page:
        yield Page(page)
