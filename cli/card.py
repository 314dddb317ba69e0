"""One record as a card of labelled lines."""

import shutil
from collections.abc import Iterator

import click

from catalog.normalize.dates_in_words import in_words
from catalog.record import Contributor, Record, Subject
from catalog.store import StoredRecord
from cli.columns import wrap
from cli.listing import published_in

_MARGIN = 14


def card(stored: StoredRecord, *, color: bool = False) -> Iterator[str]:
    """Yield the record's lines: a label in the margin, the value wrapped beside it.

    Where a field has several values, what a value takes beyond its first line is indented.
    """
    width = max(40, shutil.get_terminal_size((100, 24)).columns) - _MARGIN
    for label, values in _rows(stored):
        margin = click.style(f"{label:<{_MARGIN}}", dim=True) if color else f"{label:<{_MARGIN}}"
        for value in values:
            hang = "  " if len(values) > 1 else ""
            for number, line in enumerate(wrap(value, width - len(hang))):
                shown = click.style(line, bold=True) if color and label == "title" else line
                yield margin + (hang if number else "") + shown
                margin = " " * _MARGIN


def _rows(stored: StoredRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    record = stored.record
    yield "title", (record.title or "[no title]",)
    yield "also titled", tuple(f"{title.text} ({title.kind})" for title in record.other_titles)
    yield "by", tuple(_contributor(each) for each in record.contributors)
    yield "in", _one(published_in(record) if record.container else None)
    yield "series", tuple(" ; ".join(filter(None, (each.title, each.volume))) for each in record.series)
    yield "type", (record.type,)
    yield "date", _one(in_words(record.issued) if record.issued else None)
    yield "publisher", _one(": ".join(filter(None, (record.place, record.publisher))))
    yield "edition", _one(record.edition)
    yield "extent", _one(record.extent)
    yield "language", record.languages
    yield "declared", record.container.languages if record.container else ()
    yield "identifiers", tuple(f"{each.scheme} {each.value}" for each in record.identifiers)
    yield "issn", tuple(_issn(record))
    yield "abstract", _one(record.abstract)
    yield "keywords", _one("; ".join(record.keywords))
    yield "subjects", tuple(_subject(each) for each in record.subjects)
    yield "genres", record.genres
    yield "links", tuple(f"{each.url} ({each.kind})" for each in record.links)
    yield "licence", _one(record.licence.url or record.licence.label if record.licence else None)
    yield "notes", record.notes
    yield "caveats", record.caveats
    yield "key", (stored.key,)
    yield "cite as", (stored.citation_key,)
    yield "source", (", ".join(stored.sources),)
    yield "state", _one("deleted by its source" if stored.deleted else None)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _contributor(each: Contributor) -> str:
    details = [each.vernacular, each.role if each.role != "author" else None, each.orcid, *each.affiliations]
    shown = "; ".join(filter(None, details))
    return f"{each.literal} ({shown})" if shown else each.literal


def _issn(record: Record) -> Iterator[str]:
    for each in record.container.issns if record.container else ():
        yield f"{each.value} ({each.medium})" if each.medium else each.value


def _subject(each: Subject) -> str:
    name = " > ".join(each.path) or each.term or ""
    return " ".join(filter(None, (name, each.code and f"[{each.code}]", each.scheme and f"({each.scheme})")))
