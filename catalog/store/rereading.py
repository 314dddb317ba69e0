"""Reading again what an older crosswalk read."""

from collections.abc import Callable

import msgspec

from catalog.store.crosswalks import Crosswalks
from catalog.store.database import Database
from catalog.store.held import RAW_COLUMNS
from catalog.store.intake import Intake
from catalog.store.rows import Rereading

_PAGE = 1000
_STALE = (
    f"SELECT {RAW_COLUMNS} FROM raw WHERE id > ? AND (NOT deleted OR unread_id IS NOT NULL) AND "
    "(crosswalk IN (SELECT value FROM json_each(?)) OR (rejection IS NOT NULL AND fault IS NULL)) "
    "ORDER BY id LIMIT ?"
)


def reread(
    database: Database, crosswalks: Crosswalks, progress: Callable[[int], object] | None = None
) -> Rereading:
    """Read all that an older crosswalk read, and all that none could read; page by page."""
    done = Rereading()
    last = 0
    old = [
        label
        for (label,) in database.rows("SELECT DISTINCT crosswalk FROM raw")
        if label != crosswalks.made_by(label.rpartition("@")[0])
    ]
    labels = msgspec.json.encode(old).decode()
    while True:
        with database.transaction():
            rows = database.rows(_STALE, (last, labels, _PAGE))
            if not rows:
                return done
            last = rows[-1][0]
            rejected = Intake(database, crosswalks).reread(rows)
        done = Rereading(done.reread + len(rows), done.rejected + rejected)
        if progress is not None:
            progress(done.reread)
