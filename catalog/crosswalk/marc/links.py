"""Web addresses: 856."""

import re
from functools import lru_cache

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.values import text
from catalog.record import Link, LinkKind

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://\S")
_BARE_DOI = re.compile(r"^(?:doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_HOST = re.compile(r"^(?:www\.|[\w-]+(?:\.[\w-]+)+/)\S*$")
_MEDIA_TYPE = re.compile(r"^[a-z]+/[\w.+-]+$", re.IGNORECASE)


def links(group: Grouped) -> tuple[Link, ...]:
    """Read the addresses in 856, each once, the first mention deciding its kind."""
    found: dict[str, Link] = {}
    for field in group.all("856"):
        kind = _kind(field)
        for value in field.all("u"):
            url = address(value)
            if url is not None:
                found.setdefault(url, Link(url=url, kind=kind, media_type=_media_type(field.first("q"))))
    return tuple(found.values())


def address(value: str) -> str | None:
    """Return an address that can be followed, or None: schemes supplied, blanks inside encoded."""
    url = (text(value) or "").strip("<> ").replace(" ", "%20")
    if _SCHEME.match(url):
        return url
    if found := _BARE_DOI.match(url):
        return f"https://doi.org/{found[1]}"
    return f"http://{url}" if _HOST.match(url) else None


def _kind(field: MarcField) -> LinkKind:
    """Tell full text from what is about it: by the words beside the address, then by the second indicator.

    Tables of contents and blurbs carry indicator 1 as often as full text does, so words come first.
    https://www.loc.gov/marc/bibliographic/bd856.html
    """
    words = field.text("3zy")
    if words and (told := _told(words)):
        return told
    match field.ind2:
        case "0" | "1":
            return "fulltext"
        case "2":
            return "related"
        case _:
            return "other"


@lru_cache(maxsize=1024)
def _told(words: str) -> LinkKind | None:
    lists = table("link_words")
    words = words.lower()
    if any(word in words for word in lists["about"]):
        return "related"
    return "fulltext" if any(word in words for word in lists["fulltext"]) else None


def _media_type(value: str | None) -> str | None:
    if value is None:
        return None
    value = value.strip().lower()
    if _MEDIA_TYPE.match(value):
        return value
    known: dict[str, str] = table("link_words")["media_types"]
    return known.get(value.lstrip("."))
