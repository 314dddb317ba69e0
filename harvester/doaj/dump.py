"""DOAJ's public data dump as a source: the archive, a folder it was unpacked to, or one batch of it."""

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from catalog.errors import IncompleteSource, SourceError, UnreadableFile, UsageFault
from catalog.record import RawRecord, Remark
from harvester.doaj.article import FORMAT, NO_ARTICLE, raw_article
from harvester.files.json_slices import UNKNOWN
from harvester.files.paths import inputs, read
from harvester.protocol import Page, Plan

PAGE_SIZE = 1000


class DumpSource:
    """The articles of a dump. It cannot be asked for what is new: there is no watermark.

    The checkpoint counts the records taken, which a run that goes on reads past; of another dump in the same
    place it begins anew.
    """

    kind = "doaj-dump"

    def __init__(
        self, path: str | os.PathLike[str], *, name: str = "doaj", request: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.location = str(Path(path).absolute())
        self.request = {} if request is None else request

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Look how large it is. Raises UnreadableFile when it is not there."""
        _refuse_dates(since, until)
        return Plan(f"DOAJ's data dump, {self._size() / 1e6:,.1f} MB to read", None, None)

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield the articles, a thousand a page; see harvester.protocol.Source.

        Raises UnreadableFile; IncompleteSource when a file broke off, after all that could be read.
        """
        _refuse_dates(since, until)
        size, notes = self._size(), _Notes()
        raws = self._raws(notes)
        taken = sum(1 for _ in islice(raws, _taken(resume, size)))
        page: list[RawRecord] = []
        try:
            for raw in raws:
                page.append(raw)
                if len(page) == PAGE_SIZE:
                    taken += len(page)
                    yield Page(page, f"{taken} of {size}", remarks=notes.new())
                    page = []
        except SourceError:
            yield Page(page, f"{taken + len(page)} of {size}", remarks=notes.new())
            raise
        yield Page(page, None, remarks=notes.new())

    def _size(self) -> int:
        try:
            return sum(Path(each.path).stat().st_size for each in inputs([self.location]) if not each.skipped)
        except OSError as error:
            raise UnreadableFile(f"{self.location}: {error.strerror or error}") from error

    def _raws(self, notes: "_Notes") -> Iterator[RawRecord]:
        broken = []
        for each in inputs([self.location]):
            try:
                if each.skipped is None:
                    yield from _articles(each.path, notes)
            except SourceError as error:
                if not each.in_folder:
                    raise
                if isinstance(error, IncompleteSource):
                    broken.append(error.message)
                else:
                    notes.add(f"not read: {error.message}")
        if broken:
            raise IncompleteSource("; ".join(broken), hint="get the dump again")


class _Notes:
    """What the report must tell, each once."""

    def __init__(self) -> None:
        self._new: list[Remark] = []

    def add(self, text: str) -> None:
        self._new.append(Remark("note", text))

    def new(self) -> list[Remark]:
        """Return what has come since it was last asked."""
        new, self._new = self._new, []
        return new


def _articles(path: str, notes: _Notes) -> Iterator[RawRecord]:
    """Yield the articles of a file. Raises UnreadableFile when it holds records of another kind."""
    with read(path) as reading:
        try:
            for raw in reading:
                if raw.format not in (FORMAT, UNKNOWN):
                    raise UnreadableFile(f"{path}: {reading.format}, not a dump of DOAJ's")
                yield raw if raw.fault else _article(raw)
        finally:
            for note in reading.notes:
                notes.add(note)


def _article(raw: RawRecord) -> RawRecord:
    found = raw_article(raw.payload)
    if found is None:
        return msgspec.structs.replace(raw, fault=NO_ARTICLE)
    return msgspec.structs.replace(found, place=raw.place)


def _taken(resume: str | None, size: int) -> int:
    taken, _, of = (resume or "").partition(" of ")
    return int(taken) if of == str(size) else 0


def _refuse_dates(since: str | None, until: str | None) -> None:
    if since is not None or until is not None:
        raise UsageFault("a dump is read as a whole, it cannot be asked for dates", hint="leave them out")
