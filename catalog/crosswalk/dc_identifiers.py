"""dc:identifier and its like: typed only where the value itself says what it is."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from catalog.crosswalk import parts
from catalog.normalize import identifiers
from catalog.normalize.text import plain
from catalog.record import Identifier, Link, LinkKind, Series

_PREFIXED: Final = re.compile(
    r"^(?:info:eu-repo/semantics/altIdentifier/|info:|urn:)?"
    r"(doi|e?-?isbn|[ep]?-?issn|issn-?l|hdl|handle|ar-?xiv|pmid|pubmed|pmc|pmcid|oclc|ocolc|lccn|bibcode|repec)\b"
    r"(?:[-\s]*1[03](?!\d))?\s*(?:\((?:print|online|electronic)\))?\s*[:/\s]\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_URN: Final = re.compile(
    r"^(?:info:eu-repo/semantics/altIdentifier/urn/)?(urn:[a-z0-9][a-z0-9-]{1,31}:\S+)$", re.IGNORECASE
)
_BARE_DOI: Final = re.compile(r"^10\.\d{4,9}/\S+$")
_HYPHENATED_ISBN: Final = re.compile(r"^(?:97[89] ?[-–] ?)?(?:\d+ ?[-–] ?){3}[\dXx]$")
_ISSN_ALONE: Final = re.compile(r"^\d{4}-\d{3}[\dXx]$")
_NORMAL: Final[dict[str, Callable[[str | None], str | None]]] = {
    "doi": identifiers.doi,
    "isbn": identifiers.isbn,
    "issn": identifiers.issn,
    "handle": identifiers.handle,
    "arxiv": identifiers.arxiv,
    "pmid": identifiers.pmid,
    "pmcid": lambda value: identifiers.pmcid(f"PMC{(value or '').upper().removeprefix('PMC')}"),
    "oclc": identifiers.oclc,
    "lccn": identifiers.lccn,
}
_LONGEST_NUMBER: Final = 40
_SCHEMES: Final = {"hdl": "handle", "pubmed": "pmid", "pmc": "pmcid", "ocolc": "oclc"}
_HOSTS: Final = (
    (re.compile(r"^https?://(?:www\.)?(?:dx\.)?doi\.org/", re.IGNORECASE), "doi"),
    (re.compile(r"^https?://(?:www\.)?hdl\.handle\.net/", re.IGNORECASE), "handle"),
    (re.compile(r"^https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/", re.IGNORECASE), "arxiv"),
    (
        re.compile(
            r"^https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/\d",
            re.IGNORECASE,
        ),
        "pmid",
    ),
    (
        re.compile(
            r"^https?://(?:[a-z.]+/)?(?:www\.ncbi\.nlm\.nih\.gov/pmc/articles|europepmc\.org/articles)/PMC\d",
            re.IGNORECASE,
        ),
        "pmcid",
    ),
)
# DSpace joins the name of a series and the number in it: `OCFEB Research Memoranda;RM 0306`.
_SERIES: Final = re.compile(r"^([^;]*[^\W\d][^;]*?);(?=[^;]*\d)([^\s;][^;]{0,40})$")
# Where repositories and Open Journal Systems keep the files themselves.
_FILE: Final = re.compile(
    r"\.(?:pdf|epub|djvu|docx?|ps)(?:$|[?#])|/bitstream|/download/|/article/view/[^/]+/\d+$|/retrieve/|/pdf/",
    re.IGNORECASE,
)


class Identified(NamedTuple):
    """What identifiers came to: the typed, the ISSNs, the addresses, and texts that are no identifiers."""

    identifiers: tuple[Identifier, ...]
    issns: tuple[str, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...]
    series: tuple[Series, ...] = ()


def identify(values: Iterable[str], *, related: Iterable[str] = ()) -> Identified:
    """Sort identifiers; from `related` only other identifiers of the same resource, and addresses, are taken.

    A bare `10.1234/x` is a DOI, a bare `1234-567X` an ISSN, and four groups with hyphens that compute are an
    ISBN; nothing else bare is typed: eight digits are an ISSN, a PMID and a shelf mark alike. An address is
    the record's page unless it plainly is a file.
    """
    found: list[Identifier] = []
    links: list[Link] = []
    notes: list[str] = []
    for text in _texts(values):
        typed = _typed(text)
        url = parts.web_address(text)
        if typed:
            found.append(typed)
        if url and (typed is None or typed.scheme != "doi"):
            links.append(_link(url, "record"))
        elif typed is None and not text.startswith("oai:"):
            # Repositories send the whole citation as an identifier of its own.
            if len(text) > _LONGEST_NUMBER and " " in text:
                notes.append(text)
            else:
                found.append(Identifier(scheme="local", value=text))
    beside = _related(related)
    unique = dict.fromkeys((*found, *beside.identifiers))
    return Identified(
        tuple(identifier for identifier in unique if identifier.scheme != "issn"),
        tuple(identifier.value for identifier in unique if identifier.scheme == "issn"),
        parts.unique_links((*links, *beside.links)),
        (*notes, *beside.notes),
        beside.series,
    )


def _related(values: Iterable[str]) -> Identified:
    found: list[Identifier] = []
    links: list[Link] = []
    notes: list[str] = []
    series: list[Series] = []
    for text in _texts(values):
        if "altIdentifier/" in text and (same := _typed(text)):
            found.append(same)
        elif url := parts.web_address(text):
            links.append(_link(url, "related"))
        elif numbered := _SERIES.match(text):
            series.append(Series(title=numbered[1], volume=numbered[2]))
        elif not text.startswith(("oai:", "info:")):
            notes.append(text)
    return Identified(tuple(found), (), tuple(links), tuple(notes), tuple(dict.fromkeys(series)))


def _texts(values: Iterable[str]) -> Iterator[str]:
    return (text for value in values if (text := plain(value)))


def _typed(text: str) -> Identifier | None:
    if _BARE_DOI.match(text) and (value := identifiers.doi(text)):
        return Identifier(scheme="doi", value=value)
    if _ISSN_ALONE.match(text) and (value := identifiers.issn(text)):
        return Identifier(scheme="issn", value=value)
    if _HYPHENATED_ISBN.match(text) and (value := identifiers.isbn(text.replace(" ", ""))):
        return Identifier(scheme="isbn", value=value)
    if text[:4].lower() == "http":
        return _of_host(text)
    if match := _PREFIXED.match(text):
        word = match[1].lower().replace("-", "")
        scheme = "isbn" if word.endswith("isbn") else "issn" if "issn" in word else _SCHEMES.get(word, word)
        value = _NORMAL[scheme](match[2]) if scheme in _NORMAL else match[2].strip()
        return Identifier(scheme=scheme, value=value) if value else None
    if match := _URN.match(text):
        return Identifier(scheme="urn", value=match[1])
    return None


def _of_host(address: str) -> Identifier | None:
    for host, scheme in _HOSTS:
        if host.match(address):
            last = address.rstrip("/").rpartition("/")[2] if scheme == "pmcid" else address
            value = _NORMAL[scheme](last)
            return Identifier(scheme=scheme, value=value) if value else None
    return None


def _link(url: str, kind: LinkKind) -> Link:
    return Link(
        url=url, kind="fulltext" if _FILE.search(url) else kind, media_type=parts.media_type(None, url)
    )
