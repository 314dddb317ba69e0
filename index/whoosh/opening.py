"""Opening an index, whatever state its folder is in.

An index holds pickles: it is only ever opened from the folder our own catalogue keeps it in.
"""

import pickle
import struct

from whoosh.index import EmptyIndexError, FileIndex
from whoosh.index import IndexError as WhooshIndexError

from catalog.errors import StoreError
from index.whoosh.schema import NAME, new_schema, stamp
from index.whoosh.snapshots import Snapshot
from index.whoosh.storage import DurableStorage

_TRIES = 5

# What reading a table of contents or a file that is cut, foreign or of another version can raise.
_UNUSABLE = (
    StoreError,
    WhooshIndexError,
    pickle.UnpicklingError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
)


def open_snapshot(storage: DurableStorage, before: Snapshot | None = None) -> tuple[Snapshot | None, bool]:
    """Return the newest commit, None when it cannot be used, and whether that means to make it anew.

    Segments that the commit `before` has open are not opened again.
    """
    for _ in range(_TRIES):
        try:
            snapshot = Snapshot(storage, before)
        except EmptyIndexError:
            return None, False
        except FileNotFoundError:
            continue  # a writer replaced what we were about to open, or the file is lost
        except _UNUSABLE:
            return None, True
        if snapshot.stamp == stamp():
            return snapshot, False
        return None, True
    return None, True


def start_anew(storage: DurableStorage) -> None:
    """Remove the index in the folder, and make an empty one there."""
    storage.remove_index()
    FileIndex.create(storage, new_schema(), NAME)
