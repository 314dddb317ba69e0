"""EndNote XML, the export of EndNote's desktop program, which screening tools read as well.

Elements stand in the order of EndNote's own files, and each text in a `style` as it does there: readers made
after such files look for it. A body's name ends in a comma, EndNote's mark of a name that is not inverted.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options, facts
from catalog.export.entry_types import thesis_words
from catalog.export.pages import page_total
from catalog.export.plain import clean
from catalog.export.xml import escaped, quoted
from catalog.record import Contributor, PartialDate, Record

_OPENING: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
_CLOSING: Final = "</records></xml>\n"
_BOOK: Final = "6"
_JOURNAL: Final = "17"
_PROCEEDINGS: Final = "10"


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield one document, a `record` a line, numbered from 1."""
    yield _OPENING
    for number, entry in enumerate(entries, 1):
        yield f"<record>{''.join(_elements(entry, number, options))}</record>\n"
    yield _CLOSING


def _elements(entry: Entry, number: int, options: Options) -> Iterator[str]:
    record = entry.record
    code, _, name = facts.reference_type(record, "endnote").partition(" ")
    place = facts.place(record)
    yield '<source-app name="peerlit">peerlit</source-app>'
    yield f"<rec-number>{number}</rec-number>"
    yield f"<ref-type name={quoted(name)}>{code}</ref-type>"
    yield _contributors(record, code, options)
    yield from _titles(record, code)
    yield _text(
        "pages", facts.page_range(record) or (page_total(record.extent) if facts.is_whole(record) else None)
    )
    yield _text("volume", place.volume)
    series = next(iter(record.series), None)
    yield _text("number", place.issue or (series.volume if series and code != _JOURNAL else None))
    yield _text("edition", facts.edition_words(record))
    yield _group("keywords", (_text("keyword", word) for word in facts.keywords(record, options)))
    yield _group("dates", _dates(record.issued))
    yield _text("pub-location", record.place)
    yield _text("publisher", record.publisher)
    numbers = facts.isbns(record) or facts.issns(record)
    yield _text("isbn", facts.report_number(record) or ", ".join(numbers))  # labelled by the type
    yield _text("accession-num", record.identifier("pmid") or record.identifier("doaj"))
    yield _text("electronic-resource-num", facts.doi(record))
    yield _text("abstract", record.abstract if options.abstract else None)
    yield _text("label", entry.citation_key)
    yield _text("notes", facts.batch_note(options))
    yield _text("work-type", thesis_words(record) if record.type == "thesis" else None)
    yield _text("language", ", ".join(record.languages))
    yield _group("urls", _urls(record) if options.url != "never" else ())
    yield _text("custom2", record.identifier("pmcid"))
    yield _text("custom3", place.title if code == _PROCEEDINGS else None)
    yield _text("custom7", place.article_number if code == _JOURNAL else None)


def _text(element: str, value: str | None) -> str:
    """Return an element with a text, nothing without one."""
    text = clean(value) if value else ""
    if not text:
        return ""
    return f'<{element}><style face="normal" font="default" size="100%">{escaped(text)}</style></{element}>'


def _group(element: str, parts: Iterable[str]) -> str:
    """Return an element with others, nothing without any."""
    inside = "".join(parts)
    return f"<{element}>{inside}</{element}>" if inside else ""


def _contributors(record: Record, code: str, options: Options) -> str:
    authors, editors = facts.people(record)
    groups = {
        "authors": authors,
        "secondary-authors": editors if code != _BOOK else [],
        "tertiary-authors": editors if code == _BOOK else [],  # a book's second are the editors of its series
        "subsidiary-authors": facts.by(record, "translator"),
    }
    return _group(
        "contributors",
        (
            _group(role, (_text("author", _name(facts.parts(each, options))) for each in names))
            for role, names in groups.items()
        ),
    )


def _name(contributor: Contributor) -> str:
    name = facts.inverted(contributor)
    return f"{name}," if contributor.kind != "person" and "," not in name else name


def _titles(record: Record, code: str) -> Iterator[str]:
    titles = [record.title, facts.place(record).title, *(series.title for series in record.series[:1])]
    below = [title for title in titles[1:] if title]
    names = ("secondary-title", "tertiary-title")
    yield _group("titles", (_text("title", record.title), *map(_text, names, below)))
    if code == _JOURNAL:
        yield _group("periodical", [_text("full-title", facts.place(record).title)])


def _dates(issued: PartialDate | None) -> Iterator[str]:
    if issued is None:
        return
    yield _text("year", str(issued.year) if issued.year is not None else issued.literal)
    month, day = facts.month_and_day(issued)
    if month:
        yield _group("pub-dates", [_text("date", f"{facts.MONTHS[month - 1]} {day or ''}")])


def _urls(record: Record) -> Iterator[str]:
    for kind, url in (("web-urls", facts.address(record)), ("pdf-urls", facts.pdf(record))):
        yield _group(kind, [_text("url", url)])
