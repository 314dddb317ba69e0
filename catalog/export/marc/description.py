"""What it is physically, who published it, what it is about: 046, 25x to 65x, 856."""

import re
from collections.abc import Iterator
from typing import Final

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import HEADINGS, LINKS
from catalog.export.library_types import coar_concept, library_type
from catalog.export.marc.fixed import is_online
from catalog.export.marc.parts import data
from catalog.normalize.dates import partial_date
from catalog.normalize.edtf import edtf, in_print
from catalog.normalize.languages import name
from catalog.record import Record, Subject

# https://www.loc.gov/standards/valuelist/rdamedia.html, rdacarrier.html
_ONLINE: Final = (("337", "computer", "c", "rdamedia"), ("338", "online resource", "cr", "rdacarrier"))
_ON_SHELF: Final = (("337", "unspecified", "z", "rdamedia"), ("338", "unspecified", "zu", "rdacarrier"))
_PARTED: Final = " -- "
_COMMONS: Final = re.compile(r"CC0|CC[ -]BY")
_WITH_ABSTRACT: Final = frozenset({"a", "b"})


def coded_date(record: Record) -> Iterator[MarcField]:
    """Yield 046 where the words of 264 do not tell the date to a program."""
    if record.issued is not None and partial_date(written_date(record)) != record.issued:
        yield data("046", "  ", ("k", edtf(record.issued)), ("2", "edtf"))


def written_date(record: Record) -> str | None:
    """Return the date in the source's words, else in figures."""
    return (record.issued.literal or in_print(record.issued)) if record.issued else None


def imprint(record: Record) -> Iterator[MarcField]:
    """Yield 250, 264, 300."""
    if record.edition:
        yield data("250", "  ", ("a", record.edition))
    published = data("264", " 1", ("a", record.place), ("b", record.publisher), ("c", written_date(record)))
    if published.subfields:
        yield published
    if record.extent:
        yield data("300", "  ", ("a", record.extent))


def forms(record: Record) -> Iterator[MarcField]:
    """Yield 336 to 338: what nobody has held in hand is online or of unspecified carrier."""
    code = library_type(record)["content"]
    yield data("336", "  ", ("a", table("library_types")["contents"][code]), ("b", code), ("2", "rdacontent"))
    for tag, term, carrier, source in _ONLINE if is_online(record) else _ON_SHELF:
        yield data(tag, "  ", ("a", term), ("b", carrier), ("2", source))


def notes(record: Record) -> Iterator[MarcField]:
    """Yield 500, 502, 520, 540, 546."""
    for note in record.notes:
        yield data("500", "  ", ("a", note))
    if record.type == "thesis":
        year = str(record.issued.year) if record.issued and record.issued.year is not None else None
        degree = record.genres[0] if record.genres else None
        thesis = data("502", "  ", ("b", degree), ("c", record.publisher), ("d", year))
        if thesis.subfields:
            yield thesis
    if record.abstract:
        yield data("520", "3 ", ("a", record.abstract))
    if record.licence:
        label, url = record.licence.label, record.licence.url
        code = label if label and _COMMONS.match(label) else None
        yield data("540", "  ", ("a", label), ("f", code), ("2", "cc" if code else None), ("u", url))
    if len(record.languages) > 1:
        yield data("546", "  ", ("a", f"In {', '.join(map(name, record.languages))}"))


def topics(record: Record) -> Iterator[MarcField]:
    """Yield 650, 653 and 655, the type first among the genres."""
    for subject in record.subjects:
        if subject.term:
            yield _heading(subject, subject.term)
    for keyword in record.keywords:
        yield data("653", "  ", ("a", keyword))
    row = library_type(record)
    yield data("655", " 7", ("a", row["coar"]), ("0", coar_concept(row)), ("2", "coar"))
    for genre in record.genres:
        yield data("655", " 4", ("a", genre))


def _heading(subject: Subject, term: str) -> MarcField:
    parts = term.split(_PARTED)
    if not all(part and part == part.strip() for part in parts):
        parts = [term]
    scheme = subject.scheme
    code = f"({scheme}){subject.code}" if scheme and subject.code else subject.code
    second = HEADINGS.get(scheme or "", "7" if scheme else "4")
    return data(
        "650",
        f" {second}",
        ("a", parts[0]),
        *(("x", part) for part in parts[1:]),
        ("0", code),
        ("2", scheme if second == "7" else None),
    )


def links(record: Record) -> Iterator[MarcField]:
    """Yield 856."""
    for link in record.links:
        second, words = LINKS[link.kind]
        scheme = link.url.partition("://")[0].lower()
        first = {"http": "4", "https": "4", "ftp": "1"}.get(scheme, " ")
        yield data("856", first + second, ("3", words), ("q", link.media_type), ("u", link.url))
