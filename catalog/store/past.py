"""The records as they were at an earlier revision of the catalogue."""

from collections.abc import Iterable, Iterator

from catalog.store.database import Database
from catalog.store.records import SourceNames, read_record, sources_of_record
from catalog.store.rows import Change

# Of a record changed since, the newest revision that is not younger; one that came later has none.
_AS_OF = (
    "SELECT record.id, key, coalesce(citation_key, '') AS name, body, deleted, revision, added_at "
    "FROM record WHERE revision <= ?1 UNION ALL "
    "SELECT record.id, key, coalesce(citation_key, ''), past.body, past.deleted, past.revision, added_at "
    "FROM record JOIN record_revision AS past ON past.revision = (SELECT max(revision) FROM record_revision "
    "WHERE record_id = record.id AND revision <= ?1) WHERE record.revision > ?1"
)


def as_of(database: Database, revision: int, keys: Iterable[str] | None = None) -> Iterator[Change]:
    """Iterate over the records of then, by revision: all that were not deleted, or those of the keys.

    Which sources hold a record, and its citation key, are told as they are now.
    """
    names = SourceNames(database)
    wanted = None if keys is None else frozenset(keys)
    sql = (
        f"SELECT key, name, body, revision, added_at, {sources_of_record('past.id')} FROM ({_AS_OF}) AS past "
        "WHERE NOT deleted ORDER BY revision"
    )
    for key, citation_key, body, seen, added_at, sources in database.stream(sql, (revision,)):
        if wanted is None or key in wanted:
            yield Change(key, citation_key, read_record(body), names[sources or ""], seen, added_at)
