"""Opening an index, whatever state its folder is in.

An index holds pickles: it is only ever opened from the folder our own catalogue keeps it in.
"""

import pickle
import struct
from contextlib import suppress

from whoosh.index import EmptyIndexError, FileIndex
from whoosh.index import IndexError as WhooshError

from index.whoosh.schema import NAME, STAMP, new_schema
from index.whoosh.snapshot import Snapshot
from index.whoosh.storage import DurableStorage

_TRIES = 5

# What reading a table of contents that is cut, foreign or of another version has been seen to raise.
_UNUSABLE = (
    WhooshError,
    pickle.UnpicklingError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    ImportError,
    TypeError,
    AssertionError,
    MemoryError,
)


def open_snapshot(storage: DurableStorage) -> tuple[Snapshot | None, bool]:
    """Return the newest commit, None when it cannot be used, and whether that means to make it anew."""
    for attempt in range(_TRIES):
        try:
            snapshot = Snapshot(storage)
        except EmptyIndexError:
            return None, False
        except FileNotFoundError:
            # A writer replaced what we were about to open.
            if attempt == _TRIES - 1:
                return None, True
        except _UNUSABLE:
            return None, True
        else:
            if snapshot.stamp == STAMP:
                return snapshot, False
            snapshot.close()
            return None, True
    return None, True


def start_anew(storage: DurableStorage) -> None:
    """Remove what is in the folder, and make an empty index there."""
    for name in storage.list():
        if not name.lower().endswith("lock"):
            with suppress(OSError):
                storage.delete_file(name)
    FileIndex.create(storage, new_schema(), NAME)
