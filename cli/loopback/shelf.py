"""Articles in the order the feed lists them, the newest first, cut by dates and by set."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cli.loopback.article_xml import Json, header, is_deleted, labels, metadata


class Item:
    """An article and what it looks like on the wire, written once and kept."""

    __slots__ = ("_records", "article", "deleted", "id", "labels", "updated")

    def __init__(self, article: Json) -> None:
        self.article = article
        self.id: str = article["id"]
        self.updated: str = article["last_updated"]
        self.deleted = is_deleted(article)
        self.labels = tuple(labels(article))
        self._records: dict[str, bytes] = {}

    def record(self, prefix: str) -> bytes:
        """Return `<record>`."""
        kept = self._records.get(prefix)
        if kept is None:
            about = "" if self.deleted else metadata(self.article, prefix)
            kept = f"<record>{header(self.article, prefix)}{about}</record>".encode()
            self._records[prefix] = kept
        return kept

    def header(self, prefix: str) -> bytes:
        """Return `<header>`."""
        return header(self.article, prefix).encode()


class Window(NamedTuple):
    """Some items, and how many the dates and the set select in all."""

    total: int
    items: Sequence[Item]


class Shelf:
    """All items, as a list sorted by date and then identifier; and so for every set once asked for."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._all = _Sorted(items)
        self._sets: dict[str, _Sorted] = {}
        self._by_id = {item.id: item for item in self._all.items}

    def get(self, identifier: str) -> Item | None:
        """Return the item of an identifier (32 hexadecimal digits)."""
        return self._by_id.get(identifier)

    def earliest(self) -> str:
        """Return the oldest datestamp of an article that is not withdrawn."""
        return next((item.updated for item in self._all.items if not item.deleted), "1970-01-01T00:00:00Z")

    def set_names(self) -> list[str]:
        """Return the names of the sets that have articles, sorted."""
        return sorted({label for item in self._all.items if not item.deleted for label in item.labels})

    def window(
        self, since: str | None, until: str | None, name: str | None, *, skip: int, size: int
    ) -> Window:
        """Return items `skip` to `skip + size`, the newest first; `since` and `until` are inclusive."""
        ordered = self._all if name is None else self._set(name.replace("LCC:", ""))
        # A day as the upper bound means its last second, as Elasticsearch rounds it.
        upper = until and (until if "T" in until else f"{until}T23:59:59Z")
        low = bisect_left(ordered.stamps, since) if since else 0
        high = bisect_right(ordered.stamps, upper) if upper else len(ordered.stamps)
        last = high - skip
        page = ordered.items[max(low, last - size) : max(low, last)]
        return Window(max(0, high - low), page[::-1])

    def _set(self, caption: str) -> "_Sorted":
        if caption not in self._sets:
            within = (i for i in self._all.items if any(x.removeprefix("LCC:") == caption for x in i.labels))
            self._sets[caption] = _Sorted(within)
        return self._sets[caption]


class _Sorted:
    __slots__ = ("items", "stamps")

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=_place)
        self.stamps = [item.updated for item in self.items]


def _place(item: Item) -> tuple[Any, ...]:
    return item.updated, item.id
