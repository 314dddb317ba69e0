"""An export on its way to a file: header, entries, and what its reader should be told."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from catalog.export import EXPORTERS, Entry, Options
from catalog.export.presets import Limit
from catalog.export.splitting import Split
from catalog.store import StoredRecord

_TEX = ("bibtex", "biblatex")


class Bibliography:
    """Records of one query in one format."""

    def __init__(self, form: str, options: Options, *, query: str, count: int) -> None:
        self._form = form
        self._options = options
        self._query = query
        self._count = count
        self._need_unicode_tex = 0

    def texts(
        self, found: Iterable[StoredRecord], told: Callable[[int], object] | None = None
    ) -> Iterator[str]:
        """Yield the file piece by piece; `told` hears of each record."""
        return self._write(self._entries(found, told))

    def files(
        self, found: Iterable[StoredRecord], limit: Limit, told: Callable[[int], object] | None = None
    ) -> Split:
        """Return the files it takes, each to be written piece by piece before the next."""
        return Split(self._entries(found, told), self._write, limit)

    def _write(self, entries: Iterable[Entry]) -> Iterator[str]:
        if self._form in _TEX:
            from catalog.export.layout import header

            today = datetime.now(UTC).date()
            yield header("peerlit", version("peerlit"), today, self._query or None, self._count)
        yield from EXPORTERS[self._form].write(entries, self._options)

    def _entries(
        self, found: Iterable[StoredRecord], told: Callable[[int], object] | None
    ) -> Iterator[Entry]:
        for stored in found:
            if self._form == "bibtex":
                self._look_at_letters(stored)
            yield Entry(stored.citation_key, stored.key, stored.record, stored.added_at, stored.updated_at)
            if told is not None:
                told(1)

    def _look_at_letters(self, stored: StoredRecord) -> None:
        from catalog.export.scripts import needs_unicode_tex

        self._need_unicode_tex += needs_unicode_tex(stored.record)

    def notes(self) -> Iterator[str]:
        """Yield what whoever compiles the file should know."""
        if self._need_unicode_tex:
            entries = (
                "1 entry has" if self._need_unicode_tex == 1 else f"{self._need_unicode_tex:,} entries have"
            )
            yield (f"{entries} letters that pdfLaTeX cannot set; use LuaLaTeX or XeLaTeX, best with BibLaTeX")
