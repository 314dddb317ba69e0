"""Records as they are read back: by their names, in order of change, with what they were made of."""

from collections.abc import Iterable, Iterator

import msgspec

from catalog.errors import NotFound, StoreError
from catalog.record import Place, RawRecord, Record, from_json
from catalog.store.database import Database, Row
from catalog.store.rows import Change, Rejected, Revision, StoredRaw, StoredRecord

_CHUNK = 500
_NEAR = 2000  # citation keys looked through for suggestions


def sources_of_record(record: str) -> str:
    """Return the SQL of the numbers of the sources that hold a record, given as an SQL expression."""
    return (
        f"(SELECT group_concat(DISTINCT source_id) FROM raw WHERE record_id = {record} AND NOT raw.deleted)"
    )


_SOURCES = sources_of_record("record.id")
_STORED = (
    f"SELECT key, coalesce(citation_key, ''), body, {_SOURCES}, revision, deleted, crosswalk, added_at, "
    "updated_at, successor_id FROM record"
)
_CHANGES = (
    f"SELECT key, coalesce(citation_key, ''), CASE WHEN deleted THEN NULL ELSE body END, {_SOURCES}, "
    "revision, added_at FROM record WHERE revision > ? ORDER BY revision LIMIT ?"
)
_WITH_IDENTIFIER = (
    "SELECT record.id, key FROM identifier JOIN record ON record.id = record_id "
    "WHERE scheme = ? AND value = ?"
)
# From scheme to scheme through the index: there are a dozen schemes, and values are sorted within them.
_WITH_VALUE = (
    "WITH RECURSIVE schemes (name) AS (SELECT min(scheme) FROM identifier UNION ALL "
    "SELECT (SELECT min(scheme) FROM identifier WHERE scheme > name) FROM schemes WHERE name IS NOT NULL) "
    "SELECT record.id, key FROM schemes JOIN identifier ON scheme = name AND value IN (?, ?) "
    "JOIN record ON record.id = record_id"
)
_RAW = (
    "SELECT raw.id, source.name, raw.identifier, raw.format, payload.bytes, payload.envelope, raw.datestamp, "
    "raw.sets, raw.deleted, raw.ordinal, raw.offset, raw.file, "
    "CASE WHEN raw.unread_id IS NULL THEN raw.fault END, raw.copy, raw.digest, "
    "raw.crosswalk, raw.rejection, raw.first_harvest_id, raw.last_harvest_id, "
    "raw.payload_id = record.payload_id, "
    "(SELECT count(*) FROM payload AS version WHERE version.raw_id = raw.id) "
    "FROM raw JOIN source ON source.id = raw.source_id JOIN payload ON payload.id = raw.payload_id "
    "JOIN record ON record.id = raw.record_id WHERE record.key = ? ORDER BY 20 DESC, raw.id"
)
_REVISIONS = (
    "SELECT revision, at, body, deleted, crosswalk, payload_id FROM record_revision WHERE record_id = "
    "(SELECT id FROM record WHERE key = ?1) UNION ALL "
    "SELECT revision, updated_at, body, deleted, crosswalk, payload_id FROM record WHERE key = ?1"
)
_REJECTED = (
    "SELECT raw.id, source.name, raw.identifier, raw.format, raw.ordinal, raw.offset, "
    "coalesce(raw.file, harvest.location), raw.rejection, length(payload.bytes), raw.last_harvest_id "
    "FROM raw JOIN source ON source.id = raw.source_id JOIN harvest ON harvest.id = raw.last_harvest_id "
    "JOIN payload ON payload.id = coalesce(raw.unread_id, raw.payload_id) "
    "WHERE raw.rejection IS NOT NULL AND (?1 IS NULL OR source.name = ?1) "
    "AND (?2 IS NULL OR ?2 IN (raw.last_harvest_id, payload.harvest_id)) ORDER BY raw.id"
)


class SourceNames(dict[str, tuple[str, ...]]):
    """The names behind SQLite's list of source numbers, sorted; there are few different lists."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._names = {str(number): name for number, name in database.rows("SELECT id, name FROM source")}

    def __missing__(self, numbers: str) -> tuple[str, ...]:
        """Resolve a list not met before."""
        names = tuple(sorted(self._names[number] for number in numbers.split(",") if number))
        self[numbers] = names
        return names


def get(database: Database, name: str) -> StoredRecord:
    """Return the record of that key, citation key or identifier (a DOI, an ISBN, with or without `doi:`).

    Keys are tried as written, then without regard to case. A name given up when its record was found to be
    another one leads to that one. Raises NotFound, with what is near.
    """
    name = name.strip().encode("utf-8", "replace").decode()  # what was typed need not be text
    row = (
        database.row(f"{_STORED} WHERE key = ?", (name,))
        or database.row(f"{_STORED} WHERE citation_key = ?", (name,))
        or _by_key_of_any_case(database, name)
        or _by_identifier(database, name)
    )
    if row is None:
        raise NotFound(f"there is no record {name!r}", hint=_near(database, name))
    for _ in range(_CHUNK):
        successor = row[-1] and database.row(f"{_STORED} WHERE id = ?", (row[-1],))
        if not successor:
            break
        row = successor
    return stored_record(row, SourceNames(database))


def _by_key_of_any_case(database: Database, name: str) -> Row | None:
    rows = database.rows(f"{_STORED} WHERE key = ? COLLATE NOCASE LIMIT 2", (name,))
    return rows[0] if len(rows) == 1 else None


def _by_identifier(database: Database, name: str) -> Row | None:
    found: dict[int, str] = dict(database.rows(_WITH_VALUE, (name, name.lower())))
    if not found:
        from catalog.store.lookup import identifiers_in  # python-stdnum, when nothing simpler matched

        for pair in identifiers_in(name):
            found |= dict(database.rows(_WITH_IDENTIFIER, pair))
    if len(found) > 1:
        keys = ", ".join(sorted(found.values())[:5])
        raise NotFound(f"{len(found)} records have the identifier {name!r}", hint=f"for instance {keys}")
    return database.row(f"{_STORED} WHERE id = ?", (next(iter(found)),)) if found else None


def _near(database: Database, name: str) -> str | None:
    """Return a hint that names up to three citation keys or keys spelt like this one."""
    from difflib import get_close_matches  # for a hint alone

    column = "key" if "/" in name else "citation_key"
    start = name[: name.index("/") + 3] if "/" in name else name[:3]
    candidates = [
        row[0]
        for row in database.rows(
            f"SELECT {column} FROM record WHERE {column} >= ? AND {column} < ? AND NOT deleted LIMIT ?",
            (start, start + "\U0010ffff", _NEAR),
        )
    ]
    close = get_close_matches(name, candidates, cutoff=0.75)
    return f"did you mean {' or '.join(close)}?" if close else None


def many(database: Database, keys: Iterable[str]) -> Iterator[StoredRecord]:
    """Iterate over the records of keys, in their order; a key that is not there is left out."""
    names = SourceNames(database)
    pending: list[str] = []
    for key in keys:
        pending.append(key)
        if len(pending) == _CHUNK:
            yield from _some(database, pending, names)
            pending = []
    yield from _some(database, pending, names)


def _some(database: Database, keys: list[str], names: SourceNames) -> Iterator[StoredRecord]:
    marks = ", ".join("?" * len(keys))
    found = {row[0]: row for row in database.rows(f"{_STORED} WHERE key IN ({marks})", keys)}
    return (stored_record(found[key], names) for key in keys if key in found)


def by_citation_key(database: Database, keys: Iterable[str]) -> Iterator[str]:
    """Iterate over those of the keys that are held, in the order of their citation keys."""
    wanted = set(keys)
    sql = "SELECT key FROM record WHERE citation_key IS NOT NULL ORDER BY citation_key COLLATE NOCASE"
    return (key for (key,) in database.rows(sql) if key in wanted)


def live(database: Database) -> Iterator[StoredRecord]:
    """Iterate over all live records, in the order they were added."""
    names = SourceNames(database)
    return (stored_record(row, names) for row in database.stream(f"{_STORED} WHERE NOT deleted ORDER BY id"))


def changes(database: Database, since: int, limit: int | None) -> Iterator[Change]:
    """Iterate over the records changed after a revision, in the order of their last change."""
    names = SourceNames(database)
    for key, citation_key, body, sources, revision, added_at in database.stream(
        _CHANGES, (since, -1 if limit is None else limit)
    ):
        record = None if body is None else read_record(body)
        yield Change(key, citation_key, record, names[sources or ""], revision, added_at)


def key_at(database: Database, revision: int) -> str | None:
    """Return the key of the record that a revision changed."""
    row = database.row(
        "SELECT key FROM record WHERE revision = ?1 UNION ALL SELECT key FROM record_revision AS past "
        "JOIN record ON record.id = past.record_id WHERE past.revision = ?1",
        (revision,),
    )
    return None if row is None else str(row[0])


def raws(database: Database, key: str) -> list[StoredRaw]:
    """Return the raw records that a record was made of, the one shown first."""
    return [_raw(row) for row in database.rows(_RAW, (key,))]


def revisions(database: Database, key: str) -> list[Revision]:
    """Return all a record ever was, the present first."""
    sql = (
        f"SELECT past.*, source.name, payload.harvest_id FROM ({_REVISIONS}) AS past "
        "JOIN payload ON payload.id = past.payload_id JOIN raw ON raw.id = payload.raw_id "
        "JOIN source ON source.id = raw.source_id ORDER BY revision DESC"
    )
    return [
        Revision(revision, at, read_record(body), bool(deleted), crosswalk, source, harvest)
        for revision, at, body, deleted, crosswalk, _, source, harvest in database.rows(sql, (key,))
    ]


def rejections(database: Database, source: str | None, harvest: int | None) -> Iterator[Rejected]:
    """Iterate over what could not be read, in the order it first came."""
    return (Rejected(*row) for row in database.stream(_REJECTED, (source, harvest)))


def payload(database: Database, raw_id: int) -> bytes:
    """Return what a source sent last, be it readable or not. Raises NotFound."""
    sql = (
        "SELECT bytes FROM raw JOIN payload ON payload.id = coalesce(unread_id, payload_id) WHERE raw.id = ?"
    )
    row = database.row(sql, (raw_id,))
    if row is None:
        raise NotFound(f"there is no raw record {raw_id}")
    return bytes(row[0])


def read_record(body: str) -> Record:
    """Return a record from its JSON. Raises StoreError when that is damaged: SQLite does not look into it."""
    try:
        return from_json(body)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"the catalogue is damaged, the JSON of a record: {error}",
            hint="restore it from a backup, or import again into a new one",
        ) from error


def stored_record(row: Row, names: SourceNames) -> StoredRecord:
    """Return a record from the first nine columns of a row: those of StoredRecord, `sources` as numbers."""
    key, citation_key, body, sources, revision, deleted, crosswalk, added_at, updated_at, *_ = row
    return StoredRecord(
        key,
        citation_key,
        read_record(body),
        names[sources or ""],
        revision,
        bool(deleted),
        crosswalk,
        added_at,
        updated_at,
    )


def _raw(row: Row) -> StoredRaw:
    number, source, identifier, format_name, payload_bytes, envelope, datestamp, sets, deleted, *rest = row
    (
        ordinal,
        offset,
        file,
        reader_fault,
        copy,
        digest,
        crosswalk,
        rejection,
        first,
        last,
        is_shown,
        versions,
    ) = rest
    return StoredRaw(
        id=number,
        source=source,
        raw=RawRecord(
            identifier=identifier,
            format=format_name,
            payload=payload_bytes,
            envelope=envelope,
            datestamp=datestamp,
            sets=tuple(msgspec.json.decode(sets)),
            deleted=bool(deleted),
            place=None if ordinal is None else Place(ordinal=ordinal, offset=offset, file=file),
            fault=reader_fault,
        ),
        copy=copy,
        digest=digest.hex(),
        crosswalk=crosswalk,
        rejection=rejection,
        first_harvest=first,
        last_harvest=last,
        shown=bool(is_shown),
        versions=versions,
    )
