"""Which addresses out of records may be followed from a page."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from catalog.export.plain import clean
from catalog.record import LinkKind, Record

# A name before the host is refused: `https://doi.org@elsewhere.example/` is made to be misread.
_WEB: Final = re.compile(r"((?:https?|ftp)://)([^/?#\\@\s<>\"'`{}|^]+)((?:[/?#].*)?)", re.IGNORECASE)
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE: Final = "!$%&'()*+,-./:;=?@_~"


class WebLink(NamedTuple):
    """An address that can be followed, whose host is told to whoever follows it."""

    url: str
    host: str
    kind: LinkKind
    media_type: str | None


def web_address(text: str) -> str | None:
    """Return an address of the Web percent-encoded, None for anything else, above all for `javascript:`."""
    found = _WEB.fullmatch(clean(text))
    if found is None:
        return None
    scheme, host, rest = found.groups()
    before, hash_sign, fragment = _STRAY_PERCENT.sub("%25", rest).partition("#")
    parts = (quote(part, safe=_SAFE, errors="replace") for part in (before, fragment))
    return f"{scheme.lower()}{host.lower()}{hash_sign.join(parts)}"


def web_links(record: Record) -> Iterator[WebLink]:
    """Iterate over the links of a record that can be followed, each address once."""
    seen = set()
    for link in record.links:
        url = web_address(link.url)
        if url is not None and url not in seen:
            seen.add(url)
            yield WebLink(url, url.split("/")[2], link.kind, link.media_type)


def doi_address(doi: str) -> str:
    """Return where a DOI leads: https://www.doi.org/doi-handbook/HTML/encoding-rules.html."""
    return "https://doi.org/" + quote(doi, safe="/:;().,-_~!$&'*+=@", errors="replace")


def orcid_address(orcid: str) -> str:
    """Return the address of an ORCID iD, which is how the iD itself is to be written."""
    return f"https://orcid.org/{quote(orcid, safe='')}"
