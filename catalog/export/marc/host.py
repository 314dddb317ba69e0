"""What it is part of: 490, 773, and the other media of a serial, 776."""

from collections.abc import Iterator

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import HOST_LANGUAGES, MEDIA, Place, worded
from catalog.export.library_types import is_serial
from catalog.export.marc.parts import data
from catalog.record import Container, Record


def series(record: Record) -> Iterator[MarcField]:
    """Yield 490, not traced."""
    for one in record.series:
        yield data("490", "0 ", ("a", one.title), ("v", one.volume), ("x", one.issn))


def hosts(record: Record) -> Iterator[MarcField]:
    """Yield 773, and for each further ISSN another that is not shown: $x cannot be repeated."""
    place = record.container
    if place is None or is_serial(record):
        return
    first = place.issns[0] if place.issns else None
    where = Place(place.volume, place.issue, place.first_page, place.last_page, place.article_number)
    languages = f"{HOST_LANGUAGES}{', '.join(place.languages)}" if place.languages else None
    yield data(
        "773",
        "0 ",
        ("t", place.title),
        ("h", first.medium if first else None),
        ("n", languages),
        *(("g", text) for text in worded(where, record.issued.year if record.issued else None)),
        ("q", _coded(place)),
        ("x", first.value if first else None),
        *(("z", isbn) for isbn in place.isbns),
    )
    for issn in place.issns[1:]:
        yield data("773", "1 ", ("t", place.title), ("h", issn.medium), ("x", issn.value))


def _coded(place: Container) -> str | None:
    """Return $q, `10:5<1`: https://www.loc.gov/marc/bibliographic/bd773.html."""
    levels = ":".join(level for level in (place.volume, place.issue) if level)
    page = place.first_page or place.article_number
    return f"{levels}<{page}" if page else levels or None


def other_media(record: Record) -> Iterator[MarcField]:
    """Yield 776."""
    if is_serial(record) and record.container:
        for issn in record.container.issns:
            yield data("776", "08", ("i", MEDIA[issn.medium]), ("t", record.title), ("x", issn.value))
