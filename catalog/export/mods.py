"""MODS 3.8, the Library of Congress's XML between Dublin Core and MARC.

Elements and their attributes: https://www.loc.gov/standards/mods/userguide/. Which MARC field holds the same:
https://www.loc.gov/standards/mods/mods-mapping.html.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options
from catalog.export.library_types import coar_concept, is_serial, library_type
from catalog.export.mods_host import host, series
from catalog.export.mods_names import names
from catalog.export.xml import element as wrapped
from catalog.export.xml import leaf
from catalog.normalize.articles import non_filing
from catalog.normalize.edtf import in_figures
from catalog.normalize.languages import bibliographic
from catalog.record import PartialDate, Record, Subject, Title

_NAMESPACE: Final = "http://www.loc.gov/mods/v3"
_DECLARED: Final = (
    f'xmlns="{_NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_NAMESPACE} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"'
)
_ISSUANCE: Final = {"periodical": "serial", "webpage": "integrating resource"}
# Type and label of each kind of title.
_TITLES: Final[dict[str, tuple[str, str | None]]] = {
    "alternative": ("alternative", None),
    "parallel": ("translated", None),
    "uniform": ("uniform", None),
    "former": ("alternative", "former title"),
    "original": ("alternative", "original title"),
}
_IDENTIFIERS: Final = {"handle": "hdl", "issn-l": "issn-l", "system": "local", "control": "local"}
# Classifications by their codes in https://www.loc.gov/standards/sourcelist/classification.html.
_CLASSES: Final = {"lcc": "lcc", "ddc": "ddc", "udc": "udc", "nlm": "nlm", "sudoc": "sudocs"}
_ADDRESSES: Final = {"fulltext": "raw object", "record": "object in context"}


def element(entry: Entry) -> str:
    """Return the record as the element `mods`."""
    return f'<mods {_DECLARED} version="3.8">{_content(entry)}</mods>'


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:  # noqa: ARG001  # nothing to choose
    """Yield a modsCollection, a record a line."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection {_DECLARED}>\n'
    for entry in entries:
        yield f'<mods version="3.8">{_content(entry)}</mods>\n'
    yield "</modsCollection>\n"


def _content(entry: Entry) -> str:
    return "".join(_parts(entry))


def _parts(entry: Entry) -> Iterator[str]:
    record = entry.record
    row = library_type(record)
    yield from _titles(record)
    yield from names(record.contributors)
    yield leaf("typeOfResource", row["resource"])
    yield leaf("genre", row.get("genre"), authority="marcgt")
    yield leaf("genre", row["coar"], authority="coar", valueURI=coar_concept(row))
    yield from (leaf("genre", genre) for genre in record.genres)
    yield _origin(record)
    yield from map(_language, record.languages)
    media = dict.fromkeys(link.media_type for link in record.links)
    forms = "".join(leaf("internetMediaType", name) for name in media)
    yield wrapped("physicalDescription", forms + leaf("extent", record.extent))
    yield leaf("abstract", record.abstract)
    yield from (leaf("note", note) for note in record.notes)
    yield from _topics(record)
    yield from host(record)
    yield from series(record)
    yield from _identifiers(record)
    yield from _location(record)
    yield _terms(record)
    yield _about(entry)


def _titles(record: Record) -> Iterator[str]:
    has_twin = any(title.kind == "vernacular" for title in record.other_titles)
    group = "title" if has_twin else None
    if record.title:
        yield _title(record.title, non_filing(record.title, record.languages), altRepGroup=group)
    for other in record.other_titles:
        if other.kind == "vernacular":
            yield _title(other.text, 0, altRepGroup=group, lang=_coded(other))
        else:
            kind, label = _TITLES[other.kind]
            yield _title(other.text, 0, type=kind, displayLabel=label, lang=_coded(other))


def _title(title: str, skipped: int, **attributes: str | None) -> str:
    proper, colon, rest = title[skipped:].partition(": ")
    if not (proper and rest):
        proper, rest = proper + colon + rest, ""
    parts = leaf("nonSort", title[:skipped]) + leaf("title", proper) + leaf("subTitle", rest)
    return wrapped("titleInfo", parts, **attributes)


def _coded(title: Title) -> str | None:
    return bibliographic(title.language) if title.language else None


def _origin(record: Record) -> str:
    date = record.issued
    place = leaf("placeTerm", record.place, type="text")
    issuance = _ISSUANCE.get(record.type, "monographic") if record.container is None else None
    parts = (
        wrapped("place", place),
        leaf("publisher", record.publisher),
        *(_dates(date) if date else ()),
        leaf("edition", record.edition),
        leaf("issuance", issuance),
    )
    return wrapped("originInfo", "".join(parts), eventType="publication")


def _dates(date: PartialDate) -> Iterator[str]:
    """Yield the date in figures, the years of a span apart, and its words where it has any."""
    start, _, end = (in_figures(date) or "").partition("/")
    doubt = "approximate" if date.circa else None
    point = "start" if end else None
    yield leaf("dateIssued", start, encoding="edtf", keyDate="yes", point=point, qualifier=doubt)
    yield leaf("dateIssued", end, encoding="edtf", point="end", qualifier=doubt)
    yield leaf("dateIssued", date.literal)


def _language(tag: str) -> str:
    terms = leaf("languageTerm", bibliographic(tag), type="code", authority="iso639-2b")
    return wrapped("language", terms + leaf("languageTerm", tag, type="code", authority="rfc5646"))


def _topics(record: Record) -> Iterator[str]:
    for keyword in record.keywords:
        yield wrapped("subject", leaf("topic", keyword))
    for subject in record.subjects:
        yield _subject(subject)
    for subject in record.subjects:
        if subject.code and (subject.scheme in _CLASSES or subject.term is None):
            authority = _CLASSES.get(subject.scheme or "", subject.scheme)
            yield leaf("classification", subject.code, authority=authority)


def _subject(subject: Subject) -> str:
    parts = "".join(leaf("topic", part) for part in (subject.term or "").split(" -- "))
    return wrapped("subject", parts, authority=subject.scheme)


def _identifiers(record: Record) -> Iterator[str]:
    for identifier in record.identifiers:
        kind, _, organisation = identifier.scheme.partition(":")
        label = organisation or None
        yield leaf("identifier", identifier.value, type=_IDENTIFIERS.get(kind, kind), displayLabel=label)
    if is_serial(record) and record.container:
        for issn in record.container.issns:
            yield leaf("identifier", issn.value, type="issn", displayLabel=issn.medium)


def _location(record: Record) -> Iterator[str]:
    for number, link in enumerate(record.links):
        primary = "primary" if link.kind == "fulltext" and number == 0 else None
        note = link.kind if link.kind == "related" else None
        url = leaf("url", link.url, usage=primary, note=note, access=_ADDRESSES.get(link.kind))
        yield wrapped("location", url)


def _terms(record: Record) -> str:
    if record.licence is None:
        return ""
    label, url = record.licence.label, record.licence.url
    return leaf("accessCondition", label or url, type="use and reproduction", xlink_href=url)


def _about(entry: Entry) -> str:
    parts = (
        leaf("recordContentSource", "peerlit"),
        leaf("recordCreationDate", entry.added_at, encoding="w3cdtf"),
        leaf("recordChangeDate", entry.updated_at, encoding="w3cdtf"),
        leaf("recordIdentifier", entry.key, source="peerlit"),
    )
    return wrapped("recordInfo", "".join(parts))
