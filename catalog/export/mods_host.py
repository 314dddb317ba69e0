"""What a record is part of, in MODS: https://www.loc.gov/standards/mods/userguide/relateditem.html."""

from collections.abc import Iterator

from catalog.export.library_types import is_serial
from catalog.export.xml import element, leaf
from catalog.normalize.edtf import in_figures
from catalog.record import Container, Record


def host(record: Record) -> Iterator[str]:
    """Yield the journal or book, and where in it."""
    place = record.container
    if place is None or is_serial(record):
        return
    title = element("titleInfo", leaf("title", place.title))
    languages = "".join(
        element("language", leaf("languageTerm", tag, type="code", authority="rfc5646"))
        for tag in place.languages
    )
    issns = "".join(
        leaf("identifier", issn.value, type="issn", displayLabel=issn.medium) for issn in place.issns
    )
    isbns = "".join(leaf("identifier", isbn, type="isbn") for isbn in place.isbns)
    yield element("relatedItem", title + languages + issns + isbns + _part(record, place), type="host")


def _part(record: Record, place: Container) -> str:
    details = (("volume", place.volume), ("issue", place.issue), ("article number", place.article_number))
    numbers = "".join(element("detail", leaf("number", value), type=kind) for kind, value in details)
    pages = leaf("start", place.first_page) + leaf("end", place.last_page)
    date = in_figures(record.issued) if record.issued else None
    return element("part", numbers + element("extent", pages, unit="pages") + leaf("date", date))


def series(record: Record) -> Iterator[str]:
    """Yield each series, with the number in it."""
    for one in record.series:
        title = element("titleInfo", leaf("title", one.title) + leaf("partNumber", one.volume))
        yield element("relatedItem", title + leaf("identifier", one.issn, type="issn"), type="series")
