"""MARC 21 bibliographic records of what any source gave, and files of them in ISO 2709.

Which field holds what stands in docs/marc.md. Everything a record says goes where MARC 21 has a place for it,
so that reading the MARC gives the same record again.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.from_peerlit.profile import PROCESS
from catalog.export import Entry, Options
from catalog.export.marc import description, fixed, host, iso2709, names, numbers, titles
from catalog.export.marc.lengths import continued
from catalog.export.marc.parts import Paired, data, numbered


def to_marc(entry: Entry) -> MarcRecord:
    """Return the record as MARC 21; the lengths in its leader are left at zero."""
    return MarcRecord(fixed.leader(entry), tuple(continued(_fields(entry))))


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:  # noqa: ARG001  # nothing to choose
    """Yield each record in ISO 2709: text that is to be encoded as UTF-8, as its lengths count."""
    for entry in entries:
        yield iso2709.serialised(to_marc(entry))


def _fields(entry: Entry) -> list[MarcField]:
    record = entry.record
    paired, twins = numbered(
        chain(
            names.main_entry(record),
            titles.uniform_heading(record),
            titles.titles(record),
            _plain(_description(entry)),
            names.added_entries(record),
            titles.related_titles(record),
        )
    )
    fields = [
        *fixed.control_fields(entry),
        *_numbers(entry),
        *paired,
        *host.hosts(record),
        *host.other_media(record),
        *description.links(record),
        *twins,
        data("884", "  ", ("a", PROCESS), ("k", entry.key)),
    ]
    return [field for field in fields if field.subfields or field.tag < "01"]


def _numbers(entry: Entry) -> Iterator[MarcField]:
    yield from numbers.identifier_fields(entry.record)
    yield numbers.agency()
    yield from numbers.language_fields(entry.record)
    yield from description.coded_date(entry.record)
    yield from numbers.class_fields(entry.record)


def _description(entry: Entry) -> Iterator[MarcField]:
    yield from description.imprint(entry.record)
    yield from description.forms(entry.record)
    yield from host.series(entry.record)
    yield from description.notes(entry.record)
    yield from description.topics(entry.record)


def _plain(fields: Iterable[MarcField]) -> Iterator[Paired]:
    return map(Paired, fields)
