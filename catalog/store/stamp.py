"""What tells one state of a catalogue from the next, without looking at its records."""

from typing import Final, NamedTuple

from catalog.store.database import Database

# A page of a harvest is written together with its figures, so these change whenever raw records do.
_STATE: Final = """
    SELECT json_array(
        (SELECT max(revision) FROM record),
        (SELECT json_group_array(json_array(name, kind, location)) FROM source),
        (SELECT json_array(max(id), max(finished_at), sum(requests), sum(received), sum(resumptions),
                           group_concat(status)) FROM harvest),
        (SELECT json_group_array(json_array(name, form, text, dialect, exact, saved_at)) FROM search),
        (SELECT max(id) FROM search_run)
    )
"""
# Of a harvest that runs the figures change, and no date does.
_CHANGED_AT: Final = """
    SELECT max(at) FROM (
        SELECT (SELECT updated_at FROM record ORDER BY revision DESC LIMIT 1) AS at
        UNION ALL SELECT max(started_at) FROM harvest UNION ALL SELECT max(finished_at) FROM harvest
        UNION ALL SELECT max(saved_at) FROM search
        UNION ALL SELECT at FROM (SELECT at FROM search_run ORDER BY id DESC LIMIT 1)
    ) WHERE NOT EXISTS (SELECT 1 FROM harvest WHERE status = 'running')
"""


class Stamp(NamedTuple):
    """A text that is another one after every change, and when the last was, ISO 8601, UTC.

    Of records, harvests and saved searches: these two change without the revision changing. `changed_at` is
    None for an empty catalogue, and while one harvests.
    """

    text: str
    changed_at: str | None


def stamp(database: Database) -> Stamp:
    """Return the stamp of a catalogue, the same in every process."""
    return Stamp(str(database.value(_STATE)), database.value(_CHANGED_AT))
