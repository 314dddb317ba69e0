"""Counts over the whole catalogue."""

from typing import Any

from catalog.store.database import Database
from catalog.store.rows import Statistics

_LIVE = "FROM record WHERE NOT deleted"
_HAVING = {
    "abstract": "$.abstract",
    "author": "$.contributors",
    "date": "$.issued.year",
    "journal": "$.container.title",
    "keyword": "$.keywords",
    "language": "$.languages",
    "licence": "$.licence",
    "link": "$.links",
    "subject": "$.subjects",
    "title": "$.title",
}


def statistics(database: Database) -> Statistics:
    """Count what the catalogue holds."""

    def count(sql: str) -> int:
        return int(database.value(f"SELECT count(*) {sql}"))

    def groups(sql: str) -> dict[Any, int]:
        return dict(database.rows(sql))

    columns = ", ".join(f"count(json_extract(body, '{path}'))" for path in _HAVING.values())
    (counts,) = database.rows(f"SELECT {columns} {_LIVE}")
    having = dict(zip(_HAVING, counts, strict=True))
    having["doi"] = count("FROM (SELECT DISTINCT record_id FROM identifier WHERE scheme = 'doi')")
    return Statistics(
        records=count(_LIVE),
        by_type=groups(
            f"SELECT coalesce(json_extract(body, '$.type'), 'document'), count(*) {_LIVE} "
            "GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        by_source=groups(
            "SELECT source.name, count(DISTINCT record_id) FROM raw JOIN source ON source.id = source_id "
            "JOIN record ON record.id = record_id WHERE NOT raw.deleted AND NOT record.deleted "
            "GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        by_year=groups(
            f"SELECT json_extract(body, '$.issued.year'), count(*) {_LIVE} GROUP BY 1 ORDER BY 1 DESC"
        ),
        by_language=groups(
            "SELECT value, count(*) FROM record, json_each(record.body, '$.languages') "
            "WHERE NOT record.deleted GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        having=dict(sorted(having.items())),
        deleted=count("FROM record WHERE deleted"),
        raws=count("FROM raw"),
        rejections=count("FROM raw WHERE rejection IS NOT NULL"),
        deletions=count("FROM raw WHERE rejection IS NULL AND deleted"),
    )
