"""From records to text others read: pure functions, one entry at a time, in the order given.

The writers are imported at the first use: a search that lists hits should not wait for the BibTeX tables.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Literal, NamedTuple

from catalog.record import Record


class Entry(NamedTuple):
    """A record with the names it goes by: `citation_key` in a `.bib`, `key` in the catalogue.

    When it came into the catalogue and last changed, ISO 8601 in UTC, is told by formats with a place for it.
    """

    citation_key: str
    key: str
    record: Record
    added_at: str | None = None
    updated_at: str | None = None


class Options(NamedTuple):
    r"""What may differ from one export to the next; each format looks at what concerns it.

    `ascii` spells letters as LaTeX commands (BibTeX). `url` is written where there is no DOI (`fallback`),
    `always` or `never`; BibTeX styles print it beside the DOI, so in formats that no style prints `fallback`
    is `always`. `month` is a macro (`apr`), a `number`, or left out: BibTeX alone. `subjects` adds
    classes and headings to the keywords. `fields` are columns of `catalog.export.columns.FIELDS`, for csv,
    json and jsonl; none means the usual ones. `excel` begins csv with the mark that makes Excel read UTF-8;
    `raw` leaves its cells as they are, also those a spreadsheet takes for formulas. `batch` names the lot
    that the entries belong to: a keyword, or a note where the format keeps notes, or a column. `split_names`
    cuts names that the source left whole, as BibTeX cuts those in a `.bib`, for readers that do not.
    """

    ascii: bool = False
    url: Literal["fallback", "always", "never"] = "fallback"
    abstract: bool = True
    subjects: bool = False
    month: Literal["macro", "number", "none"] = "macro"
    fields: tuple[str, ...] = ()
    excel: bool = False
    raw: bool = False
    batch: str | None = None
    batch_as: Literal["keyword", "note"] = "keyword"
    split_names: bool = False


Write = Callable[[Iterable[Entry], Options], Iterator[str]]
"""Yields text, at least once an entry: what is written is never held."""


class Exporter(NamedTuple):
    """One format: its name, what to call it, the file suffix, the media type and its writer."""

    name: str
    label: str
    suffix: str
    media_type: str
    write: Write


def _later(module: str, entries: Iterable[Entry], options: Options) -> Iterator[str]:
    write: Write = import_module(module).write
    return write(entries, options)


def _exporter(name: str, label: str, suffix: str, media_type: str, module: str) -> Exporter:
    return Exporter(name, label, suffix, media_type, partial(_later, f"{__name__}.{module}"))


EXPORTERS = {
    exporter.name: exporter
    for exporter in (
        _exporter("bibtex", "BibTeX", ".bib", "application/x-bibtex", "bibtex"),
        _exporter("biblatex", "BibLaTeX", ".bib", "application/x-bibtex", "biblatex"),
        _exporter("ris", "RIS", ".ris", "application/x-research-info-systems", "ris"),
        _exporter("csl-json", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", "csl_json"),
        _exporter("endnote-xml", "EndNote XML", ".endnote.xml", "application/xml", "endnote_xml"),
        _exporter("nbib", "PubMed (MEDLINE)", ".nbib", "application/nbib", "nbib"),
        _exporter("marc", "MARC 21", ".mrc", "application/marc", "marc"),
        _exporter("marcxml", "MARCXML", ".marcxml", "application/marcxml+xml", "marcxml"),
        _exporter("mods", "MODS", ".mods", "application/mods+xml", "mods"),
        _exporter("dc", "Dublin Core", ".dc", "application/xml", "dublin_core"),
        _exporter("json", "JSON", ".json", "application/json", "json_array"),
        _exporter("jsonl", "JSON Lines", ".jsonl", "application/x-ndjson", "json_lines"),
        _exporter("csv", "CSV", ".csv", "text/csv", "csv_table"),
        _exporter("keys", "Record keys", ".txt", "text/plain", "keys"),
    )
}
