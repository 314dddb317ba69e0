"""What tells one state of a catalogue from the next, without looking at its records."""

from typing import Final

from catalog.store.database import Database

# A page of a harvest is written together with its figures, so these change whenever raw records do.
_STAMP: Final = """
    SELECT json_array(
        (SELECT max(revision) FROM record),
        (SELECT json_group_array(json_array(name, kind, location)) FROM source),
        (SELECT json_array(max(id), max(finished_at), sum(requests), sum(received), sum(resumptions),
                           group_concat(status)) FROM harvest),
        (SELECT json_group_array(json_array(name, form, text, dialect, exact, saved_at)) FROM search),
        (SELECT max(id) FROM search_run)
    )
"""


def stamp(database: Database) -> str:
    """Return a text that is another one after every change, the same in every process.

    Harvests and saved searches change without the revision of the catalogue changing.
    """
    return str(database.value(_STAMP))
