"""What kind of thing a provider of Dublin Core says it describes."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from catalog.codes import table
from catalog.normalize.text import plain
from catalog.record import RecordType

# Facts about the version, the access and the review, which providers send as a dc:type too.
_NO_KIND: Final = re.compile(
    r"(?:accepted|published|submitted|updated|draft)\s?version|(?:non\s?)?peer[\s-]?reviewed|(?:open|closed|restricted|embargoed)\s?access"
    r"|version\s?of\s?record|info:eu-repo/semantics/(?:published|accepted|submitted|updated|draft)|c_(?:970fb48d4fbd8a85|ab4af688f83e57aa|abf2)$",
    re.IGNORECASE,
)
# Types that say little give way to any other that the same record has.
_VAGUE: Final[frozenset[RecordType]] = frozenset({"document"})


def resource_type(values: Iterable[str]) -> tuple[RecordType | None, tuple[str, ...]]:
    """Return the type that the values agree on best, None when none is known, and the genres they name."""
    chosen: RecordType | None = None
    genres: dict[str, str] = {}
    for value in values:
        if _NO_KIND.search(value):
            continue
        kind, genre = _known(value)
        if kind is not None and (chosen is None or chosen in _VAGUE):
            chosen = kind
        if genre:
            genres.setdefault(genre.casefold(), genre)
    return chosen, tuple(genres.values())


@lru_cache(maxsize=1024)
def _known(value: str) -> tuple[RecordType | None, str | None]:
    """Look one value up; a word that the table does not know is a genre."""
    text = plain(value)
    if text is None:
        return None, None
    lists = table("resource_types")
    last = re.split(r"[/#]", text.rstrip("/"))[-1] if ":" in text else text
    key = lists["coar"].get(last.lower()) or "".join(c for c in last.casefold() if c.isalnum())
    kind: RecordType | None = lists["types"].get(key)
    if kind is None:
        return None, None if "://" in text or text.startswith("info:") else text
    return kind, lists["genres"].get(key)
