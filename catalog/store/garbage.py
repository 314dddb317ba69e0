"""Python's garbage collector while many records go by."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have Python look for cycles among new objects less often: records have none, and looking takes time.

    Their thousands of tuples bring on a collection every few records, 4 % of the time of an import.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
