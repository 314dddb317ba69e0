"""What the MARC 21 that we write and read back agree on; the fields it uses stand in docs/marc.md.

Such a record says in 884 what made it. Its subfields hold a value each, without the punctuation of ISBD
(LDR/18 is c), so that they can be taken as they stand.
"""

import re
from typing import Final, NamedTuple

from catalog.record import LinkKind

AGENCY: Final = "peerlit"
PROCESS: Final = "peerlit record to MARC 21, version 1"
"""884 $a: the conversion a record came out of (https://www.loc.gov/marc/bibliographic/bd884.html)."""

UNTITLED: Final = "[Title not known]"
"""245 $a of a record without title: MARC demands one."""

BETWEEN_PLACES: Final = " | "
"""Between affiliations: $u cannot be repeated."""

HOST_LANGUAGES: Final = "Published in: "
"""773 $n: the languages of the journal follow, as tags."""

IDENTIFIERS: Final = {
    "isbn": ("020", " ", " "),
    "issn": ("022", " ", " "),
    "isrc": ("024", "0", " "),
    "upc": ("024", "1", " "),
    "ismn": ("024", "2", " "),
    "ean": ("024", "3", " "),
    "sici": ("024", "4", " "),
    "local": ("024", "8", " "),
    "nbn": ("015", " ", " "),
    "publisher-number": ("028", "5", "2"),
    "coden": ("030", " ", " "),
    "report-number": ("088", " ", " "),
}
"""Schemes with a field of their own: tag and indicators; all others are in 024 with $2."""

CATALOGUES: Final = {"oclc": "OCoLC", "doaj": "DOAJ"}
"""Schemes that are system control numbers: what stands in brackets in 035."""

HEADINGS: Final = {"lcsh": "0", "lcshac": "1", "mesh": "2", "nal": "3", "csh": "5", "rvm": "6"}
"""Subject schemes with a second indicator of their own in 650; all others are named in $2."""

CLASSES: Final = {
    "lcc": ("050", " ", "4"),
    "nlm": ("060", " ", "4"),
    "udc": ("080", " ", " "),
    "ddc": ("082", "0", "4"),
    "sudoc": ("086", "0", " "),
}
"""Classifications with a field of their own: tag and indicators; all others are in 084 with $2."""

LINKS: Final[dict[LinkKind, tuple[str, str | None]]] = {
    "fulltext": ("0", None),
    "related": ("2", None),
    "record": ("2", "Source record"),
    "other": (" ", None),
}
"""Second indicator and $3 of 856."""

MEDIA: Final = {"print": "Print version:", "electronic": "Online version:", None: "Other version:"}
"""776 $i before the ISSN of a serial in each medium."""


class Place(NamedTuple):
    """Where in its host a part stands."""

    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    article_number: str | None = None


_PLACE: Final = re.compile(
    r"(?:Vol\. (?P<volume>.+?))?(?:(?:^|, )no\. (?P<issue>.+?))?(?:(?:^| )\((?P<year>-?\d+)\))?"
    r"(?:(?:^|, )(?:p\. (?P<pages>.+)|article (?P<article>.+)))?"
)
# One part each, as German union catalogues write them.
_KEYED: Final = re.compile(r"(volume|number|firstpage|lastpage|elocationid):(.+)")
_KEYS: Final = dict(
    zip(("volume", "number", "firstpage", "lastpage", "elocationid"), Place._fields, strict=True)
)


def worded(place: Place, year: int | None) -> tuple[str, ...]:
    """Return 773 $g: `Vol. 10, no. 5 (2015), p. 1-10`, and part by part what that cannot tell apart."""
    parts = [f"Vol. {place.volume}" if place.volume else "", f"no. {place.issue}" if place.issue else ""]
    line = ", ".join(filter(None, parts))
    line = " ".join(filter(None, (line, f"({year})" if year is not None else "")))
    if place.first_page or place.last_page:
        pages = "-".join(page for page in (place.first_page, place.last_page) if page)
        line = ", ".join(filter(None, (line, f"p. {pages}")))
    if place.article_number:
        line = ", ".join(filter(None, (line, f"article {place.article_number}")))
    if not any(place) or placed((line,)) == place:
        return (line,) if any(place) else ()
    return (line, *(f"{key}:{value}" for key, value in zip(_KEYS, place, strict=True) if value))


def placed(texts: tuple[str, ...]) -> Place:
    """Read what `worded` returns."""
    keyed = {_KEYS[found[1]]: found[2] for text in texts[1:] if (found := _KEYED.fullmatch(text))}
    if keyed:
        return Place(**keyed)
    found = _PLACE.fullmatch(texts[0]) if texts else None
    if found is None:
        return Place()
    first, hyphen, last = (found["pages"] or "").partition("-")
    return Place(found["volume"], found["issue"], first or None, last if hyphen else None, found["article"])
