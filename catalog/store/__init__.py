"""The catalogue on disk: SQLite, one folder."""

from catalog.store.catalog import Catalog, open_catalog
from catalog.store.keys import record_key, source_name
from catalog.store.rows import (
    Change,
    Counts,
    Difference,
    Harvest,
    Listed,
    Rejected,
    Rereading,
    Revision,
    Search,
    SearchForm,
    SearchLine,
    SearchRun,
    Statistics,
    StoredRaw,
    StoredRecord,
)

__all__ = [
    "Catalog",
    "Change",
    "Counts",
    "Difference",
    "Harvest",
    "Listed",
    "Rejected",
    "Rereading",
    "Revision",
    "Search",
    "SearchForm",
    "SearchLine",
    "SearchRun",
    "Statistics",
    "StoredRaw",
    "StoredRecord",
    "open_catalog",
    "record_key",
    "source_name",
]
