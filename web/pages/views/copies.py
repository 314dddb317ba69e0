"""The copies of a work: every raw record that it was found in."""

from collections.abc import Iterable
from typing import NamedTuple

from catalog.store import StoredRaw
from web.shelf import Visit


class Copy(NamedTuple):
    """One raw record: what it is, when it first and last came, whether the page shows this one."""

    id: int
    source: str
    identifier: str
    format: str
    deleted: bool
    shown: bool
    size: int
    rejection: str | None
    first_harvest: int
    first_seen: str
    last_harvest: int
    last_seen: str


def copies(raws: Iterable[StoredRaw], visit: Visit) -> list[Copy]:
    """Return raw records of a work in their order, with when they came."""
    return [_copy(raw, visit) for raw in raws]


def _copy(kept: StoredRaw, visit: Visit) -> Copy:
    first, last = (visit.catalog.harvest(number) for number in (kept.first_harvest, kept.last_harvest))
    return Copy(
        kept.id,
        kept.source,
        kept.raw.identifier,
        kept.raw.format,
        kept.raw.deleted,
        kept.shown,
        len(kept.raw.payload),
        kept.rejection,
        first.id,
        first.started_at,
        last.id,
        last.started_at,
    )
