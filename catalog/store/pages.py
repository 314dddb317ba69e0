"""Raw records in pages: what is taken in, and held in memory, at a time."""

from collections.abc import Iterable, Iterator

from catalog.errors import SourceError
from catalog.record import RawRecord

PAGE_RECORDS = 1000
PAGE_BYTES = 16 * 2**20


def pages(raws: Iterable[RawRecord]) -> Iterator[list[RawRecord]]:
    """Divide a source into pages.

    Where they end depends on the source alone, so that a run repeated meets the same ones. When the source
    breaks off, what came before is the last page, and the SourceError follows.
    """
    page: list[RawRecord] = []
    size = 0
    try:
        for raw in raws:
            page.append(raw)
            size += len(raw.payload)
            if len(page) == PAGE_RECORDS or size >= PAGE_BYTES:
                yield page
                page, size = [], 0
    except SourceError:
        if page:
            yield page
        raise
    if page:
        yield page
