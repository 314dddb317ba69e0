"""The repository: what the protocol asks for, read from catalogue and index as they are at one moment."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple

from msgspec.structs import replace

from catalog.export import Entry
from catalog.export.schemas import RecordSchema
from catalog.record import Record
from catalog.store import Catalog, Listed, StoredRecord
from index.engine import Reader
from index.query.ast import All
from web.formats import entry_of
from web.oai.arguments import moment
from web.oai.identity import Identity
from web.oai.sets import SetInfo, Sets
from web.oai.tokens import Place

SETTLING: Final = 2
"""Seconds after which everybody sees what was dated a second."""

_MOST_AT_A_TIME = 10_000
_LOOKED_BACK = 100


class Told(NamedTuple):
    """A record as it is told in one format: the sets it is in, and whether it is gone."""

    listed: Listed
    sets: Sequence[str]
    gone: bool

    @property
    def stored(self) -> StoredRecord:
        """Return the record."""
        return self.listed.stored

    @property
    def entry(self) -> Entry:
        """Return what is written."""
        return entry_of(self.stored)


class Page(NamedTuple):
    """Records of a list, whether more follow, and the place where they begin."""

    records: Sequence[Told]
    more: bool
    place: Place


class Repository:
    """One catalogue for one request; `now`: its time, taken before anything is read."""

    def __init__(self, identity: Identity, catalog: Catalog, engine: Reader, now: datetime) -> None:
        self.identity = identity
        self._catalog = catalog
        self._engine = engine
        self._listing = catalog.listing
        self._now = now
        self.sets = Sets(catalog, engine)

    def response_date(self, spec: str | None = None) -> str:
        """Return the time of the answer: nothing that is dated before will ever be added to it."""
        told = (self._now.astimezone(UTC) - timedelta(seconds=SETTLING)).strftime("%Y-%m-%dT%H:%M:%SZ")
        unseen = self._listing.date_after(self._engine.revision()) if self.sets.is_searched(spec) else None
        return min(told, unseen or told)

    def earliest(self) -> str:
        """Return the earliest datestamp there is."""
        return self._listing.earliest() or self.response_date()

    def key_at(self, revision: int) -> str | None:
        """Return the key of the record that a revision changed."""
        return self._catalog.key_at(revision)

    def any_key(self) -> str:
        """Return the key of some record, or what one may look like."""
        first = self._listing.between(0, self._catalog.revision(), 1)
        return first[0].stored.key if first else "source/1"

    def item(self, key: str | None) -> Listed | None:
        """Return a record by its key; None when there never was one."""
        return self._listing.get(key) if key else None

    def told(self, listed: Listed, schema: RecordSchema) -> Told | None:
        """Return a record as it is told in a format; None when it never had a form in it."""
        return next(self._fitting([listed], self.sets.of([listed]), schema), None)

    def page(self, place: Place, since: str | None, schema: RecordSchema, limit: int) -> Page:
        """Return what follows in a list: after `place`, or, where it begins, from the date `since` on."""
        wanted = self.sets.find(place.spec) if place.spec else None
        if place.spec and wanted is None:
            return Page((), more=False, place=place)
        with self._listing.at_once():
            top = self._catalog.revision()
            last = self._listing.last_until(moment(place.until, end=True)) if place.until else top
            start = self._listing.last_before(moment(since)) if since else place.start
            place = self._counted(replace(place, start=start), wanted, last, top, schema)
            found: list[Told] = []
            for chunk in self._candidates(wanted, max(start, place.after), last, limit + 1):
                found += self._among(chunk, wanted, schema)
                if len(found) > limit:
                    break
            if not found and place.after:
                found = self._again(place, wanted, schema)
        more = len(found) > limit
        if not more and place.top:
            place = replace(place, size=place.cursor + len(found))
        return Page(found[:limit], more, place)

    def _again(self, place: Place, wanted: SetInfo | None, schema: RecordSchema) -> list[Told]:
        """Return a record that was sent before, for a list whose last records have all left it since.

        An answer without records is none by the schema, and an error is what many harvesters give up on.
        """
        found = self._among(self._listing.backwards(place.after, _LOOKED_BACK), wanted, schema)
        return [told for told in found if told.stored.revision > place.start][:1]

    def _among(self, chunk: Sequence[Listed], wanted: SetInfo | None, schema: RecordSchema) -> list[Told]:
        sets = self.sets.of(chunk)
        return [
            told for told in self._fitting(chunk, sets, schema) if wanted is None or wanted.spec in told.sets
        ]

    def _fitting(
        self, chunk: Sequence[Listed], sets: Sequence[Sequence[str]], schema: RecordSchema
    ) -> Iterator[Told]:
        """Yield records that have a form in a format, or had one."""
        for listed, specs in zip(chunk, sets, strict=True):
            stored = listed.stored
            if stored.deleted or schema.fits(stored.record):
                yield Told(listed, specs, stored.deleted)
            elif any(schema.fits(past.record) for past in self._catalog.revisions(stored.key)):
                yield Told(listed, specs, gone=True)

    def _candidates(
        self, wanted: SetInfo | None, after: int, last: int, limit: int
    ) -> Iterator[Sequence[Listed]]:
        """Yield, in the order of changes, records that a list may have."""
        if wanted is None or wanted.query == All():
            while chunk := self._listing.between(after, last, limit):
                yield chunk
                after = chunk[-1].stored.revision
        else:
            revisions = self._revisions(wanted, after, last, limit)
            while batch := list(islice(revisions, limit)):
                yield self._listing.of(batch)

    def _revisions(self, wanted: SetInfo, after: int, last: int, limit: int) -> Iterator[int]:
        """Yield, ascending, the revisions of records that a set may have.

        In a small one the index knows the keys, and where each stands is looked up; what it has not seen yet
        is looked at one by one, and so is all where the set is large. A look at a record takes five times as
        long as looking up where one stands.
        """
        indexed = min(last, self._engine.revision())
        held = self._engine.count(wanted.query)
        if held * held < 5 * limit * last:
            known = {*self._listing.revisions(self._engine.keys(wanted.query)), *self._listing.deleted()}
            yield from sorted(revision for revision in known if after < revision <= indexed)
            after = max(after, indexed)
        name, size = wanted.kept_as(), limit + limit * last // max(4 * held, limit)
        while rows := self._listing.named(after, last, size):
            found = self._engine.members({name: wanted.query}, [key for _, key, _ in rows])[name]
            yield from (
                revision for revision, key, gone in rows if gone or revision > indexed or key in found
            )
            after, size = rows[-1][0], size if found else min(2 * size, _MOST_AT_A_TIME)

    def _counted(
        self, place: Place, wanted: SetInfo | None, last: int, top: int, schema: RecordSchema
    ) -> Place:
        """Return a place with the size of its list and how many of that come before, where it can be known.

        Of the whole catalogue this is counted again whenever it has changed. Records that were sent and have
        moved to the end are then among those to come, so that both tell of records and not of how often they
        were sent. Of sets only the size can be known, and only when the whole of it is asked for.
        """
        if place.after and place.top == top:
            return place
        if schema.fits(Record()) and (wanted is None or wanted.query == All()):  # what fits nothing fits all
            count = self._listing.count
            before = count(place.start, place.after) if place.after else 0
            return replace(place, cursor=before, size=count(place.start, last), top=top)
        if place.after or wanted is None:
            return replace(place, size=None, top=0 if place.after else top)
        whole = not place.start and last == top == self._engine.revision() and not self._listing.deleted()
        known = whole and schema.fits(Record())
        return replace(place, size=self._engine.count(wanted.query) if known else None, top=top)
